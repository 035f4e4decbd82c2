// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import StoreSQL

/// Some waiting changes in one transaction, which first takes the lock that all nodes' writes take, then judges rights, then writes.
struct GroupCommit {
    let connection: PostgresConnection
    let chain: AuditChain
    let webhooks: [Webhook]
    let history: KnownHistory
    let mark: CommitMark
    /// Where it is to be renewed.
    let lease: DeliveryLease?
    let deadline: Deadline

    /// What the group's changes come to, once they are durable.
    struct Made {
        let replies: [PendingWrite.Reply]
        let touched: Set<StoreChange>
        let renewal: DeliveryLease.Renewal?
        /// What the database has once this is committed.
        let revision: Revision
    }

    enum Outcome {
        case done(Made)
        /// Nothing was changed.
        case undone(PostgresFault)
        /// The commit was sent, and what came of it isn't known.
        case open(Made, PostgresFault)
    }

    func run(_ writes: [PendingWrite]) -> Outcome {
        let made: Made
        do {
            let session = PostgresSession(connection, until: deadline)
            let (transaction, revision) = try begin(session)
            if writes.first?.purpose == .takingManyAway {
                try connection.queue(SQLStatement("SET LOCAL statement_timeout = \(Self.bulkTimeout)", []))
            }
            let replies = try WriteGroup(writes, in: transaction, hasRoom: true).replies()
            try transaction.writeVersion()
            let noted = try note(transaction, after: revision)
            let renewal = try lease?.renew(on: connection, until: deadline)
            made = Made(replies: replies, touched: transaction.touched, renewal: renewal, revision: noted)
        } catch {
            if !connection.isBroken { try? connection.rollBack() }
            return .undone(error as? PostgresFault ?? .unexpected("a row that can't be read"))
        }
        return commit(made)
    }

    private func commit(_ made: Made) -> Outcome {
        do throws(PostgresFault) {
            return try connection.commit(until: deadline) ? .done(made) : .undone(.unexpected("no commit"))
        } catch {
            guard !error.leavesOpen else { return .open(made, error) }
            if !connection.isBroken { try? connection.rollBack() }
            return .undone(error)
        }
    }

    private func begin(_ session: PostgresSession) throws -> (SQLTransaction, Revision) {
        let known = history.floor
        try connection.queue("BEGIN ISOLATION LEVEL READ COMMITTED")
        try connection.queue(Revision.lock)
        try connection.queue("SELECT version FROM counter")
        let results = try connection.sync(until: deadline)
        guard results.count == 3, results[2].count == 1 else { throw PostgresFault.unexpected("no counter") }
        let revision = try Revision(results[1])
        // Another epoch is the watch's to find first: what is held belongs to the old one.
        guard revision.epoch == known.epoch else { throw PostgresFault.historyDiffers("its epoch is another than it was") }
        if case .backwards(let how) = revision.step(from: known) { throw PostgresFault.historyDiffers(how) }
        let transaction = SQLTransaction(session: session, chain: chain, lastAudit: revision.head, webhooks: webhooks)
        transaction.version = try results[2].row(0).integer(at: 0)
        return (transaction, revision)
    }

    /// Milliseconds; the deadline is what ends it.
    private static let bulkTimeout = WriteLoop.bulkPatience.components.seconds * 1000

    /// A node that was away for longer than so many changes forgets all that it held.
    private static let kept: Int64 = 20_000
    private static let clearing: Int64 = 512

    /// Counts up the revision and notes what was changed; who reads it afterwards knows that what he holds is old.
    private func note(_ transaction: SQLTransaction, after revision: Revision) throws(PostgresFault) -> Revision {
        let isEverything = transaction.touched.contains(.everything)
        let carts = transaction.touched.compactMap { if case .cart(let id) = $0 { id.text } else { nil } }
        let number = revision.number + (isEverything || !carts.isEmpty ? 1 : 0)
        if number > revision.number {
            // No carts stand for all of them.
            let told = isEverything ? SQLValue.null : .text(carts.joined(separator: " "))
            try connection.queue(SQLStatement("INSERT INTO change (n, carts) VALUES (?, ?)", [.integer(number), told]))
            if number.isMultiple(of: Self.clearing) {
                try connection.queue(SQLStatement("DELETE FROM change WHERE n < ?", [.integer(number - Self.kept)]))
            }
        }
        let head = transaction.lastAudit
        let values: [SQLValue] = [.integer(number), .integer(head.sequence), .bytes(head.code.bytes)]
        try connection.queue(SQLStatement("UPDATE revision SET n = ?, sequence = ?, code = ?", values))
        try connection.queue(mark.statement)
        // Only hurries the others along.
        if isEverything { try connection.queue("NOTIFY cartlink") }
        return Revision(epoch: revision.epoch, number: number, head: head)
    }
}
