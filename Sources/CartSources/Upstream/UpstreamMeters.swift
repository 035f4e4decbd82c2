// SPDX-License-Identifier: Apache-2.0

import Metrics

/// What is counted of one platform, under its host: the paths hold ids, and are never told.
struct UpstreamMeters: Sendable {
    enum Outcome: String, CaseIterable {
        case answered
        case failed = "server-error"
        case throttled
        case redirected
        case unconnected = "no-connection"
        case outOfTime = "no-answer"
        case unusable
        case cancelled
        /// It wasn't sent: the circuit was open, or too many waited.
        case held
    }

    private let circuit: Gauge
    private let requests: [Outcome: Counter]

    init(host: String, factory: any MetricsFactory) {
        circuit = Gauge(label: "cartlink.source.circuit", dimensions: [("host", host)], factory: factory)
        requests = Dictionary(
            uniqueKeysWithValues: Outcome.allCases.map {
                ($0, Counter(label: "cartlink.source.requests", dimensions: [("host", host), ("outcome", $0.rawValue)], factory: factory))
            }
        )
        circuit.record(0)
    }

    func show(circuit level: Int) { circuit.record(level) }

    func count(_ outcome: Outcome) { requests[outcome]?.increment() }

    func count(_ fault: UpstreamFault) {
        switch fault {
        case .connection: count(.unconnected)
        case .outOfTime: count(.outOfTime)
        case .answered(429, _): count(.throttled)
        case .answered(let status, _): count(status >= 500 ? .failed : .redirected)
        case .tooLarge, .encoded: count(.unusable)
        case .cancelled: count(.cancelled)
        case .notFormed, .busy, .circuitOpen, .resting: count(.held)
        }
    }
}
