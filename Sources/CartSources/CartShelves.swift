// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

/// Where carts that were just read stand for a while, each part by itself.
package struct CartShelves: Sendable {
    private let shared: CartShelf<SourcedCart>
    private let whole: CartShelf<SourcedCart>
    private let freshFor: Duration

    /// - Parameter freshFor: as for the shelves.
    package init(shared: CartShelf<SourcedCart>, whole: CartShelf<SourcedCart>, freshFor: Duration) {
        self.shared = shared
        self.whole = whole
        self.freshFor = freshFor
    }

    /// The cart from its shelf, or fetched. It is as old as the moment before it was asked for.
    func cart(
        _ id: PlatformCartID,
        _ part: CartPart,
        asOfNow: Bool,
        fetch: @Sendable () async throws(SourceError) -> CartReading
    ) async throws(SourceError) -> SourcedCart {
        let shelf = part == .shared ? shared : whole
        return try await shelf.cart(id, asOfNow: asOfNow) { () async throws(SourceError) -> SourcedCart in
            let begun = ContinuousClock.now
            var cart = try await fetch().cart
            cart.freshUntil = begun + freshFor
            return cart
        }
    }

    /// What is read after the work, which may have changed the cart, is as it is then: also where the work failed.
    func forgetting<Answer: Sendable>(
        _ id: PlatformCartID,
        _ work: () async throws(SourceError) -> Answer
    ) async throws(SourceError) -> Answer {
        defer {
            shared.forget(id)
            whole.forget(id)
        }
        return try await work()
    }
}
