// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

@testable import CartlinkServer

struct RevisionsTests {
    private let revisions = Revisions()
    private let cart = CartID("cart-1")!

    @Test func aLookUpHoldsUntilItsCartChanges() {
        let place = revisions.place(of: cart)
        let before = revisions.now
        #expect(revisions.isCurrent(before, at: place))
        revisions.note([.cart(cart)])
        #expect(!revisions.isCurrent(before, at: place))
        #expect(revisions.isCurrent(revisions.now, at: place))
    }

    @Test func anotherCartsChangeLeavesItAlone() {
        let place = revisions.place(of: cart)
        // A cart with a place of its own; carts may share one.
        let other = (2...).lazy.map { CartID("cart-\($0)")! }.first { revisions.place(of: $0) != place }!
        let before = revisions.now
        revisions.note([.cart(other)])
        #expect(revisions.isCurrent(before, at: place))
        #expect(!revisions.isCurrent(before, at: revisions.place(of: other)))
    }

    @Test func whatMayMeanEveryCartEndsAllLookUps() {
        let before = revisions.now
        revisions.note([.everything])
        for number in 0..<100 { #expect(!revisions.isCurrent(before, at: revisions.place(of: CartID("cart-\(number)")!))) }
    }

    @Test(arguments: [StoreChange.outbox, .untold])
    func whatNobodySeesEndsNoLookUpOfACart(change: StoreChange) {
        let before = revisions.now
        revisions.note([change])
        #expect(revisions.isCurrent(before, at: revisions.place(of: cart)))
    }

    @Test func whatHasNoCartHoldsUntilAnythingChanges() {
        let before = revisions.now
        #expect(revisions.isCurrent(before, at: nil))
        revisions.note([.cart(cart)])
        #expect(!revisions.isCurrent(before, at: nil))
    }

    /// Two who note at once may do it in any order; the later one must stay noted.
    @Test func nothingNotedAtOnceIsLost() async {
        let place = revisions.place(of: cart)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<2_000 {
                        let before = revisions.now
                        revisions.note([.cart(cart)])
                        if revisions.isCurrent(before, at: place) { Issue.record("a change was lost") }
                    }
                }
            }
        }
    }
}
