// SPDX-License-Identifier: Apache-2.0

/// Why a node may not use its key file with this store.
package enum KeyRefusal: Error, Equatable {
    /// None of the file's keys is known to the store: the file belongs to other data.
    case strangersKeys(known: [String])
    /// The key that should sign was retired.
    case signingKeyRetired(KeySlot)
    case store(StoreError)
}

extension LinkStore {
    /// Checks a ring against the fingerprints that the store remembers, and remembers its new keys.
    ///
    /// - Returns: the ring without retired keys.
    package func admit(_ ring: KeyRing, at now: Timestamp) async throws(KeyRefusal) -> KeyRing {
        let known: [KnownKey]
        do {
            known = try await write(.takingAway) { store throws(ShareError) in try store.remember(ring, at: now) }
        } catch {
            guard case .storeUnavailable(let cause) = error else { preconditionFailure("remembering keys fails only with the store") }
            throw .store(cause)
        }
        guard let live = ring.without(known.retired) else { throw .signingKeyRetired(ring.signing.slot) }
        guard ring.belongs(to: known) else { throw .strangersKeys(known: known.live.map(\.text)) }
        return live
    }
}

extension StoreTransaction {
    /// Remembers the ring's new keys, unless the ring is a stranger's; answers what was known before.
    fileprivate func remember(_ ring: KeyRing, at now: Timestamp) throws(ShareError) -> [KnownKey] {
        let known = try knownKeys()
        guard ring.belongs(to: known), ring.without(known.retired) != nil else { return known }
        for key in ring.keys where !known.contains(where: { $0.fingerprint == key.fingerprint }) {
            try remember(KnownKey(fingerprint: key.fingerprint, slot: key.slot, firstSeen: now))
        }
        return known
    }
}

extension KeyRing {
    /// Whether one of the ring's keys is known and in force, or nothing is known yet. A retired key vouches for no file.
    fileprivate func belongs(to known: [KnownKey]) -> Bool {
        known.isEmpty || known.live.contains { key(named: $0) != nil }
    }
}

extension [KnownKey] {
    fileprivate var live: [LinkKey.Fingerprint] { filter { $0.retiredAt == nil }.map(\.fingerprint) }
    fileprivate var retired: Set<LinkKey.Fingerprint> { Set(filter { $0.retiredAt != nil }.map(\.fingerprint)) }
}
