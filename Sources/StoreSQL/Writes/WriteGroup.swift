// SPDX-License-Identifier: Apache-2.0

import GRDB
import ShareLinks

/// Some waiting changes in one transaction: one sync for all of them.
struct GroupCommit {
    let database: Database
    let chain: AuditChain
    let webhooks: [Webhook]
    let hasRoom: Bool

    enum Outcome {
        /// The first changes are durable: the replies tell so, or why one of them was refused. Those without a reply weren't tried.
        case done([PendingWrite.Reply], lastAudit: AuditChain.Place, touched: Set<StoreChange>, documentBytes: Int)
        /// Nothing was changed, or nobody knows.
        case lost(StoreError, endsWriting: Bool)
    }

    func run(_ writes: [PendingWrite], after lastAudit: AuditChain.Place) -> Outcome {
        let transaction = SQLiteTransaction(database: database, chain: chain, lastAudit: lastAudit, webhooks: webhooks)
        var replies: [PendingWrite.Reply] = []
        do {
            // Once SQLite has undone the transaction by itself, GRDB refuses every statement in here.
            try database.inTransaction(.immediate) {
                replies = try self.replies(to: writes, in: transaction)
                try transaction.writeVersion()
                return .commit
            }
            return .done(replies, lastAudit: transaction.lastAudit, touched: transaction.touched, documentBytes: transaction.documentBytes)
        } catch {
            return .lost(StoreError(sqlite: error), endsWriting: (error as? DatabaseError)?.endsWriting ?? false)
        }
    }

    /// Makes the changes until they have read and written so much of carts: large edits in one group must not hold up what waits.
    /// An ordinary change has its turn in every group that has any, whatever those before it read.
    private func replies(to writes: [PendingWrite], in transaction: SQLiteTransaction) throws -> [PendingWrite.Reply] {
        var replies: [PendingWrite.Reply] = []
        let firstOrdinary = writes.firstIndex { $0.purpose == .ordinary } ?? 0
        for (turn, write) in writes.enumerated() {
            replies.append(try reply(to: write, in: transaction))
            if turn >= firstOrdinary, transaction.documentBytes + transaction.readBytes > Self.mostDocumentBytes { break }
        }
        return replies
    }

    /// An edit reads and writes its whole cart, some 40 MB a second.
    static let mostDocumentBytes = 4_000_000

    /// Makes one change, or undoes it alone where it refuses; throws where the whole transaction is lost.
    ///
    /// What takes power away and finds no room is made once more without a word to webhooks: their messages must not be what stops it.
    private func reply(to write: PendingWrite, in transaction: SQLiteTransaction) throws -> PendingWrite.Reply {
        guard hasRoom || write.purpose == .takingAway else {
            return { write.refuse(.storeUnavailable(StoreError(.full, cause: "less room than the reserve"))) }
        }
        switch try outcome(of: write, in: transaction) {
        case .success(let reply): return reply
        case .failure(let refusal):
            guard write.purpose == .takingAway, refusal == .noRoom, !webhooks.isEmpty else { return { write.refuse(refusal) } }
        }
        transaction.webhooks = []
        defer { transaction.webhooks = webhooks }
        switch try outcome(of: write, in: transaction) {
        case .success(let reply):
            transaction.touched.insert(.untold)
            return reply
        case .failure(let refusal): return { write.refuse(refusal) }
        }
    }

    private func outcome(of write: PendingWrite, in transaction: SQLiteTransaction) throws -> Result<PendingWrite.Reply, ShareError> {
        let before = (transaction.lastAudit, transaction.version)
        transaction.failure = nil
        let outcome: Result<PendingWrite.Reply, ShareError>
        do {
            try run("SAVEPOINT change")
            outcome = Result { () throws(ShareError) in try write.apply(transaction) }
            if case .failure = outcome { try run("ROLLBACK TO change") }
            try run("RELEASE change")
        } catch {
            throw transaction.failure ?? error
        }
        guard case .failure = outcome else { return outcome }
        if let failure = transaction.failure, failure.endsWriting { throw failure }
        (transaction.lastAudit, transaction.version) = before
        return outcome
    }

    /// Prepared once: there are two of these around each change.
    private func run(_ sql: String) throws {
        try database.cachedStatement(sql: sql).execute()
    }
}

extension ShareError {
    fileprivate static var noRoom: ShareError { .storeUnavailable(StoreError(.full, cause: "")) }
}
