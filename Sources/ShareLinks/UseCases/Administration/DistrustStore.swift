// SPDX-License-Identifier: Apache-2.0

extension Administration {
    /// Records of each kind in one write: a store of any size is gone through without holding up others' writes for long.
    package static let distrustPortion = 2_000

    /// Holds everything that a restored store says of the time before `time`, until somebody confirms it, and then lets its history go on
    /// in a new epoch. With `isDryRun` it only counts.
    ///
    /// The epoch comes last: until then nodes that know more than the store refuse to serve, so this may end anywhere and be done again.
    ///
    /// - Parameters:
    ///   - earliest: the new epoch is no earlier than this.
    ///   - portion: how many records of each kind one write goes through.
    ///   - progress: hears after each write how much was held so far.
    package func distrust(
        before time: Timestamp,
        epoch earliest: Int64,
        isDryRun: Bool,
        by admin: ServiceAccount,
        portion limit: Int = distrustPortion,
        at now: Timestamp,
        progress: @Sendable (Distrust.Counts) -> Void = { _ in }
    ) async throws(ShareError) -> Distrust.Counts {
        try admin.require(.takeDown)
        let distrust = Distrust(before: time, at: now)
        var (total, place) = (Distrust.Counts.none, Distrust.Place.start)
        while true {
            let start = place
            let (counts, end) =
                isDryRun
                ? try await store.read { view throws(ShareError) in
                    let portion = try view.portion(after: start, limit: limit)
                    return (try view.count(distrust, in: portion), portion.end)
                }
                : try await store.write(.takingAway) { store throws(ShareError) in
                    let portion = try store.portion(after: start, limit: limit)
                    guard !portion.isEmpty else { return (.none, portion.end) }
                    let counts = try store.hold(distrust, in: portion)
                    if counts != .none { try store.record(.distrusted(distrust, counts, by: admin.adminName)) }
                    return (counts, portion.end)
                }
            guard end != place else { break }
            total = total + counts
            place = end
            progress(total)
        }
        guard !isDryRun else { return total }
        try await store.write(.takingAway) { store throws(ShareError) in
            let epoch = try store.beginEpoch(earliest)
            try store.record(.epochBegun(epoch, distrust, by: admin.adminName))
        }
        // This process has to see the new epoch as the others do.
        try await store.revisionCheck?.pass()
        return total
    }
}

extension AuditEntry {
    fileprivate static func distrusted(_ distrust: Distrust, _ counts: Distrust.Counts, by actor: String) -> AuditEntry {
        let held = "\(counts.links) links paused, \(counts.grants) grants and \(counts.companyUsers) company users suspended"
        return AuditEntry(at: distrust.now, actor: actor, action: .storeDistrusted, before: "before \(distrust.time)", after: held)
    }

    fileprivate static func epochBegun(_ epoch: Int64, _ distrust: Distrust, by actor: String) -> AuditEntry {
        AuditEntry(at: distrust.now, actor: actor, action: .storeDistrusted, before: "before \(distrust.time)", after: "epoch \(epoch)")
    }
}
