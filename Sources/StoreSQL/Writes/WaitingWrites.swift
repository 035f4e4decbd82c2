// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

/// The changes that wait for their turn.
package struct WaitingWrites: Sendable {
    package static let limit = 4096
    /// Places beyond the limit for what takes power away, so that a flood of new links can't hold up a revocation.
    package static let reservedPlaces = 1024

    private var writes: [PendingWrite] = []

    package init() {}

    package var count: Int { writes.count }
    package var isEmpty: Bool { writes.isEmpty }

    package mutating func append(_ write: PendingWrite) throws(StoreError) {
        let limit = write.purpose.takesAway ? Self.limit + Self.reservedPlaces : Self.limit
        guard writes.count < limit else { throw StoreError(.overloaded, cause: "\(limit) changes wait") }
        writes.append(write)
    }

    /// Takes out those whose turn it is, `most` at most; one that takes many away has its turn alone.
    package mutating func takeNext(_ most: Int) -> [PendingWrite] {
        bringForwardWhatTakesAway()
        let beforeBulk = writes.prefix(most).prefix { $0.purpose != .takingManyAway }.count
        let next = Array(writes.prefix(max(1, beforeBulk)))
        writes.removeFirst(next.count)
        return next
    }

    /// Takes out those who have waited since before `moment`.
    package mutating func removeAll(before moment: ContinuousClock.Instant) -> [PendingWrite] {
        let late = writes.filter { $0.arrival < moment }
        if !late.isEmpty { writes.removeAll { $0.arrival < moment } }
        return late
    }

    /// Puts what was taken out and not tried before all others.
    package mutating func putBack(_ untried: some Collection<PendingWrite>) {
        writes.insert(contentsOf: untried, at: 0)
    }

    package mutating func removeAll() -> [PendingWrite] {
        defer { writes = [] }
        return writes
    }

    /// A revocation doesn't wait behind a flood of edits; what waits keeps its order otherwise. Of every four changes one is
    /// ordinary where any waits, so that no flood of revocations keeps the others waiting for ever.
    private mutating func bringForwardWhatTakesAway() {
        guard writes.contains(where: \.purpose.takesAway) else { return }
        var first = writes.filter(\.purpose.takesAway)[...]
        var others = writes.filter { $0.purpose == .ordinary }[...]
        writes = []
        while !first.isEmpty {
            writes += first.prefix(3)
            writes += others.prefix(1)
            (first, others) = (first.dropFirst(3), others.dropFirst(1))
        }
        writes += others
    }
}
