// SPDX-License-Identifier: Apache-2.0

import GRDB
import ShareLinks

extension SQLiteLookups {
    package func outbox(of webhook: WebhookID, at now: Timestamp, limit: Int) throws(ShareError) -> OutboxLook {
        try ask {
            var look = OutboxLook()
            let arguments: StatementArguments = [webhook.text, now.milliseconds]
            look.due = try database.cachedStatement(sql: OutboxSQL.due).all(arguments + [limit], WaitingMessage.init(row:))
            look.nextDue = try Int64.fetchOne(database.cachedStatement(sql: OutboxSQL.nextDue), arguments: arguments)
                .map(Timestamp.init(milliseconds:))
            look.waiting = try waiting(for: webhook)
            let masses = "SELECT EXISTS (SELECT 1 FROM massRevocation WHERE webhook = ?)"
            look.hasMassRevocation = try Bool.fetchOne(database.cachedStatement(sql: masses), arguments: [webhook.text]) ?? false
            return look
        }
    }

    private static var mostBySearch: Int { 1_000 }

    func waiting(for webhook: WebhookID) throws -> Int {
        let sql = "SELECT waiting FROM webhook WHERE id = ?"
        return try Int.fetchOne(database.cachedStatement(sql: sql), arguments: [webhook.text]) ?? 0
    }

    package func webhookStates() throws(ShareError) -> [WebhookState] {
        try ask {
            let sql = "SELECT \(WebhookColumn.names) FROM webhook ORDER BY id"
            return try database.cachedStatement(sql: sql).all([]) { row in
                // Rows are numbered as they come, so the first living one is about the oldest, and near the table's start.
                let oldest = "SELECT createdAt FROM outbox NOT INDEXED WHERE webhook = ? AND diedAt IS NULL ORDER BY row LIMIT 1"
                let id: String = try row.value(WebhookColumn.id)
                let isWaiting = try row.value(WebhookColumn.waiting) > 0
                let createdAt = isWaiting ? try Int64.fetchOne(database, sql: oldest, arguments: [id]) : nil
                return try WebhookState(row: row, oldestWaitingAt: createdAt.map(Timestamp.init(milliseconds:)))
            }
        }
    }

    package func deadLetters(of webhook: WebhookID?, before: Int64?, limit: Int) throws(ShareError) -> [DeadLetter] {
        try ask {
            // By the index of the dead alone, however many wait beside them.
            let table = "SELECT \(MessageColumn.names) FROM outbox INDEXED BY outboxDead WHERE diedAt IS NOT NULL"
            let order = "row < ? ORDER BY row DESC LIMIT ?"
            guard let webhook else {
                return try database.cachedStatement(sql: "\(table) AND \(order)").all([before ?? .max, limit], DeadLetter.init(row:))
            }
            return try database.cachedStatement(sql: "\(table) AND webhook = ? AND \(order)")
                .all([webhook.text, before ?? .max, limit], DeadLetter.init(row:))
        }
    }

    package func deadLetter(_ id: String) throws(ShareError) -> DeadLetter? {
        try ask {
            let sql = "SELECT \(MessageColumn.names) FROM outbox WHERE id = ? AND diedAt IS NOT NULL ORDER BY row LIMIT 1"
            return try database.cachedStatement(sql: sql).first([id], DeadLetter.init(row:))
        }
    }

    package func nextRevoked(
        for webhook: WebhookID,
        limit: Int
    ) throws(ShareError) -> (revocation: MassRevocation, page: LinkPage)? {
        try ask {
            let sql = "SELECT selector, at, cursor, links FROM massRevocation WHERE webhook = ? ORDER BY row LIMIT 1"
            let found = try database.cachedStatement(sql: sql).first([webhook.text]) { row in
                (
                    selector: try row.decode(String.self, atIndex: 0), at: try row.decode(Int64.self, atIndex: 1),
                    cursor: try row.decode(Int64?.self, atIndex: 2),
                    links: try row.decode(Int.self, atIndex: 3)
                )
            }
            guard let found else { return nil }
            guard let selector = LinkSelector(text: found.selector) else { throw UnreadableRow(column: "selector") }
            // Of many links each page would sort all that an index finds; a walk through the table finds them in the end all the same.
            let table: SQL = found.links > Self.mostBySearch ? "link NOT INDEXED" : "link"
            let request: SQL = """
                SELECT \(sql: LinkColumn.names), row FROM \(table)
                WHERE (\(selector.condition)) AND revokedAt = \(found.at) AND row < \(found.cursor ?? .max) ORDER BY row DESC
                LIMIT \(limit + 1)
                """
            return (
                MassRevocation(webhook: webhook, selector: selector, at: Timestamp(milliseconds: found.at), links: found.links),
                try database.linkPage(request, limit: limit)
            )
        }
    }
}

private enum OutboxSQL {
    static let due = "SELECT \(MessageColumn.names) FROM outbox WHERE webhook = ? AND dueAt <= ? ORDER BY dueAt, row LIMIT ?"
    static let nextDue = "SELECT dueAt FROM outbox WHERE webhook = ? AND dueAt > ? ORDER BY dueAt LIMIT 1"
}
