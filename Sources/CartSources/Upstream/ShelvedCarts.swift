// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// Carts by the moment at which their fetch began, none longer than it is fresh and no more than there is room for.
struct ShelvedCarts<Value: Sendable> {
    typealias Instant = ContinuousClock.Instant

    private struct Entry {
        let value: Value
        let begun: Instant
        let size: Int
    }

    let freshFor: Duration
    let mostEntries: Int
    let mostBytes: Int
    private var entries: [PlatformCartID: Entry] = [:]
    /// All entries in the order in which they came, with some that are gone or were replaced: all stay fresh equally long.
    private var order: [(id: PlatformCartID, begun: Instant)] = []
    private var first = 0
    private(set) var bytes = 0

    init(freshFor: Duration, mostEntries: Int, mostBytes: Int) {
        self.freshFor = freshFor
        self.mostEntries = mostEntries
        self.mostBytes = mostBytes
    }

    var count: Int { entries.count }

    func isFresh(_ begun: Instant, at now: Instant) -> Bool { now < begun + freshFor }

    func value(of id: PlatformCartID, at now: Instant) -> Value? {
        guard let entry = entries[id], isFresh(entry.begun, at: now) else { return nil }
        return entry.value
    }

    mutating func keep(_ value: Value, of id: PlatformCartID, begun: Instant, size: Int, at now: Instant) {
        remove(id)
        if isFresh(begun, at: now), size <= mostBytes {
            entries[id] = Entry(value: value, begun: begun, size: size)
            bytes += size
            order.append((id, begun))
        }
        trim(at: now)
    }

    mutating func remove(_ id: PlatformCartID) {
        if let entry = entries.removeValue(forKey: id) { bytes -= entry.size }
    }

    /// Lets go of what is too old, and of the oldest where there is too much.
    mutating func trim(at now: Instant) {
        while first < order.count {
            let (id, begun) = order[first]
            if entries[id]?.begun == begun {
                guard !isFresh(begun, at: now) || entries.count > mostEntries || bytes > mostBytes else { break }
                remove(id)
            }
            first += 1
        }
        guard order.count > 2 * entries.count + 64 else { return }
        order = order[first...].filter { entries[$0.id]?.begun == $0.begun }
        first = 0
    }
}
