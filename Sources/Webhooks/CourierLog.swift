// SPDX-License-Identifier: Apache-2.0

import Logging
import ShareLinks
import Synchronization

/// What operators read of one webhook: the first failure in a row, at most once a minute, and then each doubling. So neither a dead
/// receiver fills the log nor one that fails now and then.
///
/// Never a body, an address or a token.
final class CourierLog: Sendable {
    private let webhook: Webhook
    private let logger: Logger
    private let row = Mutex(Row())
    private let storeFailures = Atomic<Int>(0)

    /// Failures without a success between them.
    private struct Row {
        var failures = 0
        var beganAt: Timestamp?

        /// How many there are now, where that is worth a line.
        mutating func add(at now: Timestamp) -> Int? {
            failures += 1
            guard failures == 1 else { return failures.isPowerOfTwo ? failures : nil }
            if let beganAt, now < beganAt.adding(seconds: 60), now >= beganAt { return nil }
            beganAt = now
            return failures
        }
    }

    /// A row shorter than this ends without a word.
    private static let worthAnEnd = 8

    init(webhook: Webhook, logger: Logger) {
        self.webhook = webhook
        self.logger = logger
    }

    func failed(_ waiting: WaitingMessage, _ fault: DeliveryFault, isDead: Bool, at now: Timestamp) {
        guard let count = row.withLock({ $0.add(at: now) }) else { return }
        logger.warning(
            isDead ? "a webhook's message was given up" : "a webhook's message wasn't delivered",
            metadata: [
                "host": "\(webhook.host)", "webhook": "\(webhook.id)", "type": "\(waiting.message.kind.rawValue)",
                "attempt": "\(waiting.attempts + 1)", "reason": "\(fault.reason)", "failuresInARow": "\(count)",
            ]
        )
    }

    func delivered() {
        let count = row.withLock { row in
            defer { row.failures = 0 }
            return row.failures
        }
        guard count >= Self.worthAnEnd else { return }
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
