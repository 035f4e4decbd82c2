// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// Some waiting changes in one transaction, each of which can be undone alone.
package struct WriteGroup {
    private let writes: [PendingWrite]
    private let transaction: SQLTransaction
    private let webhooks: [Webhook]
    private let hasRoom: Bool

    /// - Parameter hasRoom: false where only what takes power away is written.
    package init(_ writes: [PendingWrite], in transaction: SQLTransaction, hasRoom: Bool) {
        self.writes = writes
        self.transaction = transaction
        self.hasRoom = hasRoom
        webhooks = transaction.webhooks
    }

    /// Makes the changes until they have read and written so much of carts: large edits in one group must not hold up what waits.
    /// An ordinary change has its turn in every group that has any, whatever those before it read.
    ///
    /// The replies of the first changes may be sent once the transaction is durable; those without a reply weren't tried. Throws where the
    /// whole transaction is lost.
    package func replies() throws -> [PendingWrite.Reply] {
        var replies: [PendingWrite.Reply] = []
        let firstOrdinary = writes.firstIndex { $0.purpose == .ordinary } ?? 0
        for (turn, write) in writes.enumerated() {
            replies.append(try reply(to: write))
            if turn >= firstOrdinary, transaction.documentBytes + transaction.readBytes > Self.mostDocumentBytes { break }
        }
        return replies
    }

    /// An edit reads and writes its whole cart, some 40 MB a second.
    package static let mostDocumentBytes = 4_000_000

    /// Makes one change, or undoes it alone where it refuses; throws where the whole transaction is lost.
    ///
    /// What takes power away and finds no room is made once more without a word to webhooks: their messages must not be what stops it.
    private func reply(to write: PendingWrite) throws -> PendingWrite.Reply {
        guard hasRoom || write.purpose.takesAway else {
            return { write.refuse(.storeUnavailable(StoreError(.full, cause: "less room than the reserve"))) }
        }
        switch try outcome(of: write) {
        case .success(let reply): return reply
        case .failure(let refusal):
            guard write.purpose.takesAway, refusal == .noRoom, !webhooks.isEmpty else { return { write.refuse(refusal) } }
        }
        transaction.webhooks = []
        defer { transaction.webhooks = webhooks }
        switch try outcome(of: write) {
        case .success(let reply):
            transaction.touched.insert(.untold)
            return reply
        case .failure(let refusal): return { write.refuse(refusal) }
        }
    }

    private func outcome(of write: PendingWrite) throws -> Result<PendingWrite.Reply, ShareError> {
        let before = (transaction.lastAudit, transaction.version, transaction.epoch)
        transaction.failure = nil
        let outcome: Result<PendingWrite.Reply, ShareError>
        do {
            try transaction.session.execute(Self.begin)
            outcome = Result { () throws(ShareError) in try write.apply(transaction) }
            if case .failure = outcome { try transaction.session.execute(Self.undo) }
            try transaction.session.execute(Self.end)
        } catch {
            throw transaction.failure ?? error
        }
        if let failure = transaction.failure, transaction.session.isFatal(failure) { throw failure }
        if case .failure = outcome { (transaction.lastAudit, transaction.version, transaction.epoch) = before }
        return outcome
    }

    private static let begin = SQLStatement("SAVEPOINT change", [])
    private static let undo = SQLStatement("ROLLBACK TO change", [])
    private static let end = SQLStatement("RELEASE change", [])
}

extension ShareError {
    fileprivate static var noRoom: ShareError { .storeUnavailable(StoreError(.full, cause: "")) }
}
