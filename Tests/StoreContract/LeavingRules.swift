// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    /// What becomes of the carts, links and grants of someone who leaves his company.
    static let leaving = [
        StoreRule("an owner who left is no owner, and nobody acts for him") { shop in
            let leave: [@Sendable () async throws -> Void] = [
                { try await shop.enter(TestShop.carla, isActive: false) }, { try await shop.remove(TestShop.carla) },
                { try await shop.enter(TestShop.buyer("carla", company: "other", companyUser: "cu-carla")) },
            ]
            let cart = try await shop.push(owner: TestShop.carla)
            var onBehalf = LinkOrder.external
            onBehalf.onBehalfOf = TestShop.carla
            for (number, leave) in leave.enumerated() {
                try await shop.enter(TestShop.carla)
                #expect(try await shop.standing(of: TestShop.carla) == .owner)
                let link = try await shop.issue(by: TestShop.carla)
                let served = try await shop.issue(onBehalf, by: nil)
                try await leave()
                #expect(try await shop.standing(of: TestShop.carla) == nil, "\(number)")
                #expect(try await shop.sharing.carts(of: TestShop.carla, before: nil, limit: 9).carts.isEmpty, "\(number)")
                await #expect(throws: ShareError.cartNotFound) { try await shop.issue(by: TestShop.carla) }
                await #expect(throws: ShareError.linkNotFound) { try await shop.revoke(link, by: TestShop.carla) }
                await #expect(throws: ShareError.permissionDenied) { try await shop.issue(onBehalf, by: nil) }
                let service = Caller.service(TestShop.storefront)
                await #expect(throws: ShareError.permissionDenied) {
                    try await shop.sharing.grants(on: cart.id, by: service, onBehalfOf: TestShop.carla.subject)
                }
                await #expect(throws: ShareError.permissionDenied) {
                    try await shop.sharing.edit(cart.id, by: service, at: TestShop.start) { _ in
                        EditedDocument(document: [], unconfirmed: [])
                    }
                }
                for link in [link, served] { await #expect(throws: ShareError.linkGone) { try await shop.open(link) } }
            }
        },
        StoreRule("who comes back has his carts and links again, and accepts anew what he had") { shop in
            try await shop.push(owner: TestShop.carla)
            try await shop.push("cart-dora", owner: TestShop.dora)
            let own = try await shop.issue(to: "cart-dora", by: TestShop.dora)
            let paused = try await shop.issue(to: "cart-dora", by: TestShop.dora)
            _ = try await shop.change(paused, LinkChange(paused: true), by: TestShop.dora)
            let revoked = try await shop.issue(to: "cart-dora", by: TestShop.dora)
            try await shop.revoke(revoked, by: TestShop.dora)
            let unit = try await shop.issue(.unit(.full).acceptedBy(atMost: 1), by: TestShop.carla)
            let first = try #require(try await shop.accept(unit, as: TestShop.dora).grant)
            try await shop.remove(TestShop.dora, at: TestShop.start + 4)
            #expect(try await shop.grant(first.id)?.withdrawnAt == TestShop.start + 4)
            #expect(try await shop.storedGrants().isEmpty)
            for link in [own, paused, revoked] { await #expect(throws: ShareError.linkGone) { try await shop.open(link) } }
            try await shop.enter(TestShop.dora)
            #expect(try await shop.open(own).link == own)
            for link in [paused, revoked] { await #expect(throws: ShareError.linkGone) { try await shop.open(link) } }
            #expect(try await shop.standing(of: TestShop.dora, on: "cart-dora") == .owner)
            #expect(try await shop.standing(of: TestShop.dora) == nil)
            #expect(try await shop.accept(unit, as: TestShop.dora).isGain)
            #expect(try await shop.standing(of: TestShop.dora) == .fullGrant)
        },
        StoreRule("neither owner nor administrator lifts the directory's hold, nor the directory theirs") { shop in
            try await shop.push(owner: TestShop.carla)
            let link = try await shop.issue(by: TestShop.carla)
            let setPaused = { (isPaused: Bool) async throws(ShareError) in
                try await shop.administration.setPaused(isPaused, link.id, by: TestShop.admin, reason: nil, at: TestShop.start)
            }
            _ = try await shop.change(link, LinkChange(paused: true), by: TestShop.carla)
            try await setPaused(true)
            try await shop.enter(TestShop.carla, isActive: false)
            #expect(try await shop.stored(link.id)?.pauses == [.owner, .admin, .directory])
            try await setPaused(false)
            #expect(try await shop.stored(link.id)?.pauses == [.owner, .directory])
            try await shop.enter(TestShop.carla)
            #expect(try await shop.stored(link.id)?.pauses == [.owner])
            _ = try await shop.change(link, LinkChange(paused: false), by: TestShop.carla)
            #expect(try await shop.open(link).standing == .guest)
        },
        StoreRule("what rests on a link of someone who left is suspended until he is back") { shop in
            try await shop.push(owner: TestShop.carla)
            let link = try await shop.issue(.unit(.full), by: TestShop.carla)
            _ = try await shop.accept(link, as: TestShop.dora)
            try await shop.remove(TestShop.carla)
            #expect(try await shop.standing(of: TestShop.dora) == nil)
            try await shop.enter(TestShop.carla)
            #expect(try await shop.standing(of: TestShop.dora) == .fullGrant)
        },
        StoreRule("colleagues are the active people of one's own company, as the directory knows both") { shop in
            for person in [TestShop.carla, TestShop.dora, TestShop.eva, TestShop.fred] { try await shop.enter(person) }
            let names = { (person: Person) async throws(ShareError) in
                (try await shop.sharing.colleagues(of: person, limit: 9) ?? []).map(\.id.text)
            }
            #expect(try await names(TestShop.carla) == ["cu-carla", "cu-dora", "cu-eva"])
            #expect(try await names(TestShop.fred) == ["cu-fred"])
            #expect(try await names(TestShop.anna) == [])
            try await shop.remove(TestShop.dora)
            try await shop.enter(TestShop.eva, isActive: false)
            #expect(try await names(TestShop.carla) == ["cu-carla"])
            #expect(try await names(TestShop.dora) == [])
            #expect(try await names(TestShop.eva) == [])
        },
    ]
}
