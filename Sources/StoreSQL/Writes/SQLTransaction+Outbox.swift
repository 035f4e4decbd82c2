// SPDX-License-Identifier: Apache-2.0

import GRDB
import ShareLinks

extension SQLiteTransaction {
    func queue(_ message: Message) throws(ShareError) {
        // Only where there can be one: a link's thread may be long, and each row of it would be looked at.
        var hasReplaced = false
        if message.kind.hasReplaceable {
            try change(OutboxSQL.replace, [message.webhook.text, message.thread, message.kind.rawValue])
            hasReplaced = database.changesCount > 0
        }
        let isFull = try ask { try waiting(for: message.webhook) >= OutboxLimits.waiting }
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
        try change(OutboxSQL.insert, message.row)
    }

    func queue(_ revocation: MassRevocation) throws(ShareError) {
        touched.insert(.outbox)
        let arguments: StatementArguments = [
            revocation.webhook.text, revocation.selector.text, revocation.at.milliseconds, revocation.links,
        ]
        try change("INSERT INTO massRevocation (webhook, selector, at, links) VALUES (?, ?, ?, ?)", arguments)
        try change("INSERT INTO webhook (id) VALUES (?) ON CONFLICT DO NOTHING", [revocation.webhook.text])
    }

    func advanceRevocation(for webhook: WebhookID, to cursor: LinkCursor?) throws(ShareError) {
        let oldest = "row = (SELECT min(row) FROM massRevocation WHERE webhook = ?1)"
        guard let cursor else { return try change("DELETE FROM massRevocation WHERE \(oldest)", [webhook.text]) }
        try change("UPDATE massRevocation SET cursor = ?2 WHERE \(oldest)", [webhook.text, cursor.row])
    }

    func settle(_ waiting: WaitingMessage, as settlement: Settlement) throws(ShareError) {
        let message = waiting.message
        let (row, id) = (waiting.row, message.id)
        switch settlement {
        case .delivered(let now):
            try change(OutboxSQL.succeeded, [message.webhook.text, now.milliseconds])
            try change("DELETE FROM outbox WHERE row = ? AND id = ?", [row, id])
            try release(message.thread, of: message.webhook, at: now)
        case .failed(let fault, let now, let dueAt):
            try note(fault, of: message.webhook, at: now)
            let sql = "UPDATE outbox SET attempts = ?, dueAt = ?, fault = ? WHERE row = ? AND id = ?"
            try change(sql, [waiting.attempts + 1, dueAt.milliseconds, fault.code, row, id])
        case .died(let fault, let now):
            try note(fault, of: message.webhook, at: now)
            let sql = "UPDATE outbox SET attempts = ?, dueAt = NULL, fault = ?, diedAt = ? WHERE row = ? AND id = ?"
            try change(sql, [waiting.attempts + 1, fault.code, now.milliseconds, row, id])
            try change(OutboxSQL.forgetOldestDead, [message.webhook.text, OutboxLimits.deadLetters])
            try release(message.thread, of: message.webhook, at: now)
        }
    }

    /// The next message of the thread is due, if one waits.
    private func release(_ thread: String, of webhook: WebhookID, at now: Timestamp) throws(ShareError) {
        try change(OutboxSQL.release, [webhook.text, thread, now.milliseconds])
    }

    private func note(_ fault: DeliveryFault, of webhook: WebhookID, at now: Timestamp) throws(ShareError) {
        let sql = "UPDATE webhook SET lastFailureAt = ?2, lastFault = ?3 WHERE id = ?1"
        try change(sql, [webhook.text, now.milliseconds, fault.code])
    }

    func revive(_ letter: DeadLetter) throws(ShareError) {
        try change("DELETE FROM outbox WHERE row = ? AND id = ? AND diedAt IS NOT NULL", [letter.row, letter.message.id])
        try insert(letter.message)
    }

    func forget(_ webhook: WebhookID, limit: Int) throws(ShareError) -> Bool {
        try change("DELETE FROM massRevocation WHERE webhook = ?", [webhook.text])
        try change("DELETE FROM outbox WHERE row IN (SELECT row FROM outbox WHERE webhook = ? LIMIT ?)", [webhook.text, limit])
        guard database.changesCount < limit else { return true }
        try change("DELETE FROM webhook WHERE id = ?", [webhook.text])
        return false
    }
}

private enum OutboxSQL {
    private static let places = MessageColumn.allCases.prefix { $0 != .attempts }.map { "?\($0.rawValue + 1)" }.joined(separator: ", ")
    private static let written = MessageColumn.allCases.prefix { $0 != .attempts }.map { "\($0)" }.joined(separator: ", ")

    static let insert = """
        INSERT INTO outbox (\(written), attempts, dueAt) SELECT \(places), 0, CASE WHEN EXISTS (
            SELECT 1 FROM outbox WHERE webhook = ?2 AND thread = ?6 AND diedAt IS NULL
        ) THEN NULL ELSE ?7 END
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
            LIMIT max(0, (SELECT dead FROM webhook WHERE id = ?1) - ?2)
        )
        """
    static let succeeded = "UPDATE webhook SET lastSuccessAt = ?2 WHERE id = ?1"
}
