// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    static let issuing = [
        StoreRule("only live links of the cart's present life count against the limit") { shop in
            let shop = TestShop(store: shop.store, rules: SharingRules(linksPerCart: 2))
            try await shop.push()
            try await shop.push("cart-2")
            let first = try await shop.issue(.external.lasting(seconds: 60))
            try await shop.issue()
            try await shop.issue(to: "cart-2")
            await #expect(throws: ShareError.limitReached) { try await shop.issue() }
            let third = try await shop.issue(at: first.expiresAt)
            await #expect(throws: ShareError.limitReached) { try await shop.issue(at: first.expiresAt) }
            try await shop.revoke(third, at: first.expiresAt)
            try await shop.issue(at: first.expiresAt)
            await #expect(throws: ShareError.limitReached) { try await shop.issue(at: first.expiresAt) }
            try await shop.push(owner: TestShop.ben, transfers: true, at: first.expiresAt)
            try await shop.issue(by: TestShop.ben, at: first.expiresAt)
        },
        StoreRule("the limit holds under concurrent issues") { shop in
            let shop = TestShop(store: shop.store, rules: SharingRules(linksPerCart: 10))
            try await shop.push()
            let issued = await withTaskGroup { group in
                for _ in 0..<40 { group.addTask { (try? await shop.issue()) == nil ? 0 : 1 } }
                return await group.reduce(0, +)
            }
            #expect(issued == 10)
        },
        StoreRule("the same attempt gives the same link for 24 hours") { shop in
            try await shop.push()
            let attempt = IssueAttempt(key: "k", requestHash: "h")
            let link = try await shop.issue(attempt: attempt)
            #expect(try await shop.issue(attempt: attempt, at: TestShop.start + IdempotencyKey.lifetime) == link)
            let later = try await shop.issue(attempt: attempt, at: TestShop.start + (IdempotencyKey.lifetime + 1))
            #expect(later.id != link.id)
            #expect(try await shop.issue(attempt: attempt, at: TestShop.start + (IdempotencyKey.lifetime + 2)) == later)
        },
        StoreRule("an attempt with another content conflicts, one for another cart or caller doesn't") { shop in
            try await shop.push()
            try await shop.push("cart-2")
            let attempt = IssueAttempt(key: "k", requestHash: "h")
            let link = try await shop.issue(attempt: attempt)
            await #expect(throws: ShareError.idempotencyConflict) {
                try await shop.issue(attempt: IssueAttempt(key: "k", requestHash: "other"))
            }
            #expect(try await shop.issue(to: "cart-2", attempt: attempt).id != link.id)
            var order = LinkOrder.external
            order.onBehalfOf = TestShop.anna
            #expect(try await shop.issue(order, by: nil, attempt: attempt).id != link.id)
            #expect(try await shop.issue(attempt: attempt) == link)
        },
        StoreRule("an attempt at an id that was used again is a new one") { shop in
            try await shop.push()
            let attempt = IssueAttempt(key: "k", requestHash: "h")
            let link = try await shop.issue(attempt: attempt)
            try await shop.sharing.deleteCart(CartID("cart-1")!, by: TestShop.storefront, at: TestShop.start)
            try await shop.push()
            let other = try await shop.issue(attempt: attempt)
            #expect(other.id != link.id)
            #expect(try await shop.issue(attempt: attempt) == other)
        },
        StoreRule("an ordered cart gets no new links") { shop in
            let cart = try await shop.push().id
            _ = try await shop.sharing.setState(of: cart, to: .ordered, by: TestShop.storefront, at: TestShop.start)
            await #expect(throws: ShareError.cartOrdered) { try await shop.issue() }
        },
        StoreRule("an expired link comes back only where there is room for it") { shop in
            let shop = TestShop(store: shop.store, rules: SharingRules(linksPerCart: 1))
            try await shop.push()
            let old = try await shop.issue(.external.lasting(seconds: 10))
            let later = TestShop.start + 10
            let new = try await shop.issue(at: later)
            let longer = LinkChange(expiresAt: later + 60)
            await #expect(throws: ShareError.limitReached) { try await shop.change(old, longer, at: later) }
            try await shop.revoke(new, at: later)
            #expect(try await shop.change(old, longer, at: later).status(at: later) == .active)
        },
        StoreRule("a link of a kind that the shop no longer allows is not extended") { shop in
            try await shop.push()
            let link = try await shop.issue(.external.lasting(seconds: 10))
            let strict = TestShop(store: shop.store, rules: SharingRules(external: .init(isAllowed: false)))
            await #expect(throws: ShareError.notAllowedHere) {
                try await strict.change(link, LinkChange(expiresAt: TestShop.start + 60))
            }
            let shorter = try await strict.change(link, LinkChange(expiresAt: TestShop.start + 5))
            #expect(shorter.expiresAt == TestShop.start + 5)
        },
        StoreRule("concurrent tries of one attempt give one link") { shop in
            try await shop.push()
            let attempt = IssueAttempt(key: "k", requestHash: "h")
            let ids = try await withThrowingTaskGroup { group in
                for _ in 0..<20 { group.addTask { try await shop.issue(attempt: attempt).id } }
                return try await group.reduce(into: Set<LinkID>()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
        },
    ]
}
