// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Synchronization
import Testing

extension StoreRule {
    static let changeFeed = [
        StoreRule("whatever a bulk revocation names its links by, it tells of their carts") { shop in
            let heard = Box()
            shop.store.changes.listen { heard.add($0) }
            for number in 0..<10 {
                let cart = CartID("cart-\(number)")!
                try await shop.push(cart.text, owner: TestShop.carla)
                let link = try await shop.issue(.unit(.full), to: cart.text, by: TestShop.carla)
                let selectors: [LinkSelector] = [
                    .link(link.id), .cart(cart), .owner(TestShop.carla.userID), .person(TestShop.carla.subject),
                    .company(CompanyID("acme")!), .businessUnit(BusinessUnitID("paint")!), .keySlot(link.keySlot),
                    .createdBefore(TestShop.start + 1), .createdAfter(TestShop.start + -1), .all,
                ]
                heard.clear()
                let done = try await shop.administration.revokeAll(
                    selectors[number],
                    expected: 1,
                    isDryRun: false,
                    by: TestShop.admin,
                    reason: "drill",
                    at: TestShop.start
                )
                #expect(done.revoked == 1)
                #expect(heard.tells(of: cart), "\(selectors[number])")
            }
        }
    ]
}

/// What a store's feed told.
private final class Box: Sendable {
    private let changes = Mutex<Set<StoreChange>>([])

    func add(_ more: Set<StoreChange>) { changes.withLock { $0.formUnion(more) } }
    func clear() { changes.withLock { $0 = [] } }
    func tells(of cart: CartID) -> Bool { changes.withLock { $0.contains(.cart(cart)) || $0.contains(.everything) } }
}
