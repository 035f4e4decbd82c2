// SPDX-License-Identifier: Apache-2.0

/// A cart as its platform gave it.
package struct SourcedCart: Sendable {
    /// The document without the platform's own id of the cart, and with an id of ours on each line that can be changed.
    package let document: [UInt8]
    /// Made of the lines and sums: the same lines have the same version, whichever part was read.
    package let version: CartVersion
    package let fingerprint: CartFingerprint
    /// The text that the cart holds where its owner is named, if the whole was read; personal data.
    package let ownerName: String?
    /// Whether the platform hid parts of it, which the document doesn't hold then.
    package let isMasked: Bool
    /// Until when it may be shown without asking again.
    package var freshUntil: ContinuousClock.Instant

    package init(
        document: [UInt8],
        version: CartVersion,
        fingerprint: CartFingerprint,
        ownerName: String?,
        isMasked: Bool,
        freshUntil: ContinuousClock.Instant
    ) {
        self.document = document
        self.version = version
        self.fingerprint = fingerprint
        self.ownerName = ownerName
        self.isMasked = isMasked
        self.freshUntil = freshUntil
    }
}
