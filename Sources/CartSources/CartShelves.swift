// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

/// Where carts that were just read stand for a while, each part by itself.
package struct CartShelves: Sendable {
    private let shared: CartShelf
    private let whole: CartShelf

    package init(shared: CartShelf, whole: CartShelf) {
        self.shared = shared
        self.whole = whole
    }

    package subscript(part: CartPart) -> CartShelf {
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
        do throws(SourceError) {
            let answer = try await work()
            await forget(id)
            return answer
        } catch {
            await forget(id)
            throw error
        }
    }

    private func forget(_ id: PlatformCartID) async {
        await shared.forget(id)
        await whole.forget(id)
    }
}
