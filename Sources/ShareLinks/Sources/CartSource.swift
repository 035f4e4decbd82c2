// SPDX-License-Identifier: Apache-2.0

/// A platform that keeps carts: they are read and changed there. Kept here is only what rights depend on.
package protocol CartSource: Sendable {
    /// The format of the documents that it gives.
    var format: CartFormat { get }

    /// Reads a cart.
    ///
    /// - Parameters:
    ///   - part: how much of it; what isn't asked for doesn't come here at all, where the platform can be asked so.
    ///   - asOfNow: whether the platform has to be asked after this call; else it was asked no longer ago than is configured.
    func cart(_ id: PlatformCartID, _ part: CartPart, asOfNow: Bool) async throws(SourceError) -> SourcedCart

    /// Makes one edit and answers the cart as it is then, as other people see it. Edits of a cart come one after the other.
    ///
    /// - Parameter proceeds: told of the cart as it was just before; where it says no, nothing is changed, and ``SourceError/stopped`` is
    ///   thrown.
    func edit(
        _ id: PlatformCartID,
        _ edit: ItemEdit,
        proceeds: @escaping @Sendable (SourcedCart) async -> Bool
    ) async throws(SourceError) -> SourcedCart
}

/// How much of a cart is read.
package enum CartPart: Hashable, Sendable, CaseIterable {
    /// What other people than the owner may ever see: lines, sums, the currency.
    case shared
    /// All of it, with the owner's data.
    case whole
}
