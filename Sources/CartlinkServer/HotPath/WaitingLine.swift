// SPDX-License-Identifier: Apache-2.0

import NIOHTTP1

/// What came on one connection and waits in front of the router, in its order: a request for something held until it may be shown, and
/// whatever came behind it.
struct WaitingLine {
    enum Entry {
        /// May be answered from memory when the round has ended.
        case held(FastRequest, HTTPRequestHead, round: LoopCheck.Round)
        /// Has its answer, which depends on nothing held.
        case answered(FastRequest, HTTPRequestHead, FastDoor.Answer)
        case part(HTTPServerRequestPart)
        case event(Any)
        case fault(any Error)
    }

    private var entries: [Entry] = []
    private var first = 0
    /// The last round that something here waits for, or waited.
    private(set) var lastRound: LoopCheck.Round = 0

    /// Room for so many is kept for the next ones.
    private static let mostKept = 8

    var isEmpty: Bool { entries.isEmpty }
    var count: Int { entries.count - first }

    mutating func append(_ entry: Entry) {
        entries.append(entry)
        if case .held(_, _, let round) = entry { lastRound = round }
    }

    /// The first; nil where it waits for a round after `round`.
    mutating func next(upTo round: LoopCheck.Round) -> Entry? {
        guard !isEmpty else { return nil }
        let entry = entries[first]
        if case .held(_, _, let awaited) = entry, awaited > round { return nil }
        first += 1
        if first == entries.count {
            removeAll()
        } else if first > Self.mostKept {
            // A client that always has two on the way never lets the line run empty.
            entries.removeFirst(first)
            first = 0
        }
        return entry
    }

    mutating func removeAll() {
        entries.removeAll(keepingCapacity: entries.capacity <= Self.mostKept)
        first = 0
    }
}
