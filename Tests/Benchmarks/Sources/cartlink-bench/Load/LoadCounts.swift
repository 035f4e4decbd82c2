// SPDX-License-Identifier: Apache-2.0

/// What came of the requests of a run.
struct LoadCounts {
    private let statuses: UnsafeMutableBufferPointer<Int>
    var sent = 0
    /// From when the first counted request was due to the last counted answer.
    var nanoseconds: Int64 = 0
    /// Waited for a free connection longer than a request may take.
    var gaveUp = 0
    var timeOuts = 0
    var lost = 0
    var malformed = 0
    var notConnected = 0
    private(set) var refusals = 0
    private(set) var refusalsWithRetryAfter = 0
    /// Latencies of answers below 400, from when the request was due, and from when it was sent.
    private(set) var accepted = Histogram()
    private(set) var acceptedFromSend = Histogram()
    /// Latencies of 429 and 503, likewise.
    private(set) var refused = Histogram()
    private(set) var refusedFromSend = Histogram()
    /// How long after it was due a request was sent.
    var sendDelay = Histogram()

    init() {
        statuses = .allocate(capacity: 1000)
        statuses.initialize(repeating: 0)
    }

    mutating func count(_ head: AnswerHead, fromDue: Int64, fromSend: Int64) {
        statuses[head.status] += 1
        if head.status < 400 {
            accepted.add(fromDue)
            acceptedFromSend.add(fromSend)
        } else if head.status == 429 || head.status == 503 {
            refusals += 1
            if head.hasRetryAfter { refusalsWithRetryAfter += 1 }
            refused.add(fromDue)
            refusedFromSend.add(fromSend)
        }
    }

    /// How often each status came.
    var byStatus: [String: Int] {
        var counts: [String: Int] = [:]
        for (status, count) in statuses.enumerated() where count > 0 { counts[String(status)] = count }
        return counts
    }
}
