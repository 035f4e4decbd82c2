// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

extension SQLTransaction {
    package func queue(_ message: Message) throws(ShareError) {
        // Only where there can be one: a link's thread may be long, and each row of it would be looked at.
        var hasReplaced = false
        if message.kind.hasReplaceable {
            let values: [SQLValue] = [.text(message.webhook.text), .text(message.thread), .text(message.kind.rawValue)]
            hasReplaced = try change(OutboxSQL.replace, values) > 0
        }
        let isFull = try waiting(for: message.webhook) >= OutboxLimits.waiting
        guard hasReplaced || !isFull || message.kind == .linkRevoked else {
            touched.insert(.untold)
            return
        }
        try insert(message)
        // The one that was replaced may have been what the others of its thread waited for.
        if hasReplaced { try release(message.thread, of: message.webhook, at: message.createdAt) }
    }

    /// The last of its thread, and due if it is the only one.
    private func insert(_ message: Message) throws(ShareError) {
        touched.insert(.outbox)
        try execute(OutboxSQL.insert, message.row)
    }

    package func queue(_ revocation: MassRevocation) throws(ShareError) {
        touched.insert(.outbox)
        try execute("INSERT INTO massRevocation (webhook, selector, at, links) VALUES (?, ?, ?, ?)", revocation.row)
        try execute("INSERT INTO webhook (id) VALUES (?) ON CONFLICT DO NOTHING", [.text(revocation.webhook.text)])
    }

    package func advanceRevocation(for webhook: WebhookID, to cursor: LinkCursor?) throws(ShareError) {
        let oldest = "row = (SELECT min(row) FROM massRevocation WHERE webhook = ?1)"
        guard let cursor else { return try execute("DELETE FROM massRevocation WHERE \(oldest)", [.text(webhook.text)]) }
        try execute("UPDATE massRevocation SET cursor = ?2 WHERE \(oldest)", [.text(webhook.text), .integer(cursor.row)])
    }

    package func settle(_ waiting: WaitingMessage, as settlement: Settlement) throws(ShareError) {
        let message = waiting.message
        let webhook = SQLValue.text(message.webhook.text)
        let (row, id) = (SQLValue.integer(waiting.row), SQLValue.text(message.id))
        switch settlement {
        case .delivered(let now):
            try execute(OutboxSQL.succeeded, [webhook, .integer(now.milliseconds)])
            try execute("DELETE FROM outbox WHERE row = ? AND id = ?", [row, id])
            try release(message.thread, of: message.webhook, at: now)
        case .failed(let fault, let now, let dueAt):
            try note(fault, of: message.webhook, at: now)
            let sql = "UPDATE outbox SET attempts = ?, dueAt = ?, fault = ? WHERE row = ? AND id = ?"
            try execute(sql, [SQLValue(waiting.attempts + 1), .integer(dueAt.milliseconds), .text(fault.code), row, id])
        case .died(let fault, let now):
            try note(fault, of: message.webhook, at: now)
            let sql = "UPDATE outbox SET attempts = ?, dueAt = NULL, fault = ?, diedAt = ? WHERE row = ? AND id = ?"
            try execute(sql, [SQLValue(waiting.attempts + 1), .text(fault.code), .integer(now.milliseconds), row, id])
            try execute(OutboxSQL.forgetOldestDead, [webhook, SQLValue(OutboxLimits.deadLetters)])
            try release(message.thread, of: message.webhook, at: now)
        }
    }

    /// The next message of the thread is due, if one waits.
    private func release(_ thread: String, of webhook: WebhookID, at now: Timestamp) throws(ShareError) {
        try execute(OutboxSQL.release, [.text(webhook.text), .text(thread), .integer(now.milliseconds)])
    }

    private func note(_ fault: DeliveryFault, of webhook: WebhookID, at now: Timestamp) throws(ShareError) {
        let sql = "UPDATE webhook SET lastFailureAt = ?2, lastFault = ?3 WHERE id = ?1"
        try execute(sql, [.text(webhook.text), .integer(now.milliseconds), .text(fault.code)])
    }

    package func revive(_ letter: DeadLetter) throws(ShareError) {
        let sql = "DELETE FROM outbox WHERE row = ? AND id = ? AND diedAt IS NOT NULL"
        try execute(sql, [.integer(letter.row), .text(letter.message.id)])
        try insert(letter.message)
    }

    package func forget(_ webhook: WebhookID, limit: Int) throws(ShareError) -> Bool {
        let id = SQLValue.text(webhook.text)
        try execute("DELETE FROM massRevocation WHERE webhook = ?", [id])
        let sql = "DELETE FROM outbox WHERE row IN (SELECT row FROM outbox WHERE webhook = ? LIMIT ?)"
        guard try change(sql, [id, SQLValue(limit)]) < limit else { return true }
        try execute("DELETE FROM webhook WHERE id = ?", [id])
        return false
    }
}

private enum OutboxSQL {
    private static let given = MessageColumn.allCases.prefix { $0 != .attempts }
    private static let places = given.map { "?\($0.rawValue + 1)" }.joined(separator: ", ")
    private static let written = given.map(\.name).joined(separator: ", ")

    /// The cast is for PostgreSQL, which takes a choice between nothing and an untyped value for a text.
    static let insert = """
        INSERT INTO outbox (\(written), attempts, dueAt) VALUES (\(places), 0, CASE WHEN EXISTS (
            SELECT 1 FROM outbox WHERE webhook = ?2 AND thread = ?6 AND diedAt IS NULL
        ) THEN NULL ELSE CAST(?7 AS bigint) END)
        """
    static let replace = """
        DELETE FROM outbox WHERE webhook = ? AND thread = ? AND diedAt IS NULL AND kind = ? AND isReplaceable AND attempts = 0
        """
    static let release = """
        UPDATE outbox SET dueAt = ?3 WHERE dueAt IS NULL
            AND row = (SELECT min(row) FROM outbox WHERE webhook = ?1 AND thread = ?2 AND diedAt IS NULL)
        """
    static let forgetOldestDead = """
        DELETE FROM outbox WHERE row IN (
            SELECT row FROM outbox WHERE webhook = ?1 AND diedAt IS NOT NULL ORDER BY row
            LIMIT coalesce((SELECT CASE WHEN dead > ?2 THEN dead - ?2 ELSE 0 END FROM webhook WHERE id = ?1), 0)
        )
        """
    static let succeeded = "UPDATE webhook SET lastSuccessAt = ?2 WHERE id = ?1"
}
