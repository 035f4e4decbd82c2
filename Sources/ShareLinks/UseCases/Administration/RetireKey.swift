// SPDX-License-Identifier: Apache-2.0

/// A key in force, with how many links would die with it.
package struct KeyReport: Sendable, Equatable {
    package let slot: KeySlot
    package let fingerprint: LinkKey.Fingerprint
    package let state: LinkKey.State
    package let created: Timestamp
    package let liveLinks: Int
}

extension Administration {
    package func keyReports(for admin: ServiceAccount, at now: Timestamp) async throws(ShareError) -> [KeyReport] {
        try admin.require(.administer)
        let ring = keys.ring
        return try await store.read { view throws(ShareError) in
            var reports: [KeyReport] = []
            for key in ring.keys.sorted(by: { $0.slot < $1.slot }) {
                reports.append(
                    KeyReport(
                        slot: key.slot,
                        fingerprint: key.fingerprint,
                        state: key.state,
                        created: key.created,
                        liveLinks: try view.liveLinks(of: key.fingerprint, at: now)
                    )
                )
            }
            return reports
        }
    }

    /// Kills a key and its links for good, on every node: the store remembers that the key is dead.
    ///
    /// More live links than `expected` change nothing. The signing key can't be retired.
    package func retireKey(
        in slot: KeySlot,
        expected: Int,
        by admin: ServiceAccount,
        reason: String?,
        at now: Timestamp
    ) async throws(ShareError) -> Int {
        try admin.require(.takeDown)
        let ring = keys.ring
        guard let key = ring.key(in: slot) else { throw .keyNotFound }
        guard key.state != .signing else { throw .keyInUse }
        let died = try await store.write(.takingManyAway) { store throws(ShareError) in
            let live = try store.liveLinks(of: key.fingerprint, at: now)
            guard live <= expected else { throw .countDiffers(now: live) }
            try store.markRetired(key.fingerprint, at: now)
            _ = try store.withdrawGrants(named: .key(key.fingerprint), decision: try store.nextSerial(), at: now)
            let revoked = try store.revoke(.key(key.fingerprint), at: now)
            try store.record(
                AuditEntry(
                    at: now,
                    actor: admin.adminName,
                    action: .keyRetired,
                    reason: reason,
                    before: "slot \(slot) key \(key.fingerprint)",
                    after: "\(live) live links died"
                ),
                tellingOf: revoked,
                links: .key(key.fingerprint)
            )
            return live
        }
        keys.remove(key.fingerprint)
        return died
    }
}
