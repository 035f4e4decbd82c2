// SPDX-License-Identifier: Apache-2.0

import Metrics
import Synchronization

/// Counts and times requests by route template, method and status; all three come from small sets.
final class RequestMetrics: Sendable {
    private struct Key: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    private struct Meters {
        let requests: Counter
        let time: Metrics.Timer
    }

    private let listener: String
    private let meters = Mutex<[Key: Meters]>([:])

    init(listener: String) {
        self.listener = listener
    }

    func count(method: String, route: String, status: Int, duration: Duration) {
        let key = Key(method: method, route: route, status: status)
        let meters = meters.withLock { meters in
            if let known = meters[key] { return known }
            let new = Meters(
                requests: Counter(
                    label: "cartlink.http.requests",
                    dimensions: [("listener", listener), ("method", method), ("route", route), ("status", String(status))]
                ),
                time: Metrics.Timer(label: "cartlink.http.request.duration", dimensions: [("listener", listener), ("route", route)])
            )
            meters[key] = new
            return new
        }
        meters.requests.increment()
        meters.time.record(duration: duration)
    }
}

extension Metrics.Timer {
    fileprivate func record(duration: Duration) {
        let (seconds, attoseconds) = duration.components
        recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
