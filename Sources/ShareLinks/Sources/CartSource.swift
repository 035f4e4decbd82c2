// SPDX-License-Identifier: Apache-2.0

/// A platform that keeps carts: they are read and changed there. Kept here is only what rights depend on.
package protocol CartSource: Sendable {
    /// The format of the documents that it gives.
    var format: CartFormat { get }

    /// Reads a cart.
    ///
    /// - Parameter asOfNow: whether the platform has to be asked after this call; else it was asked no longer ago than is configured.
    func cart(_ id: PlatformCartID, asOfNow: Bool) async throws(SourceError) -> SourcedCart

    /// Makes one edit and answers the cart as it is then. Edits of a cart come one after the other.
    ///
    /// - Parameter proceeds: told of the cart as it was just before; where it says no, nothing is changed, and ``SourceError/stopped`` is
    ///   thrown.
    func edit(
        _ id: PlatformCartID,
        _ edit: ItemEdit,
        proceeds: @Sendable (SourcedCart) async -> Bool
    ) async throws(SourceError) -> SourcedCart
}

/// A cart as its platform gave it.
package struct SourcedCart: Sendable {
    /// The document without the platform's own id of the cart, and with an id of ours on each line that can be changed.
    package let document: [UInt8]
    package let fingerprint: CartFingerprint
    /// The text that the cart holds where its owner is named; personal data.
    package let ownerName: String?
    /// Whether the platform hid parts of it, which the document doesn't hold then.
    package let isMasked: Bool
    /// Until when it may be shown without asking again.
    package let freshUntil: ContinuousClock.Instant

    package init(
        document: [UInt8],
        fingerprint: CartFingerprint,
        ownerName: String?,
        isMasked: Bool,
        freshUntil: ContinuousClock.Instant
    ) {
        self.document = document
        self.fingerprint = fingerprint
        self.ownerName = ownerName
        self.isMasked = isMasked
        self.freshUntil = freshUntil
    }
}
