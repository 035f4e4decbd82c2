// SPDX-License-Identifier: Apache-2.0

import Metrics
import ShareLinks

/// What is counted of one webhook, under the host that is configured and its id.
struct WebhookMeters: Sendable {
    private let delivered: Counter
    private let failures: Counter
    private let dead: Counter
    private let waiting: Gauge

    init(_ webhook: Webhook) {
        let dimensions = [("host", webhook.host), ("webhook", webhook.id.text)]
        delivered = Counter(label: "cartlink.webhook.delivered", dimensions: dimensions)
        failures = Counter(label: "cartlink.webhook.failures", dimensions: dimensions)
        dead = Counter(label: "cartlink.webhook.dead", dimensions: dimensions)
        waiting = Gauge(label: "cartlink.webhook.waiting", dimensions: dimensions)
    }

    func show(waiting count: Int) { waiting.record(count) }

    func count(_ settlement: Settlement) {
        switch settlement {
        case .delivered: delivered.increment()
        case .failed: failures.increment()
        case .died:
            failures.increment()
            dead.increment()
        }
    }
}
