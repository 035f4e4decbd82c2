// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The key ring in force; a reload or a retirement replaces it while requests run.
package final class LiveKeys: Sendable {
    private let current: Mutex<KeyRing>

    package init(_ ring: KeyRing) {
        current = Mutex(ring)
    }

    package var ring: KeyRing {
        current.withLock { $0 }
    }

    /// Whether a key in force made the token.
    package func isGenuine(_ token: Token) -> Bool {
        ring.isGenuine(token)
    }

    package func replace(with ring: KeyRing) {
        current.withLock { $0 = ring }
    }

    /// Takes a retired key out of whatever ring is in force by now.
    package func remove(_ key: LinkKey.Fingerprint) {
        current.withLock { ring in
            if let rest = ring.without([key]) { ring = rest }
        }
    }
}
