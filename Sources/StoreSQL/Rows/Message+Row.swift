// SPDX-License-Identifier: Apache-2.0

import ShareLinks

enum MessageColumn: Int, TableColumn {
    case id, webhook, kind, link, cart, thread, createdAt, body, isReplaceable, attempts, dueAt, fault, diedAt, row

    var isTruth: Bool { self == .isReplaceable }
}

enum WebhookColumn: Int, TableColumn {
    case id, waiting, dead, lastSuccessAt, lastFailureAt, lastFault
}

extension Message {
    init(row: any SQLRow) throws {
        self.init(
            id: try row.value(MessageColumn.id),
            webhook: try row.parsed(MessageColumn.webhook) { WebhookID($0 as String) },
            kind: try row.parsed(MessageColumn.kind, Notice.Kind.init(rawValue:)),
            link: try row.parsedIfPresent(MessageColumn.link, LinkID.init(blob:)),
            cart: try row.parsed(MessageColumn.cart) { CartID($0 as String) },
            thread: try row.value(MessageColumn.thread),
            createdAt: try row.timestamp(MessageColumn.createdAt),
            body: try row.value(MessageColumn.body),
            isReplaceable: try row.value(MessageColumn.isReplaceable)
        )
    }

    /// The columns before `attempts`.
    var row: [SQLValue] {
        [
            .text(id), .text(webhook.text), .text(kind.rawValue), SQLValue(link?.blob), .text(cart.text), .text(thread),
            .integer(createdAt.milliseconds), .text(body), .truth(isReplaceable),
        ]
    }
}

extension WaitingMessage {
    init(row: any SQLRow) throws {
        self.init(
            row: try row.value(MessageColumn.row),
            message: try Message(row: row),
            attempts: try row.value(MessageColumn.attempts)
        )
    }
}

extension DeadLetter {
    init(row: any SQLRow) throws {
        self.init(
            row: try row.value(MessageColumn.row),
            message: try Message(row: row),
            attempts: try row.value(MessageColumn.attempts),
            diedAt: try row.timestamp(MessageColumn.diedAt),
            fault: try row.parsed(MessageColumn.fault, DeliveryFault.init(code:))
        )
    }
}

extension WebhookState {
    /// Without the moment of its oldest message, which is another table's.
    init(row: any SQLRow) throws {
        let fault = try row.parsedIfPresent(WebhookColumn.lastFault, DeliveryFault.init(code:))
        let failedAt = try row.timestampIfPresent(WebhookColumn.lastFailureAt)
        self.init(
            webhook: try row.parsed(WebhookColumn.id) { WebhookID($0 as String) },
            waiting: try row.value(WebhookColumn.waiting),
            deadLetters: try row.value(WebhookColumn.dead),
            oldestWaitingAt: nil,
            lastSuccessAt: try row.timestampIfPresent(WebhookColumn.lastSuccessAt),
            lastFailure: failedAt.flatMap { at in fault.map { Failure(at: at, fault: $0) } }
        )
    }
}
