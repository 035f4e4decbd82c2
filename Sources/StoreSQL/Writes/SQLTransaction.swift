// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import ShareLinks

/// The changes of one transaction on the writing connection.
final class SQLiteTransaction: SQLiteLookups, StoreTransaction {
    let database: Database
    /// Those that hear of the changes.
    var webhooks: [Webhook]
    private let chain: AuditChain
    /// The audit's last row, this transaction's rows included.
    var lastAudit: AuditChain.Place
    /// The last version that was given out, once one was asked for; it is written at the end, once for all changes.
    var version: Int64?
    /// What SQLite last failed with; some of its errors undo the whole transaction.
    var failure: DatabaseError?
    private(set) var documentBytes = 0
    /// Bytes of carts that were read: an edit that is refused has cost them, too.
    private(set) var readBytes = 0
    /// What the changes made so far are about.
    var touched: Set<StoreChange> = []

    init(database: Database, chain: AuditChain, lastAudit: AuditChain.Place, webhooks: [Webhook]) {
        self.database = database
        self.webhooks = webhooks
        self.chain = chain
        self.lastAudit = lastAudit
    }

    func failure(_ error: any Error) -> ShareError {
        failure = error as? DatabaseError
        return ShareError(sqlite: error)
    }

    func nextVersion() throws(ShareError) -> CartVersion {
        try ask {
            let last = try version ?? Int64.fetchOne(database.cachedStatement(sql: "SELECT version FROM counter"))
            guard let last else { throw UnreadableRow(column: "version") }
            version = last + 1
            return CartVersion(last + 1)
        }
    }

    func writeVersion() throws {
        guard let version else { return }
        try database.cachedStatement(sql: "UPDATE counter SET version = ?").execute(arguments: [version])
    }

    func cart(_ id: CartID) throws(ShareError) -> Cart? {
        let cart = try storedCart(id)
        readBytes += cart?.document.count ?? 0
        return cart
    }

    func put(_ cart: Cart) throws(ShareError) {
        touched.insert(.cart(cart.id))
        documentBytes += cart.document.count
        try change(ChangeSQL.putCart, cart.row)
    }

    func deleteCart(_ id: CartID) throws(ShareError) {
        try endLife(of: id)
        try change("DELETE FROM cart WHERE id = ?", [id.text])
    }

    func insert(_ link: Link) throws(ShareError) {
        touched.insert(.cart(link.cart))
        try change(ChangeSQL.insertLink, link.row)
    }

    func insert(_ snapshot: CartSnapshot, of link: LinkID) throws(ShareError) {
        documentBytes += snapshot.document.count
        try change("INSERT INTO snapshot (\(SnapshotColumn.names)) VALUES (\(SnapshotColumn.places))", snapshot.row(of: link))
    }

    /// Guests have seen what a snapshot holds, so it isn't overwritten as other deleted data is: that would take as much room again, when
    /// a revocation has to get through on a nearly full disk.
    func deleteSnapshots(of links: SQL) throws {
        try database.execute(sql: "PRAGMA secure_delete = OFF")
        let deletion = Result { try database.execute(literal: "DELETE FROM snapshot WHERE link IN (\(links))") }
        try database.execute(sql: "PRAGMA secure_delete = ON")
        try deletion.get()
    }

    /// Leaves `touched` alone: nobody's view of a cart depends on it.
    func add(_ opens: LinkOpens, to link: LinkID) throws(ShareError) {
        try change(ChangeSQL.addOpens, [opens.people, opens.robots, opens.lastAt?.milliseconds, link.blob])
    }

    func update(_ link: Link) throws(ShareError) {
        touched.insert(.cart(link.cart))
        let arguments: StatementArguments = [
            link.access.rawValue, link.label?.text, link.accepts, link.expiresAt.milliseconds, link.pauses.bits,
            link.revokedAt?.milliseconds,
            link.id.blob,
        ]
        try change(ChangeSQL.updateLink, arguments)
        guard database.changesCount == 1 else { throw .linkNotFound }
        if link.isSnapshot, link.revokedAt != nil { try ask { try deleteSnapshots(of: "\(link.id.blob)") } }
    }

    func revoke(_ selector: LinkSelector, at now: Timestamp) throws(ShareError) -> Int {
        try touch(selector)
        return try ask {
            try deleteSnapshots(of: "SELECT id FROM link WHERE (\(selector.condition)) AND revokedAt IS NULL AND isSnapshot")
            let sql: SQL = "UPDATE link SET revokedAt = \(now.milliseconds) WHERE (\(selector.condition)) AND revokedAt IS NULL"
            try database.execute(literal: sql)
            return database.changesCount
        }
    }

    func remember(_ issue: IdempotentIssue, under key: IdempotencyKey, at now: Timestamp) throws(ShareError) {
        try change(
            "INSERT OR REPLACE INTO issue (caller, cart, subject, text, requestHash, link, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [key.caller, key.cart.text, key.subject, key.text, issue.requestHash, issue.link.blob, now.milliseconds]
        )
    }

    func forgetIssues(before: Timestamp) throws(ShareError) {
        try change("DELETE FROM issue WHERE at < ?", [before.milliseconds])
    }

    /// Remembers a key; one that is known stays as it is, so a retired key doesn't come back.
    func remember(_ key: KnownKey) throws(ShareError) {
        try change(
            "INSERT INTO linkKey (\(KeyColumn.names)) VALUES (\(KeyColumn.places)) ON CONFLICT DO NOTHING",
            [key.fingerprint.text, key.slot.rawValue, key.firstSeen.milliseconds, key.retiredAt?.milliseconds]
        )
    }

    func markRetired(_ key: LinkKey.Fingerprint, at now: Timestamp) throws(ShareError) {
        touched.insert(.everything)
        try change("UPDATE linkKey SET retiredAt = coalesce(retiredAt, ?) WHERE fingerprint = ?", [now.milliseconds, key.text])
        // A mark on a key that nobody admitted would be lost without a word.
        guard database.changesCount == 1 else { throw .keyNotFound }
    }

    func append(_ entry: AuditEntry) throws(ShareError) {
        let sequence = lastAudit.sequence + 1
        let code = chain.code(after: lastAudit.code, sequence: sequence, entry: entry)
        try change(ChangeSQL.insertAudit, AuditRecord(sequence: sequence, entry: entry, code: code).row)
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

    func change(_ sql: String, _ arguments: StatementArguments) throws(ShareError) {
        try ask { try database.cachedStatement(sql: sql).execute(arguments: arguments) }
    }
}

private enum ChangeSQL {
    static let putCart = """
        INSERT INTO cart (\(CartColumn.names)) VALUES (\(CartColumn.places)) ON CONFLICT (id) DO UPDATE SET \
        \(CartColumn.allCases.map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
        """
    static let insertLink = "INSERT INTO link (\(LinkColumn.names)) VALUES (\(LinkColumn.places))"
    /// A link that was revoked stays so, whatever a change says.
    static let updateLink = """
        UPDATE link SET access = ?, label = ?, accepts = ?, expiresAt = ?, pauses = ?, revokedAt = coalesce(revokedAt, ?) WHERE id = ?
        """
    /// SQLite's `max` is NULL where one of its arguments is.
    static let addOpens = """
        UPDATE link SET people = people + ?1, robots = robots + ?2,
            lastOpenedAt = coalesce(max(lastOpenedAt, ?3), lastOpenedAt, ?3) WHERE id = ?4
        """
    static let insertAudit = "INSERT INTO audit (\(AuditColumn.names)) VALUES (\(AuditColumn.places))"
}
