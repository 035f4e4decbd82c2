// SPDX-License-Identifier: Apache-2.0

/// One notice on its way to one webhook; id and body are the same over all attempts.
package struct Message: Sendable, Equatable {
    /// `webhook-id`: `msg_` and 32 hex digits.
    package let id: String
    package let webhook: WebhookID
    package let kind: Notice.Kind
    package let link: LinkID?
    package let cart: CartID
    /// A webhook gets the messages of one thread one after the other.
    package let thread: String
    package let createdAt: Timestamp
    package let body: String
    package let isReplaceable: Bool

    package init(_ notice: Notice, to webhook: WebhookID) {
        let body = notice.body
        // Made of what it tells, so that a notice which is told twice after a crash is known by its id.
        let digest = SHA256Digest.of(Array("\(webhook) \(notice.at.milliseconds) \(body)".utf8))
        self.init(
            id: "msg_" + Hex.text(of: digest.prefix(16)),
            webhook: webhook,
            kind: notice.kind,
            link: notice.link,
            cart: notice.cart,
            thread: notice.thread,
            createdAt: notice.at,
            body: body,
            isReplaceable: notice.isReplaceable
        )
    }

    package init(
        id: String,
        webhook: WebhookID,
        kind: Notice.Kind,
        link: LinkID?,
        cart: CartID,
        thread: String,
        createdAt: Timestamp,
        body: String,
        isReplaceable: Bool
    ) {
        self.id = id
        self.webhook = webhook
        self.kind = kind
        self.link = link
        self.cart = cart
        self.thread = thread
        self.createdAt = createdAt
        self.body = body
        self.isReplaceable = isReplaceable
    }
}

/// A message that is still to be delivered, in its place in the outbox.
package struct WaitingMessage: Sendable, Equatable {
    /// With the message's id it names the place; a number alone may be used again.
    package let row: Int64
    package let message: Message
    /// How many attempts have failed.
    package let attempts: Int

    package init(row: Int64, message: Message, attempts: Int) {
        self.row = row
        self.message = message
        self.attempts = attempts
    }
}

/// A message that was given up, until somebody has it sent again.
package struct DeadLetter: Sendable, Equatable {
    package let row: Int64
    package let message: Message
    package let attempts: Int
    package let diedAt: Timestamp
    package let fault: DeliveryFault

    package init(row: Int64, message: Message, attempts: Int, diedAt: Timestamp, fault: DeliveryFault) {
        self.row = row
        self.message = message
        self.attempts = attempts
        self.diedAt = diedAt
        self.fault = fault
    }
}
