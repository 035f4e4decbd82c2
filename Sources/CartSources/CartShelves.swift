// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

/// Where carts that were just read stand for a while, each part by itself.
package struct CartShelves: Sendable {
    private let shared: CartShelf<SourcedCart>
    private let whole: CartShelf<SourcedCart>

    package init(shared: CartShelf<SourcedCart>, whole: CartShelf<SourcedCart>) {
        self.shared = shared
        self.whole = whole
    }

    package subscript(part: CartPart) -> CartShelf<SourcedCart> {
        switch part {
        case .shared: shared
        case .whole: whole
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
