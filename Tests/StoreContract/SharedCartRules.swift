// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    /// Grants and comments in a cart's lives, and in its people's lists.
    static let sharedCarts = [
        StoreRule("a transfer to another owner ends grants and comments") { shop in
            for owner in [TestShop.fred, nil] {
                try await shop.push(owner: TestShop.carla, transfers: true)
                let grant = try await shop.grant(.full, toKnown: TestShop.dora)
                let comment = try await shop.comment("mine", by: TestShop.dora)
                try await shop.push(owner: owner, transfers: true)
                #expect(try await shop.standing(of: TestShop.dora) == nil)
                #expect(try await shop.standing(of: TestShop.carla) == nil)
                #expect(try await shop.grant(grant.id) == nil)
                #expect(try await shop.store.read { view throws(ShareError) in try view.comment(comment.id) } == nil)
            }
        },
        StoreRule("a guest's cart keeps links and grants when it gets its first owner, who is listed once") { shop in
            try await shop.push(owner: nil)
            let link = try await shop.issue(.internal(.shop, access: .full), by: nil)
            for person in [TestShop.anna, TestShop.ben] { _ = try await shop.accept(link, as: person) }
            #expect(try await shop.standing(of: TestShop.anna) == .fullGrant)
            try await shop.push(owner: TestShop.anna)
            #expect(try await shop.standing(of: TestShop.anna) == .owner)
            #expect(try await shop.standing(of: TestShop.ben) == .fullGrant)
            #expect(try await shop.open(link, as: .person(TestShop.ben)).standing == .fullGrant)
            for limit in 1...3 {
                let (carts, next) = try await shop.sharing.carts(of: TestShop.anna, before: nil, limit: limit)
                #expect(carts.map(\.summary.id.text) == ["cart-1"] && carts.first?.held == nil)
                #expect(next == nil)
            }
        },
        StoreRule("a cart that was deleted leaves no grant for its id's next life") { shop in
            try await shop.push(owner: TestShop.carla)
            try await shop.grant(.full, toKnown: TestShop.dora)
            try await shop.sharing.deleteCart(CartID("cart-1")!, by: TestShop.storefront, at: TestShop.start)
            #expect(try await shop.standing(of: TestShop.dora) == nil)
            try await shop.push(owner: TestShop.carla)
            #expect(try await shop.standing(of: TestShop.dora) == nil)
            #expect(try await shop.storedGrants().isEmpty)
        },
        StoreRule("own and shared carts are listed together, page by page, each once") { shop in
            for number in 0..<9 {
                try await shop.push("cart-\(number)", owner: number.isMultiple(of: 3) ? TestShop.dora : TestShop.carla)
            }
            let link = try await shop.issue(.unit(.full), to: "cart-4", by: TestShop.carla)
            _ = try await shop.accept(link, as: TestShop.dora)
            for number in [1, 2, 7] { try await shop.grant(.readOnly, toKnown: TestShop.dora, on: "cart-\(number)") }
            // Counts for nothing now: it is on no page and hides no other.
            _ = try await shop.change(link, LinkChange(paused: true), by: TestShop.carla)
            let expected = ["cart-7", "cart-6", "cart-3", "cart-2", "cart-1", "cart-0"]
            for limit in 1...7 {
                var listed: [KnownCart] = []
                var before: CartVersion?
                repeat {
                    let page = try await shop.sharing.carts(of: TestShop.dora, before: before, limit: limit)
                    #expect(page.carts.count <= limit)
                    listed += page.carts
                    before = page.next
                } while before != nil
                #expect(listed.map(\.summary.id.text) == expected, "\(limit)")
                #expect(listed.map(\.held?.access) == [.readOnly, nil, nil, .readOnly, .readOnly, nil])
            }
        },
        StoreRule("an edit is kept with its unconfirmed lines until the shop pushes the cart") { shop in
            let cart = try await shop.push(owner: TestShop.carla)
            try await shop.grant(.full, toKnown: TestShop.dora)
            let lines: Set = ["a", "line.2", "~3"]
            let edited = EditedDocument(document: Array("[1]".utf8), unconfirmed: lines)
            let changed = try await shop.sharing.edit(cart.id, by: .person(TestShop.dora), at: TestShop.start) { _ in edited }.cart
            let stored = try await shop.sharing.cart(cart.id, for: .person(TestShop.carla), at: TestShop.start).cart
            #expect(stored.unconfirmed == lines && stored.document == edited.document && stored.version == changed.version)
            #expect(changed.version > cart.version && changed.incarnation == cart.incarnation)
            #expect(try await shop.push(owner: TestShop.carla).unconfirmed.isEmpty)
            #expect(try await shop.sharing.cart(cart.id, for: .person(TestShop.carla), at: TestShop.start).cart.unconfirmed.isEmpty)
        },
    ]
}
