// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    static let links = [
        StoreRule("every kind of link is read back as it was issued") { shop in
            try await shop.push(owner: TestShop.carla)
            let orders: [LinkOrder] = [
                .external.labelled("für Ümit 🎁"),
                .internal(.person, person: TestShop.dora.subject),
                .snapshot,
                LinkOrder(audience: .external, access: .readOnly, card: .items),
                .internal(.businessUnit, access: .full),
                .internal(.company).lasting(seconds: 60),
                .internal(.shop, access: .full),
            ]
            for order in orders {
                let own = try await shop.issue(order, by: TestShop.carla)
                #expect(try await shop.stored(own.id) == own)
                var named = order
                named.onBehalfOf = TestShop.carla
                let made = try await shop.issue(named, by: nil)
                #expect(made.author.service == "storefront")
                #expect(try await shop.stored(made.id) == made)
            }
        },
        StoreRule("an unknown link is nil, and its genuine token not found") { shop in
            try await shop.push()
            let link = try await shop.issue()
            #expect(try await shop.stored(LinkID(high: link.id.high, low: link.id.low ^ 1)) == nil)
            let other = TestShop(store: shop.store, newLinkID: { LinkID(high: 1, low: 2) })
            let ring = other.sharing.keys.ring
            let token = try #require(ring.token(for: LinkID(high: 3, low: 4), mode: .externalReadOnly, slot: ring.signing.slot))
            await #expect(throws: ShareError.linkNotFound) { try await shop.sharing.open(token.text, as: .stranger, at: TestShop.start) }
        },
        StoreRule("a link opens for its audience and resolves for a service") { shop in
            try await shop.push(owner: TestShop.carla)
            let external = try await shop.issue(by: TestShop.carla)
            #expect(try await shop.open(external).standing == .guest)
            #expect(try await shop.open(external, as: .person(TestShop.carla)).standing == .owner)
            let unit = try await shop.issue(.internal(.businessUnit, access: .full), by: TestShop.carla)
            #expect(try await shop.open(unit, as: .person(TestShop.dora)).standing == .memberByLink)
            await #expect(throws: ShareError.loginRequired) { try await shop.open(unit) }
            await #expect(throws: ShareError.notAMember) { try await shop.open(unit, as: .person(TestShop.anna)) }
            let token = try #require(shop.sharing.token(of: unit))
            let resolved = try await shop.sharing.resolve(token.text, for: TestShop.dora, by: TestShop.storefront, at: TestShop.start)
            #expect(resolved.cart.id.text == "cart-1")
            #expect(resolved.access == .full)
        },
        StoreRule("a cart's links are listed newest first") { shop in
            try await shop.push()
            try await shop.push("cart-2")
            var issued: [Link] = []
            for number in 0..<5 { issued.append(try await shop.issue(at: TestShop.start + Int64(number % 2))) }
            try await shop.issue(to: "cart-2")
            try await shop.revoke(issued[3])
            let listed = try await shop.sharing.links(of: CartID("cart-1")!, by: .person(TestShop.anna), onBehalfOf: nil)
            #expect(listed.map(\.id) == issued.reversed().map(\.id))
        },
    ]

    static let linkChanges = [
        StoreRule("a revoked link is dead, once more is no error") { shop in
            try await shop.push()
            let link = try await shop.issue()
            let other = try await shop.issue()
            try await shop.revoke(link, at: TestShop.start + 5)
            await #expect(throws: ShareError.linkGone) { try await shop.open(link, at: TestShop.start + 5) }
            try await shop.revoke(link, at: TestShop.start + 9)
            #expect(try await shop.stored(link.id)?.revokedAt == TestShop.start + 5)
            #expect(try await shop.open(other, at: TestShop.start + 9).link == other)
        },
        StoreRule("nothing brings a revoked link back") { shop in
            try await shop.push()
            let link = try await shop.issue()
            try await shop.revoke(link)
            try await shop.store.write(.ordinary) { store throws(ShareError) in try store.update(link) }
            #expect(try await shop.stored(link.id)?.revokedAt == TestShop.start)
            await #expect(throws: ShareError.linkGone) { try await shop.change(link, LinkChange(paused: false)) }
        },
        StoreRule("an update of a link that isn't there fails") { shop in
            try await shop.push()
            let link = try await TestShop(store: shop.store).issue()
            let ghost = Link(
                id: LinkID(high: 1, low: 1),
                cart: link.cart,
                incarnation: link.incarnation,
                audience: link.audience,
                mode: link.mode,
                access: link.access,
                label: nil,
                showPrices: true,
                createdAt: link.createdAt,
                serial: link.serial,
                author: link.author,
                expiresAt: link.expiresAt,
                keySlot: link.keySlot,
                key: link.key
            )
            await #expect(throws: ShareError.linkNotFound) {
                try await shop.store.write(.ordinary) { store throws(ShareError) in try store.update(ghost) }
            }
        },
        StoreRule("what an owner changes of a link is stored") { shop in
            try await shop.push(owner: TestShop.carla)
            let link = try await shop.issue(.internal(.company, access: .full).labelled("one"), by: TestShop.carla)
            let changes = [
                LinkChange(access: .readOnly),
                LinkChange(label: .some(LinkLabel("two"))),
                LinkChange(label: .some(nil)),
                LinkChange(expiresAt: TestShop.start + 99),
                LinkChange(paused: true),
                LinkChange(paused: false),
            ]
            for change in changes {
                let changed = try await shop.change(link, change, by: TestShop.carla)
                #expect(try await shop.stored(link.id) == changed)
            }
            #expect(try await shop.stored(link.id)?.expiresAt == TestShop.start + 99)
        },
        StoreRule("each holder lifts only its own pause") { shop in
            try await shop.push()
            let link = try await shop.issue()
            let pause = { (isPaused: Bool) async throws(ShareError) in
                try await shop.administration.setPaused(isPaused, link.id, by: TestShop.admin, reason: "abuse", at: TestShop.start)
            }
            _ = try await shop.change(link, LinkChange(paused: true))
            try await pause(true)
            #expect(try await shop.stored(link.id)?.pauses == [.owner, .admin])
            _ = try await shop.change(link, LinkChange(paused: false))
            await #expect(throws: ShareError.linkGone) { try await shop.open(link) }
            try await pause(false)
            #expect(try await shop.open(link).link.pauses.isEmpty)
        },
        StoreRule("a link is dead from the millisecond at which it expires") { shop in
            try await shop.push()
            let link = try await shop.issue(.external.lasting(seconds: 60))
            let end = link.expiresAt.milliseconds
            #expect(try await shop.open(link, at: Timestamp(milliseconds: end - 1)).link == link)
            await #expect(throws: ShareError.linkGone) { try await shop.open(link, at: Timestamp(milliseconds: end)) }
        },
    ]
}
