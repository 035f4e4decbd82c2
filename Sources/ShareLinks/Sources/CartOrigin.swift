// SPDX-License-Identifier: Apache-2.0

/// Where a cart lives that isn't kept here.
package struct CartOrigin: Sendable, Equatable {
    package let id: PlatformCartID
    /// What told the cart from others when it was last shared or changed here.
    package var fingerprint: CartFingerprint
    /// When the platform last confirmed it.
    package var matchedAt: Timestamp

    package init(id: PlatformCartID, fingerprint: CartFingerprint, matchedAt: Timestamp) {
        self.id = id
        self.fingerprint = fingerprint
        self.matchedAt = matchedAt
    }
}
