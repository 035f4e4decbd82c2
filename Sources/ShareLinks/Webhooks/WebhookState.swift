// SPDX-License-Identifier: Apache-2.0

/// What administrators learn of a webhook's outbox.
package struct WebhookState: Sendable, Equatable {
    package let webhook: WebhookID
    package let waiting: Int
    package let deadLetters: Int
    package var oldestWaitingAt: Timestamp?
    package let lastSuccessAt: Timestamp?
    package let lastFailure: Failure?

    package struct Failure: Sendable, Equatable {
        package let at: Timestamp
        package let fault: DeliveryFault

        package init(at: Timestamp, fault: DeliveryFault) {
            self.at = at
            self.fault = fault
        }
    }

    package init(
        webhook: WebhookID,
        waiting: Int,
        deadLetters: Int,
        oldestWaitingAt: Timestamp?,
        lastSuccessAt: Timestamp?,
        lastFailure: Failure?
    ) {
        self.webhook = webhook
        self.waiting = waiting
        self.deadLetters = deadLetters
        self.oldestWaitingAt = oldestWaitingAt
        self.lastSuccessAt = lastSuccessAt
        self.lastFailure = lastFailure
    }
}
