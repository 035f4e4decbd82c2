// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    static let snapshots = [
        StoreRule("guests see the cart as it was pinned, the owner and holders of grants as it is") { shop in
            let cart = try await shop.push(owner: TestShop.carla, name: "before", document: "old")
            let link = try await shop.issue(.snapshot, by: TestShop.carla)
            let grant = try await shop.accept(try await shop.issue(.unit(.readOnly), by: TestShop.carla), as: TestShop.dora).grant
            #expect(grant != nil)
            let now = try await shop.push(owner: TestShop.carla, name: "after", document: "new")
            for guest in [Caller.stranger, .person(TestShop.anna), .service(TestShop.storefront)] {
                let opened = try await shop.open(link, as: guest)
                #expect(opened.standing.relation == .guest)
                #expect(String(decoding: opened.cart.document, as: UTF8.self) == "\(cart.version) false old")
                #expect(opened.cart.name == nil && opened.cart.unconfirmed.isEmpty && opened.cart.format == .cartlink)
                #expect(opened.cart.id == now.id && opened.cart.version == now.version)
            }
            for person in [TestShop.carla, TestShop.dora] {
                #expect(try await shop.open(link, as: .person(person)).cart.document == now.document)
            }
        },
        StoreRule("a snapshot is made with the link's own prices") { shop in
            let cart = try await shop.push(document: "doc")
            for showPrices in [true, false] {
                var order = LinkOrder.snapshot
                order.showPrices = showPrices
                let link = try await shop.issue(order)
                let expected = CartSnapshot(format: .cartlink, document: Array("\(cart.version) \(showPrices) doc".utf8))
                #expect(try await shop.snapshot(of: link) == expected)
                #expect(try await shop.stored(link.id) == link)
            }
        },
        StoreRule("a link that pins nothing has no snapshot") { shop in
            let cart = try await shop.push(owner: TestShop.carla, document: "doc")
            for order in [LinkOrder.external, .unit(.full)] {
                let link = try await shop.issue(order, by: TestShop.carla)
                #expect(!link.isSnapshot)
                #expect(try await shop.snapshot(of: link) == nil)
                #expect(try await shop.open(link, as: .person(TestShop.dora)).cart.document == cart.document)
            }
        },
        StoreRule("the same attempt gives the same link with what it pinned first") { shop in
            try await shop.push(document: "old")
            let attempt = IssueAttempt(key: "k", requestHash: "h")
            let link = try await shop.issue(.snapshot, attempt: attempt)
            let pinned = try await shop.snapshot(of: link)
            try await shop.push(document: "new")
            #expect(try await shop.issue(.snapshot, attempt: attempt) == link)
            #expect(try await shop.snapshot(of: link) == pinned)
        },
        StoreRule("a cart that can't be shown gets no link that pins it") { shop in
            try await shop.push()
            let broken = ShareError.storeUnavailable(StoreError(.damaged, cause: "a cart"))
            await #expect(throws: broken) {
                try await shop.sharing.issue(
                    .snapshot,
                    to: CartID("cart-1")!,
                    by: .person(TestShop.anna),
                    asShownToGuests: { _, _ throws(ShareError) in throw broken },
                    at: TestShop.start
                )
            }
            #expect(try await shop.sharing.links(of: CartID("cart-1")!, by: .person(TestShop.anna), onBehalfOf: nil).isEmpty)
        },
        StoreRule("a link whose snapshot is missing shows guests nothing") { shop in
            try await shop.push(document: "doc")
            let link = try await shop.issue()
            let bare = Link(
                id: LinkID(high: 9, low: 9),
                cart: link.cart,
                incarnation: link.incarnation,
                audience: link.audience,
                mode: link.mode,
                access: link.access,
                label: nil,
                showPrices: true,
                isSnapshot: true,
                createdAt: link.createdAt,
                serial: link.serial,
                author: link.author,
                expiresAt: link.expiresAt,
                keySlot: link.keySlot,
                key: link.key
            )
            try await shop.store.write(.ordinary) { store throws(ShareError) in try store.insert(bare) }
            await #expect(throws: ShareError.storeUnavailable(StoreError(.damaged, cause: ""))) { try await shop.open(bare) }
            #expect(try await shop.open(bare, as: .person(TestShop.anna)).standing == .owner)
        },
    ]

    static let snapshotEnds =
        ends.map { name, end in
            StoreRule("a snapshot is deleted when \(name)") { shop in
                try await shop.push(document: "doc")
                try await shop.push("cart-2", owner: TestShop.ben, document: "doc")
                let (link, plain) = (try await shop.issue(.snapshot), try await shop.issue())
                let other = try await shop.issue(.snapshot, to: "cart-2", by: TestShop.ben)
                #expect(try await shop.snapshot(of: link) != nil)
                try await end(shop, link)
                #expect(try await shop.snapshot(of: link) == nil)
                await #expect(throws: ShareError.linkGone) { try await shop.open(link) }
                await #expect(throws: ShareError.linkGone) { try await shop.open(plain) }
                #expect(try await shop.snapshot(of: other) != nil)
            }
        } + [
            StoreRule("a snapshot is deleted with its own link only") { shop in
                try await shop.push()
                let (link, other) = (try await shop.issue(.snapshot), try await shop.issue(.snapshot))
                try await shop.revoke(link)
                #expect(try await shop.snapshot(of: link) == nil)
                #expect(try await shop.snapshot(of: other) != nil)
                _ = try await shop.revokeAll(.link(other.id))
                #expect(try await shop.snapshot(of: other) == nil)
            },
            StoreRule("a snapshot goes with its link's key") { shop in
                try await shop.push()
                let link = try await shop.issue(.snapshot)
                try await shop.store.write(.takingAway) { store throws(ShareError) in
                    _ = try store.revoke(.key(link.key), at: TestShop.start)
                }
                #expect(try await shop.snapshot(of: link) == nil)
            },
            StoreRule("a snapshot outlives a pause, an order that is cancelled, and a guest's cart getting its owner") { shop in
                let cart = try await shop.push(owner: nil, document: "doc").id
                let link = try await shop.issue(.snapshot, by: nil)
                let shown = try await shop.open(link).cart.document
                try await shop.push(document: "new")
                _ = try await shop.change(link, LinkChange(paused: true))
                await #expect(throws: ShareError.linkGone) { try await shop.open(link) }
                _ = try await shop.change(link, LinkChange(paused: false))
                _ = try await shop.sharing.setState(of: cart, to: .ordered, by: TestShop.storefront, at: TestShop.start)
                await #expect(throws: ShareError.linkGone) { try await shop.open(link) }
                _ = try await shop.sharing.setState(of: cart, to: .open, by: TestShop.storefront, at: TestShop.start)
                #expect(try await shop.open(link).cart.document == shown)
            },
            StoreRule("a cart has no more snapshots than links it may have, expired ones among them") { shop in
                let shop = TestShop(store: shop.store, rules: SharingRules(linksPerCart: 2))
                try await shop.push()
                let first = try await shop.issue(.snapshot.lasting(seconds: 1))
                _ = try await shop.issue(.snapshot.lasting(seconds: 1))
                let later = TestShop.start.adding(seconds: 60)
                await #expect(throws: ShareError.limitReached) { try await shop.issue(.snapshot, at: later) }
                _ = try await shop.issue(.external, at: later)
                try await shop.revoke(first)
                _ = try await shop.issue(.snapshot, at: later)
            },
        ]

    private static let ends: [(String, @Sendable (TestShop, Link) async throws -> Void)] = [
        ("its cart's links are revoked", { shop, link in _ = try await shop.revokeAll(.cart(link.cart)) }),
        ("its owner's links are revoked", { shop, _ in _ = try await shop.revokeAll(.owner(TestShop.anna.userID)) }),
        (
            "its cart is deleted",
            { shop, link in try await shop.sharing.deleteCart(link.cart, by: TestShop.storefront, at: TestShop.start) }
        ),
        ("its cart is given to another owner", { shop, _ in try await shop.push(owner: TestShop.ben, transfers: true) }),
        (
            "its cart is taken over",
            { shop, _ in
                var order = LinkOrder.internal(.person, person: TestShop.ben.subject, access: .full)
                order.allowsTakeOver = true
                let offer = try await shop.issue(order)
                _ = try await shop.accept(offer, as: TestShop.ben)
                let token = try #require(shop.sharing.token(of: offer))
                let offered = OfferedCart(name: nil, document: [])
                _ = try await shop.sharing.takeOver(
                    token.text,
                    as: .person(TestShop.ben),
                    asOffered: { _ throws(ShareError) in offered },
                    at: TestShop.start
                )
            }
        ),
    ]
}

extension TestShop {
    fileprivate func revokeAll(_ selector: LinkSelector) async throws(ShareError) -> BulkRevocation {
        try await administration.revokeAll(selector, expected: 9, isDryRun: false, by: Self.admin, reason: "drill", at: Self.start)
    }
}
