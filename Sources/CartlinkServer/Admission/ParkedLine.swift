// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Requests that wait for a place, the oldest first; knows no clock, no lock and no task.
///
/// A line that is too long for everyone's turn to come in time is served from its young end: first come, first served would let all
/// wait until nobody waits for the answer any more. A shorter one keeps its order, however long it stands.
struct ParkedLine<Waiter> {
    private struct Entry {
        let ticket: Int
        let since: NIODeadline
        /// Nil for one that left from the middle.
        var waiter: Waiter?
    }

    /// Beyond so many the newest is served first. Where a place is free again after a tenth of a millisecond, the last of these waits 26 ms.
    static var longestInOrder: Int { 256 }

    private var entries: [Entry] = []
    private var first = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// When the oldest came.
    var oldest: NIODeadline? { isEmpty ? nil : entries[first].since }

    /// - Parameter ticket: larger than all before.
    mutating func join(_ waiter: Waiter, ticket: Int, at now: NIODeadline) {
        entries.append(Entry(ticket: ticket, since: now, waiter: waiter))
        count += 1
    }

    mutating func next() -> Waiter? {
        count > Self.longestInOrder ? takeNewest() : takeOldest()
    }

    /// Those who came at `limit` or before, the oldest of them if there are more than `most`.
    mutating func takeOldest(_ most: Int, upTo limit: NIODeadline) -> [Waiter] {
        var taken: [Waiter] = []
        while taken.count < most, let oldest, oldest <= limit, let waiter = takeOldest() { taken.append(waiter) }
        return taken
    }

    mutating func takeOldest() -> Waiter? {
        guard !isEmpty, let waiter = entries[first].waiter else { return nil }
        entries[first].waiter = nil
        tidy()
        return waiter
    }

    /// Takes one that doesn't wait any longer; nil where it was served before.
    mutating func take(ticket: Int) -> Waiter? {
        var (low, high) = (first, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].ticket < ticket { low = middle + 1 } else { high = middle }
        }
        guard low < entries.count, entries[low].ticket == ticket, let waiter = entries[low].waiter else { return nil }
        entries[low].waiter = nil
        tidy()
        return waiter
    }

    private mutating func takeNewest() -> Waiter? {
        guard let waiter = entries.last?.waiter else { return nil }
        entries[entries.count - 1].waiter = nil
        tidy()
        return waiter
    }

    /// Counts one less, and lets both ends of the line be somebody again.
    private mutating func tidy() {
        count -= 1
        guard count > 0 else {
            entries.removeAll(keepingCapacity: true)
            first = 0
            return
        }
        while entries[entries.count - 1].waiter == nil { entries.removeLast() }
        while entries[first].waiter == nil { first += 1 }
        // Now and then, so that each costs little: gaps never outnumber those who wait by much.
        guard entries.count > 64, entries.count > 2 * count else { return }
        entries.removeAll { $0.waiter == nil }
        first = 0
    }
}
