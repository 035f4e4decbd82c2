// SPDX-License-Identifier: Apache-2.0

import Logging
import ShareLinks
import Synchronization

/// What operators read of one webhook: the first failure in a row and then each doubling, so that a dead receiver doesn't fill the log.
///
/// Never a body, an address or a token.
final class CourierLog: Sendable {
    private let webhook: Webhook
    private let logger: Logger
    private let failures = Atomic<Int>(0)
    private let storeFailures = Atomic<Int>(0)

    init(webhook: Webhook, logger: Logger) {
        self.webhook = webhook
        self.logger = logger
    }

    func failed(_ waiting: WaitingMessage, _ fault: DeliveryFault, isDead: Bool) {
        let count = failures.wrappingAdd(1, ordering: .relaxed).newValue
        guard count.isPowerOfTwo else { return }
        logger.warning(
            isDead ? "a webhook's message was given up" : "a webhook's message wasn't delivered",
            metadata: [
                "host": "\(webhook.host)", "webhook": "\(webhook.id)", "type": "\(waiting.message.kind.rawValue)",
                "attempt": "\(waiting.attempts + 1)", "reason": "\(fault.reason)", "failuresInARow": "\(count)",
            ]
        )
    }

    func delivered() {
        guard failures.load(ordering: .relaxed) > 0 else { return }
        let count = failures.exchange(0, ordering: .relaxed)
        guard count > 0 else { return }
        logger.notice(
            "a webhook's receiver takes messages again",
            metadata: ["host": "\(webhook.host)", "webhook": "\(webhook.id)", "failuresInARow": "\(count)"]
        )
    }

    func storeFailed(_ error: ShareError) {
        let count = storeFailures.wrappingAdd(1, ordering: .relaxed).newValue
        guard count.isPowerOfTwo else { return }
        logger.warning("webhooks wait for the store", metadata: ["webhook": "\(webhook.id)", "error": "\(error)", "times": "\(count)"])
    }
}

extension Int {
    /// Whether a count is worth another line of the log.
    var isPowerOfTwo: Bool { self > 0 && self & (self - 1) == 0 }
}
