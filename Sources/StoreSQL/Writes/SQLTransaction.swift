// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

/// The changes of one transaction that writes.
package final class SQLTransaction: SQLLookups, StoreTransaction {
    package let session: any SQLSession
    /// Those that hear of the changes.
    package internal(set) var webhooks: [Webhook]
    private let chain: AuditChain
    /// The audit's last row, this transaction's rows included.
    package internal(set) var lastAudit: AuditChain.Place
    /// The last version that was given out, once one was asked for; it is written at the end, once for all changes.
    package var version: Int64?
    /// The epoch that a change of this transaction began.
    package internal(set) var epoch: Int64?
    /// What the database last failed with; some of its errors undo the whole transaction.
    package internal(set) var failure: (any Error)?
    package private(set) var documentBytes = 0
    /// Bytes of carts that were read: an edit that is refused has cost them, too.
    package private(set) var readBytes = 0
    /// What the changes made so far are about.
    package internal(set) var touched: Set<StoreChange> = []

    package init(session: any SQLSession, chain: AuditChain, lastAudit: AuditChain.Place, webhooks: [Webhook]) {
        self.session = session
        self.webhooks = webhooks
        self.chain = chain
        self.lastAudit = lastAudit
    }

    package func failure(_ error: any Error) -> ShareError {
        failure = error is UnreadableRow ? nil : error
        return session.shareError(error)
    }

    package func nextVersion() throws(ShareError) -> CartVersion {
        try ask {
            let last = try version ?? session.integer(SQLStatement("SELECT version FROM counter", []))
            guard let last else { throw UnreadableRow(column: "version") }
            version = last + 1
            return CartVersion(last + 1)
        }
    }

    /// To be called once, after all changes.
    package func writeVersion() throws {
        guard let version else { return }
        try session.execute(SQLStatement("UPDATE counter SET version = ?", [.integer(version)]))
    }

    package func cart(_ id: CartID) throws(ShareError) -> Cart? {
        let cart = try storedCart(id)
        readBytes += cart?.document.count ?? 0
        return cart
    }

    package func put(_ cart: Cart) throws(ShareError) {
        touched.insert(.cart(cart.id))
        documentBytes += cart.document.count
        try execute(ChangeSQL.putCart, cart.row)
    }

    package func deleteCart(_ id: CartID) throws(ShareError) {
        try endLife(of: id)
        try execute("DELETE FROM cart WHERE id = ?", [.text(id.text)])
    }

    package func insert(_ link: Link) throws(ShareError) {
        touched.insert(.cart(link.cart))
        try execute(ChangeSQL.insertLink, link.row)
    }

    package func insert(_ snapshot: CartSnapshot, of link: LinkID) throws(ShareError) {
        documentBytes += snapshot.document.count
        try execute(ChangeSQL.insertSnapshot, snapshot.row(of: link))
    }

    /// Guests have seen what a snapshot holds, so SQLite doesn't overwrite it as other deleted data: that would take as much room again,
    /// when a revocation has to get through on a nearly full disk. These two take effect while they are prepared, so they never are ahead.
    func deleteSnapshots(of links: SQLStatement) throws(ShareError) {
        let deletion: SQLStatement = "DELETE FROM snapshot WHERE link IN (\(links))"
        try ask {
            guard session.dialect == .sqlite else { return try session.execute(deletion) }
            try session.execute("PRAGMA secure_delete = OFF")
            let outcome = Result { try session.execute(deletion) }
            try session.execute("PRAGMA secure_delete = ON")
            try outcome.get()
        }
    }

    /// Leaves `touched` alone: nobody's view of a cart depends on it.
    package func add(_ opens: LinkOpens, to link: LinkID) throws(ShareError) {
        try execute(ChangeSQL.addOpens, [SQLValue(opens.people), SQLValue(opens.robots), SQLValue(opens.lastAt), .bytes(link.blob)])
    }

    package func update(_ link: Link) throws(ShareError) {
        touched.insert(.cart(link.cart))
        let values: [SQLValue] = [
            .text(link.access.rawValue), SQLValue(link.label?.text), SQLValue(link.accepts), .integer(link.expiresAt.milliseconds),
            .integer(link.pauses.bits), SQLValue(link.revokedAt), .bytes(link.id.blob),
        ]
        guard try change(ChangeSQL.updateLink, values) == 1 else { throw .linkNotFound }
        if link.isSnapshot, link.revokedAt != nil { try deleteSnapshots(of: "\(link.id.blob)") }
    }

    package func revoke(_ selector: LinkSelector, at now: Timestamp) throws(ShareError) -> Int {
        try touch(selector)
        try deleteSnapshots(of: "SELECT id FROM link WHERE (\(selector.condition)) AND revokedAt IS NULL AND isSnapshot")
        return try change("UPDATE link SET revokedAt = \(now.milliseconds) WHERE (\(selector.condition)) AND revokedAt IS NULL")
    }

    package func remember(_ issue: IdempotentIssue, under key: IdempotencyKey, at now: Timestamp) throws(ShareError) {
        let values: [SQLValue] = [
            .text(key.caller), .text(key.cart.text), .text(key.subject), .text(key.text), .text(issue.requestHash),
            .bytes(issue.link.blob), .integer(now.milliseconds),
        ]
        try execute(ChangeSQL.putIssue, values)
    }

    package func forgetIssues(before: Timestamp) throws(ShareError) {
        try execute("DELETE FROM issue WHERE at < ?", [.integer(before.milliseconds)])
    }

    /// Remembers a key; one that is known stays as it is, so a retired key doesn't come back.
    package func remember(_ key: KnownKey) throws(ShareError) {
        try execute(
            "INSERT INTO linkKey (\(KeyColumn.names)) VALUES (\(KeyColumn.places)) ON CONFLICT DO NOTHING",
            [.text(key.fingerprint.text), SQLValue(key.slot.rawValue), .integer(key.firstSeen.milliseconds), SQLValue(key.retiredAt)]
        )
    }

    package func markRetired(_ key: LinkKey.Fingerprint, at now: Timestamp) throws(ShareError) {
        touched.insert(.everything)
        let sql = "UPDATE linkKey SET retiredAt = coalesce(retiredAt, ?) WHERE fingerprint = ?"
        // A mark on a key that nobody admitted would be lost without a word.
        guard try change(sql, [.integer(now.milliseconds), .text(key.text)]) == 1 else { throw .keyNotFound }
    }

    package func append(_ entry: AuditEntry) throws(ShareError) {
        let sequence = lastAudit.sequence + 1
        let code = chain.code(after: lastAudit.code, sequence: sequence, entry: entry)
        try execute(ChangeSQL.insertAudit, AuditRecord(sequence: sequence, entry: entry, code: code).row)
        lastAudit = AuditChain.Place(sequence: sequence, code: code)
    }

    /// Single links are updated one by one, which names their cart.
    func touch(_ selector: LinkSelector) throws(ShareError) {
        switch selector {
        case .link(let id): if let link = try link(id) { touched.insert(.cart(link.cart)) }
        case .cart(let id): touched.insert(.cart(id))
        case .owner, .person, .company, .businessUnit, .label, .keySlot, .key, .createdBy, .createdBefore, .createdAfter, .all:
            touched.insert(.everything)
        }
    }

    func execute(_ sql: String, _ values: [SQLValue]) throws(ShareError) { try execute(SQLStatement(sql, values)) }

    func execute(_ statement: SQLStatement) throws(ShareError) {
        try ask { try session.execute(statement) }
    }

    /// Answers how many rows were changed.
    func change(_ sql: String, _ values: [SQLValue]) throws(ShareError) -> Int { try change(SQLStatement(sql, values)) }

    func change(_ statement: SQLStatement) throws(ShareError) -> Int {
        try ask { try session.change(statement) }
    }
}

