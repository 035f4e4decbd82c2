// SPDX-License-Identifier: Apache-2.0

/// A key as the store remembers it: by fingerprint, never by its bytes.
package struct KnownKey: Hashable, Sendable {
    package let fingerprint: LinkKey.Fingerprint
    package let slot: KeySlot
    package let firstSeen: Timestamp
    package let retiredAt: Timestamp?

    package init(fingerprint: LinkKey.Fingerprint, slot: KeySlot, firstSeen: Timestamp, retiredAt: Timestamp? = nil) {
        self.fingerprint = fingerprint
        self.slot = slot
        self.firstSeen = firstSeen
        self.retiredAt = retiredAt
    }
}
