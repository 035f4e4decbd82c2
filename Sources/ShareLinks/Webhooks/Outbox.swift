// SPDX-License-Identifier: Apache-2.0

/// What of a webhook's outbox its delivery needs to know.
package struct OutboxLook: Sendable, Equatable {
    /// The first messages that may be sent now, the longest due first: of each thread the one that is next.
    package var due: [WaitingMessage] = []
    /// When the next message that waits for another attempt may be sent; nil where there is none.
    package var nextDue: Timestamp?
    /// Messages that are still to be delivered.
    package var waiting = 0
    /// Whether links that one change revoked are still to be told one by one.
    package var hasMassRevocation = false

    package init() {}
}

/// What came of an attempt.
package enum Settlement: Sendable, Equatable {
    case delivered(at: Timestamp)
    case failed(DeliveryFault, at: Timestamp, dueAt: Timestamp)
    /// It is given up, and the next message of its thread is due.
    case died(DeliveryFault, at: Timestamp)
}

/// How much an outbox holds of one webhook.
package enum OutboxLimits {
    /// Messages that wait; beyond it none is taken but those that tell of a revoked link.
    package static let waiting = 100_000
    /// Dead letters; beyond it the oldest is forgotten.
    package static let deadLetters = 10_000
}

/// What can be looked up of the outbox.
package protocol OutboxView {
    func outbox(of webhook: WebhookID, at now: Timestamp, limit: Int) throws(ShareError) -> OutboxLook
    /// Of every webhook to which something was ever queued, by id.
    func webhookStates() throws(ShareError) -> [WebhookState]
    /// The last ones that were queued first, from below the row `before`.
    func deadLetters(of webhook: WebhookID?, before: Int64?, limit: Int) throws(ShareError) -> [DeadLetter]
    func deadLetter(_ id: String) throws(ShareError) -> DeadLetter?
    /// The oldest mass revocation that the webhook wasn't told whole, and those of its links that come next, the newest first.
    func nextRevoked(for webhook: WebhookID, limit: Int) throws(ShareError) -> (revocation: MassRevocation, page: LinkPage)?
}

/// What can be changed of the outbox, inside the transaction of the change that is told.
package protocol OutboxTransaction: OutboxView {
    /// The webhooks that are configured.
    var webhooks: [Webhook] { get }
    /// Adds a message at the end of its thread, in place of a replaceable one of its kind that nobody has tried to send yet. Where as many wait as
    /// may, only one about a revoked link is taken.
    func queue(_ message: Message) throws(ShareError)
    func queue(_ revocation: MassRevocation) throws(ShareError)
    /// Goes on behind `cursor` with the webhook's oldest mass revocation, or with nil forgets it: all its links have their messages.
    func advanceRevocation(for webhook: WebhookID, to cursor: LinkCursor?) throws(ShareError)
    /// Writes down what came of an attempt; of a message that was replaced meanwhile only when it was.
    func settle(_ waiting: WaitingMessage, as settlement: Settlement) throws(ShareError)
    /// Queues a dead letter again, at the end of its thread.
    func revive(_ letter: DeadLetter) throws(ShareError)
    /// Deletes up to `limit` messages of a webhook that isn't configured any more; answers whether anything may be left.
    func forget(_ webhook: WebhookID, limit: Int) throws(ShareError) -> Bool
}
