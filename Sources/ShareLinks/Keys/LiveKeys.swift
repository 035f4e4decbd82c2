// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The key ring in force; a reload or a retirement replaces it while requests run.
package final class LiveKeys: Sendable {
    private let current: Mutex<KeyRing>
    /// How often the ring was replaced. Written after the ring is, so whoever sees the number gets that ring or a later one.
    private let replacements = Atomic<Int>(0)

    package init(_ ring: KeyRing) {
        current = Mutex(ring)
    }

    package var ring: KeyRing {
        current.withLock { $0 }
    }

    package func replace(with ring: KeyRing) {
        change { $0 = ring }
    }

    /// Takes a retired key out of whatever ring is in force by now.
    package func remove(_ key: LinkKey.Fingerprint) {
        change { ring in
            if let rest = ring.without([key]) { ring = rest }
        }
    }

    private func change(_ change: (inout KeyRing) -> Void) {
        current.withLock { change(&$0) }
        replacements.add(1, ordering: .releasing)
    }
}

extension LiveKeys {
    /// The ring in force for one thread that asks often: as long as none is replaced a check costs one load more than the ring's own,
    /// and writes nothing that threads share.
    package struct Reader: Sendable {
        private let keys: LiveKeys
        private var ring: KeyRing
        private var replacements: Int

        package init(_ keys: LiveKeys) {
            self.keys = keys
            // In this order: a ring that is replaced in between is asked for again.
            replacements = keys.replacements.load(ordering: .acquiring)
            ring = keys.ring
        }

        /// Whether a key that is in force made the token; of a ring that was replaced before the call nothing is left.
        package mutating func isGenuine(_ token: Token) -> Bool {
            if keys.replacements.load(ordering: .acquiring) != replacements { self = Reader(keys) }
            return ring.isGenuine(token)
        }
    }
}
