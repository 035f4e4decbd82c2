// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

extension SQLLookups {
    package func outbox(of webhook: WebhookID, at now: Timestamp, limit: Int) throws(ShareError) -> OutboxLook {
        var look = OutboxLook()
        let values: [SQLValue] = [.text(webhook.text), .integer(now.milliseconds)]
        look.due = try all(OutboxSQL.due, values + [SQLValue(limit)], WaitingMessage.init(row:))
        look.nextDue = try number(OutboxSQL.nextDue, values).map(Timestamp.init(milliseconds:))
        look.waiting = try waiting(for: webhook)
        let masses = "SELECT EXISTS (SELECT 1 FROM massRevocation WHERE webhook = ?)"
        look.hasMassRevocation = try number(masses, [.text(webhook.text)]) == 1
        return look
    }

    func waiting(for webhook: WebhookID) throws(ShareError) -> Int {
        try count(SQLStatement("SELECT waiting FROM webhook WHERE id = ?", [.text(webhook.text)]))
    }

    package func webhookStates() throws(ShareError) -> [WebhookState] {
        var states = try all("SELECT \(WebhookColumn.names) FROM webhook ORDER BY id", [], WebhookState.init(row:))
        for index in states.indices where states[index].waiting > 0 {
            states[index].oldestWaitingAt = try oldestWaiting(for: states[index].webhook)
        }
        return states
    }

    private func oldestWaiting(for webhook: WebhookID) throws(ShareError) -> Timestamp? {
        // Rows are numbered as they come, so the first living one is about the oldest, and near the table's start.
        let table = session.dialect == .sqlite ? "outbox NOT INDEXED" : "outbox"
        let sql = "SELECT createdAt FROM \(table) WHERE webhook = ? AND diedAt IS NULL ORDER BY row LIMIT 1"
        return try number(sql, [.text(webhook.text)]).map(Timestamp.init(milliseconds:))
    }

    package func deadLetters(of webhook: WebhookID?, before: Int64?, limit: Int) throws(ShareError) -> [DeadLetter] {
        // By the index of the dead alone, however many wait beside them.
        let table = session.dialect == .sqlite ? "outbox INDEXED BY outboxDead" : "outbox"
        let ofOne = webhook == nil ? "" : "AND webhook = ?3"
        let sql = """
            SELECT \(MessageColumn.names) FROM \(table) WHERE diedAt IS NOT NULL AND row < ?1 \(ofOne) ORDER BY row DESC LIMIT ?2
            """
        let values: [SQLValue] = [.integer(before ?? .max), SQLValue(limit)]
        return try all(sql, values + (webhook.map { [.text($0.text)] } ?? []), DeadLetter.init(row:))
    }

    package func deadLetter(_ id: String) throws(ShareError) -> DeadLetter? {
        try first(OutboxSQL.dead, [.text(id)], DeadLetter.init(row:))
    }

    package func nextRevoked(
        for webhook: WebhookID,
        limit: Int
    ) throws(ShareError) -> (revocation: MassRevocation, page: LinkPage)? {
        guard let (revocation, cursor) = try first(OutboxSQL.mass, [.text(webhook.text)], MassRevocation.started(row:)) else { return nil }
        // Of many links each page would sort all that an index finds; a walk through the table finds them in the end all the same.
        let isWalked = session.dialect == .sqlite && revocation.links > mostBySearch
        let request: SQLStatement = """
            SELECT \(sql: LinkColumn.names), row FROM \(sql: isWalked ? "link NOT INDEXED" : "link")
            WHERE (\(revocation.selector.condition)) AND revokedAt = \(revocation.at.milliseconds) AND row < \(cursor ?? .max)
            ORDER BY row DESC LIMIT \(limit + 1)
            """
        return (revocation, try linkPage(request, limit: limit))
    }

    private var mostBySearch: Int { 1_000 }
}

private enum OutboxSQL {
    static let due = "SELECT \(MessageColumn.names) FROM outbox WHERE webhook = ? AND dueAt <= ? ORDER BY dueAt, row LIMIT ?"
    static let nextDue = "SELECT dueAt FROM outbox WHERE webhook = ? AND dueAt > ? ORDER BY dueAt LIMIT 1"
    static let dead = "SELECT \(MessageColumn.names) FROM outbox WHERE id = ? AND diedAt IS NOT NULL ORDER BY row LIMIT 1"
    static let mass = "SELECT \(MassColumn.names) FROM massRevocation WHERE webhook = ? ORDER BY row LIMIT 1"
}