private enum ChangeSQL {
    static let putCart = """
        INSERT INTO cart (\(CartColumn.names)) VALUES (\(CartColumn.places)) ON CONFLICT (id) DO UPDATE SET \(CartColumn.overwritten)
        """
    static let insertLink = "INSERT INTO link (\(LinkColumn.names)) VALUES (\(LinkColumn.places))"
    static let insertSnapshot = "INSERT INTO snapshot (\(SnapshotColumn.names)) VALUES (\(SnapshotColumn.places))"
    /// A link that was revoked stays so, whatever a change says.
    static let updateLink = """
        UPDATE link SET access = ?, label = ?, accepts = ?, expiresAt = ?, pauses = ?, revokedAt = coalesce(revokedAt, ?) WHERE id = ?
        """
    /// The later of two moments, or the one that there is.
    static let addOpens = """
        UPDATE link SET people = people + ?1, robots = robots + ?2,
            lastOpenedAt = CASE WHEN lastOpenedAt > ?3 THEN lastOpenedAt ELSE coalesce(?3, lastOpenedAt) END
        WHERE id = ?4
        """
    static let putIssue = """
        INSERT INTO issue (\(IssueColumn.names)) VALUES (\(IssueColumn.places))
        ON CONFLICT (caller, cart, subject, text)
            DO UPDATE SET requestHash = excluded.requestHash, link = excluded.link, at = excluded.at
        """
    static let insertAudit = "INSERT INTO audit (\(AuditColumn.names)) VALUES (\(AuditColumn.places))"
}
