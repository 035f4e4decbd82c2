// SPDX-License-Identifier: Apache-2.0

import Metrics

/// The statuses that the fast path answers with.
enum FastStatus: Int, CaseIterable {
    case ok, notModified, tooManyRequests

    var code: String {
        switch self {
        case .ok: "200"
        case .notModified: "304"
        case .tooManyRequests: "429"
        }
    }
}

/// What a connection's fast path answered since it last told.
struct FastTally {
    /// By view or page, GET or HEAD, and status; made by the first answer and kept.
    fileprivate var counts: [Int] = []
    private(set) var isEmpty = true

    fileprivate static let routes = ["/v1/shared/{token}", "/s/{token}"]
    fileprivate static let methods = ["GET", "HEAD"]

    mutating func add(_ request: FastRequest, _ status: FastStatus) {
        isEmpty = false
        if counts.isEmpty { counts = Array(repeating: 0, count: Self.routes.count * Self.methods.count * FastStatus.allCases.count) }
        let route = request.name.form == .view ? 0 : 1
        counts[(route * Self.methods.count + (request.isHead ? 1 : 0)) * FastStatus.allCases.count + status.rawValue] += 1
    }

    mutating func reset() {
        isEmpty = true
        for index in counts.indices { counts[index] = 0 }
    }
}

/// Counts the fast path's answers among the listener's requests. There are too many to time or to log each.
struct FastCounts: Sendable {
    private let counters: [Counter]

    init() {
        counters = FastTally.routes.flatMap { route in
            FastTally.methods.flatMap { method in
                FastStatus.allCases.map { status in
                    Counter(
                        label: "cartlink.http.requests",
                        dimensions: [("listener", "public"), ("method", method), ("route", route), ("status", status.code)]
                    )
                }
            }
        }
    }

    func add(_ tally: FastTally) {
        for (counter, count) in zip(counters, tally.counts) where count > 0 { counter.increment(by: count) }
    }
}
