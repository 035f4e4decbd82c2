// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    /// A grant made through a link counts as long and as much as the link does.
    static let linkTitles = [
        StoreRule("pausing suspends what rests on a link, and resuming restores it") { shop in
            try await shop.push(owner: TestShop.carla)
            let link = try await shop.issue(.unit(.full), by: TestShop.carla)
            let grant = try #require(try await shop.accept(link, as: TestShop.dora).grant)
            let pause = { (isPaused: Bool, byOwner: Bool) async throws(ShareError) in
                if byOwner {
                    _ = try await shop.change(link, LinkChange(paused: isPaused), by: TestShop.carla)
                } else {
                    try await shop.administration.setPaused(isPaused, link.id, by: TestShop.admin, reason: nil, at: TestShop.start)
                }
            }
            for byOwner in [true, false] {
                try await pause(true, byOwner)
                #expect(try await shop.standing(of: TestShop.dora) == nil)
                #expect(try await shop.sharing.carts(of: TestShop.dora, before: nil, limit: 9).carts.isEmpty)
                // The owner still sees whom he shared with.
                let listed = try await shop.sharing.grants(on: CartID("cart-1")!, by: .person(TestShop.carla), onBehalfOf: nil)
                #expect(listed.map(\.grant) == [grant] && listed.map(\.access) == [.full])
                try await pause(false, byOwner)
                #expect(try await shop.standing(of: TestShop.dora) == .fullGrant)
            }
            try await pause(true, true)
            try await pause(true, false)
            try await pause(false, true)
            #expect(try await shop.standing(of: TestShop.dora) == nil)
        },
        StoreRule("narrowing narrows what rests on a link, at once and for later accepts") { shop in
            try await shop.push(owner: TestShop.carla)
            let link = try await shop.issue(.internal(.company, access: .full), by: TestShop.carla)
            _ = try await shop.accept(link, as: TestShop.dora)
            _ = try await shop.change(link, LinkChange(access: .readOnly), by: TestShop.carla)
            #expect(try await shop.standing(of: TestShop.dora) == .readOnlyGrant)
            #expect(try await shop.accept(link, as: TestShop.dora).access == .readOnly)
            #expect(try await shop.accept(link, as: TestShop.eva).access == .readOnly)
            #expect(try await shop.standing(of: TestShop.eva) == .readOnlyGrant)
            let listed = try await shop.sharing.grants(on: CartID("cart-1")!, by: .person(TestShop.carla), onBehalfOf: nil)
            #expect(listed.map(\.access) == [.readOnly, .readOnly])
        },
        StoreRule("revoking withdraws what rests on a link, for good through that and older links") { shop in
            try await shop.push(owner: TestShop.carla)
            let other = try await shop.issue(.unit(.full), by: TestShop.carla)
            let link = try await shop.issue(.unit(.full), by: TestShop.carla)
            let grant = try #require(try await shop.accept(link, as: TestShop.dora).grant)
            try await shop.revoke(link, by: TestShop.carla, at: TestShop.start + 3)
            #expect(try await shop.standing(of: TestShop.dora) == nil)
            #expect(try await shop.grant(grant.id)?.withdrawnAt == TestShop.start + 3)
            await #expect(throws: ShareError.grantWithdrawn) { try await shop.accept(other, as: TestShop.dora) }
        },
        StoreRule("revoking without the grants lets them rest on the owner's word, as much as the link gave") { shop in
            for (number, narrows) in [false, true].enumerated() {
                let id = "cart-\(number)"
                try await shop.push(id, owner: TestShop.carla)
                let link = try await shop.issue(.internal(.company, access: .full), to: id, by: TestShop.carla)
                for person in [TestShop.dora, TestShop.eva] { _ = try await shop.accept(link, as: person) }
                if narrows { _ = try await shop.change(link, LinkChange(access: .readOnly), by: TestShop.carla) }
                try await shop.revoke(link, keepsGrants: true, by: TestShop.carla)
                for person in [TestShop.dora, TestShop.eva] {
                    #expect(try await shop.standing(of: person, on: id) == .holding(narrows ? .readOnly : .full))
                    let grant = try #require(try await shop.storedGrant(of: person, on: id))
                    #expect(grant[narrows ? .readOnly : .full] == .acmesWord && grant[narrows ? .full : .readOnly] == nil)
                }
                #expect(try await shop.stored(link.id)?.revokedAt != nil)
                // Once more, without keeping, takes nothing: the link has no grants any more.
                try await shop.revoke(link, by: TestShop.carla)
                #expect(try await shop.standing(of: TestShop.dora, on: id) == .holding(narrows ? .readOnly : .full))
            }
        },
        StoreRule("expiry keeps what was accepted before") { shop in
            try await shop.push(owner: TestShop.carla)
            let link = try await shop.issue(.unit(.full).lasting(seconds: 60), by: TestShop.carla)
            _ = try await shop.accept(link, as: TestShop.dora, at: TestShop.start + 59)
            await #expect(throws: ShareError.linkGone) { try await shop.open(link, as: .person(TestShop.dora), at: TestShop.start + 60) }
            #expect(try await shop.standing(of: TestShop.dora) == .fullGrant)
            // Revoking the expired link still takes it.
            try await shop.revoke(link, by: TestShop.carla, at: TestShop.start + 90)
            #expect(try await shop.standing(of: TestShop.dora) == nil)
        },
        StoreRule("of two titles each ends by itself") { shop in
            try await shop.push(owner: TestShop.carla)
            let grant = try await shop.grant(.readOnly, toKnown: TestShop.dora)
            let link = try await shop.issue(.unit(.full), by: TestShop.carla)
            #expect(try await shop.accept(link, as: TestShop.dora).isGain)
            #expect(try await shop.standing(of: TestShop.dora) == .fullGrant)
            _ = try await shop.change(link, LinkChange(paused: true), by: TestShop.carla)
            #expect(try await shop.standing(of: TestShop.dora) == .readOnlyGrant)
            _ = try await shop.change(link, LinkChange(paused: false), by: TestShop.carla)
            #expect(try await shop.standing(of: TestShop.dora) == .fullGrant)
            try await shop.revoke(link, by: TestShop.carla)
            #expect(try await shop.standing(of: TestShop.dora) == .readOnlyGrant)
            let left = try #require(try await shop.storedGrant(of: TestShop.dora))
            #expect(left.id == grant.id && left.readOnly == .acmesWord && left.full == nil && left.withdrawnAt == nil)
        },
        StoreRule("two links carry a grant each by its own: losing the stronger leaves the weaker") { shop in
            try await shop.push(owner: TestShop.carla)
            let read = try await shop.issue(.internal(.company), by: TestShop.carla)
            let full = try await shop.issue(.unit(.full), by: TestShop.carla)
            for link in [read, full] { _ = try await shop.accept(link, as: TestShop.dora) }
            try await shop.revoke(full, by: TestShop.carla)
            #expect(try await shop.standing(of: TestShop.dora) == .readOnlyGrant)
            try await shop.revoke(read, by: TestShop.carla)
            #expect(try await shop.standing(of: TestShop.dora) == nil)
        },
        StoreRule("accepting a link that gives the cart away leaves the owner's own word in force") { shop in
            try await shop.push(owner: TestShop.carla)
            try await shop.grant(.full, toKnown: TestShop.dora)
            let link = try await shop.issue(.handOver(to: TestShop.dora), by: TestShop.carla)
            #expect(try await shop.accept(link, as: TestShop.dora).access == .full)
            _ = try await shop.change(link, LinkChange(paused: true), by: TestShop.carla)
            #expect(try await shop.standing(of: TestShop.dora) == .fullGrant)
            try await shop.revoke(link, by: TestShop.carla)
            #expect(try await shop.standing(of: TestShop.dora) == .fullGrant)
        },
    ]
}

extension Grant.Title {
    /// The word of an owner in carla's company.
    static let acmesWord = Grant.Title.owner(inside: TestShop.carla.companyID)
}
