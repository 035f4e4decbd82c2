// SPDX-License-Identifier: Apache-2.0

import Metrics

/// What a connection's fast path answered since it last told.
struct FastTally {
    /// By page or view, HEAD or GET, 304 or 200.
    fileprivate(set) var counts: (Int, Int, Int, Int, Int, Int, Int, Int) = (0, 0, 0, 0, 0, 0, 0, 0)
    private(set) var isEmpty = true

    mutating func add(_ request: FastRequest, isNotModified: Bool) {
        isEmpty = false
        let isPage = request.name.form != .view
        let index = (isPage ? 4 : 0) + (request.isHead ? 2 : 0) + (isNotModified ? 1 : 0)
        withUnsafeMutableBytes(of: &counts) { $0.bindMemory(to: Int.self)[index] += 1 }
    }
}

/// Counts the answers from memory among the listener's requests. There are too many to time or to log each.
struct FastCounts: Sendable {
    private let counters: [Counter]

    init() {
        counters = ["/v1/shared/{token}", "/s/{token}"].flatMap { route in
            ["GET", "HEAD"].flatMap { method in
                ["200", "304"].map { status in
                    Counter(
                        label: "cartlink.http.requests",
                        dimensions: [("listener", "public"), ("method", method), ("route", route), ("status", status)]
                    )
                }
            }
        }
    }

    func add(_ tally: FastTally) {
        withUnsafeBytes(of: tally.counts) { bytes in
            for (counter, count) in zip(counters, bytes.bindMemory(to: Int.self)) where count > 0 { counter.increment(by: count) }
        }
    }
}
