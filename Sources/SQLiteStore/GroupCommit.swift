// SPDX-License-Identifier: Apache-2.0

import GRDB
import ShareLinks
import StoreSQL

/// Some waiting changes in one transaction: one sync for all of them.
struct GroupCommit {
    let database: Database
    let chain: AuditChain
    let webhooks: [Webhook]
    let hasRoom: Bool

    enum Outcome {
        /// The first changes are durable: the replies tell so, or why one of them was refused. Those without a reply weren't tried.
        case done([PendingWrite.Reply], lastAudit: AuditChain.Place, epoch: Int64?, touched: Set<StoreChange>, documentBytes: Int)
        /// Nothing was changed, or nobody knows.
        case lost(StoreError, endsWriting: Bool)
    }

    func run(_ writes: [PendingWrite], after lastAudit: AuditChain.Place) -> Outcome {
        let session = SQLiteSession(database)
        let transaction = SQLTransaction(session: session, chain: chain, lastAudit: lastAudit, webhooks: webhooks)
        var replies: [PendingWrite.Reply] = []
        do {
            // Once SQLite has undone the transaction by itself, GRDB refuses every statement in here.
            try database.inTransaction(.immediate) {
                replies = try WriteGroup(writes, in: transaction, hasRoom: hasRoom).replies()
                try transaction.writeVersion()
                return .commit
            }
            return .done(
                replies,
                lastAudit: transaction.lastAudit,
                epoch: transaction.epoch,
                touched: transaction.touched,
                documentBytes: transaction.documentBytes
            )
        } catch {
            return .lost(StoreError(sqlite: error), endsWriting: session.isFatal(error))
        }
    }
}
