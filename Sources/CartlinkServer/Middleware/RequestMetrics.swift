// SPDX-License-Identifier: Apache-2.0

import Metrics
import Synchronization

/// Counts and times requests by route template, method and status; all three come from small sets.
final class RequestMetrics: Sendable {
    private struct Key: Hashable {
        let method: RequestMethod
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

    func count(method: RequestMethod, route: String, status: Int, duration: Duration) {
        let key = Key(method: method, route: route, status: status)
        let meters = meters.withLock { $0[key] } ?? add(key)
        meters.requests.increment()
        meters.time.record(duration: duration)
    }

    /// Two requests that are the first of their kind at once get the same meters from the metrics system.
    private func add(_ key: Key) -> Meters {
        let new = Meters(
            requests: Counter(
                label: "cartlink.http.requests",
                dimensions: [
                    ("listener", listener), ("method", key.method.rawValue), ("route", key.route), ("status", String(key.status)),
                ]
            ),
            time: Metrics.Timer(label: "cartlink.http.request.duration", dimensions: [("listener", listener), ("route", key.route)])
        )
        meters.withLock { $0[key] = new }
        return new
    }
}

extension Metrics.Timer {
    fileprivate func record(duration: Duration) {
        let (seconds, attoseconds) = duration.components
        recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
