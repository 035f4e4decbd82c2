// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What a run gave, as one line of JSON; durations are in microseconds.
struct LoadReport: Encodable {
    let rate: Double?
    /// From when the first counted request was due to the last counted answer.
    let seconds: Double
    let connections: Int
    let sent: Int
    let answered: Int
    /// Answers below 400, in each of these seconds.
    let acceptedPerSecond: Double
    let statuses: [String: Int]
    let gaveUp: Int
    let timeOuts: Int
    let lost: Int
    let malformed: Int
    let notConnected: Int
    let refusals: Int
    let refusalsWithRetryAfter: Int
    let accepted: Latencies?
    let acceptedFromSend: Latencies?
    let refused: Latencies?
    let refusedFromSend: Latencies?
    let sendDelay: Latencies?

    struct Latencies: Encodable {
        let p50: Double
        let p90: Double
        let p99: Double
        let p999: Double
        let longest: Double

        init?(_ histogram: Histogram) {
            guard
                let p50 = histogram.quantile(0.5), let p90 = histogram.quantile(0.9), let p99 = histogram.quantile(0.99),
                let p999 = histogram.quantile(0.999)
            else { return nil }
            (self.p50, self.p90, self.p99) = (Self.micro(p50), Self.micro(p90), Self.micro(p99))
            (self.p999, longest) = (Self.micro(p999), Self.micro(histogram.longest))
        }

        private static func micro(_ nanoseconds: Int64) -> Double { Double(nanoseconds / 100) / 10 }
    }

    init(_ counts: LoadCounts, rate: Double?, connections: Int) {
        (self.rate, self.connections) = (rate, connections)
        seconds = Double(counts.nanoseconds / 1000) / 1e6
        statuses = counts.byStatus
        answered = statuses.values.reduce(0, +)
        acceptedPerSecond = (Double(counts.accepted.count) / max(seconds, 1e-6) * 10).rounded() / 10
        (sent, gaveUp, timeOuts, lost) = (counts.sent, counts.gaveUp, counts.timeOuts, counts.lost)
        (malformed, notConnected) = (counts.malformed, counts.notConnected)
        (refusals, refusalsWithRetryAfter) = (counts.refusals, counts.refusalsWithRetryAfter)
        (accepted, acceptedFromSend) = (Latencies(counts.accepted), Latencies(counts.acceptedFromSend))
        (refused, refusedFromSend) = (Latencies(counts.refused), Latencies(counts.refusedFromSend))
        sendDelay = Latencies(counts.sendDelay)
    }

    var line: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }
}
