// SPDX-License-Identifier: Apache-2.0

/// Why an edit can't be made; the cart stays as it was.
enum ItemFault: Error, Hashable, Sendable, CaseIterable {
    /// No line of the cart has this id.
    case noSuchItem
    /// More pieces than a line may have, or an amount that 64 bits don't hold.
    case tooMuch
    /// The cart would be larger than a document may be.
    case tooLarge
}
