// SPDX-License-Identifier: Apache-2.0

import GRDB
package import ShareLinks
import StoreSQL

/// Keeps carts, links and the audit in one SQLite database that this process owns alone.
///
/// Changes are answered once they are synced to disk, many at a time; reads go on beside them.
package final class SQLiteStore: LinkStore {
    package let facts: StoreFacts
    let database: any DatabaseWriter
    let writes: WriteQueue
    private let lock: FolderLock?
    /// nil in memory, where there is one connection.
    private let glances: GlanceConnections?
    package var webhooks: [Webhook] { writes.webhooks }

    init(database: any DatabaseWriter, facts: StoreFacts, writes: WriteQueue, lock: FolderLock?, glances: GlanceConnections?) {
        self.facts = facts
        self.database = database
        self.writes = writes
        self.lock = lock
        self.glances = glances
    }

    package func read<Answer: Sendable>(
        _ look: @escaping @Sendable (any StoreView) throws(ShareError) -> Answer
    ) async throws(ShareError) -> Answer {
        let answer: Result<Answer, ShareError> = await withCheckedContinuation { continuation in
            database.asyncUnsafeRead { access in
                continuation.resume(
                    returning: Result { () throws(ShareError) in
                        switch access {
                        case .success(let database): return try database.atOneMoment(look).get()
                        case .failure(let error): throw ShareError(sqlite: error)
                        }
                    }
                )
            }
        }
        return try answer.get()
    }

    package func glance<Answer: Sendable>(
        _ look: @escaping @Sendable (any StoreView) throws(ShareError) -> Answer
    ) async throws(ShareError) -> Answer {
        if let answer = glances?.answer(look) { return try answer.get() }
        return try await read(look)
    }

    package func write<Answer: Sendable>(
        _ purpose: WritePurpose,
        _ change: @escaping @Sendable (any StoreTransaction) throws(ShareError) -> Answer
    ) async throws(ShareError) -> Answer {
        try await PendingWrite.answer(purpose, change, writes.add)
    }

    package func check() async throws(ShareError) {
        if let refusal = writes.refusal { throw .storeUnavailable(refusal) }
        _ = try await read { view throws(ShareError) in try view.knownKeys() }
    }

    /// Groups committed since the store was opened, each with one sync.
    package var commits: Int { writes.groups }

    package var changes: ChangeFeed { writes.changes }

    /// Changes that wait for their turn.
    package var waiting: Int { writes.waiting }

    /// Answers the changes that wait, moves everything into the database file and lets go of the folder.
    ///
    /// To be called once nothing reads any more. Where it throws, nothing is lost: the next start goes on from the log.
    package func close() async throws(ShareError) {
        await withCheckedContinuation { continuation in
            writes.close { continuation.resume() }
        }
        do { try closeFiles() } catch { throw error as? ShareError ?? ShareError(sqlite: error) }
    }

    private func closeFiles() throws {
        guard lock?.isHeld != false else { return }
        let emptied = Result {
            if let fault = writes.fault { throw ShareError.storeUnavailable(fault) }
            try database.writeWithoutTransaction { database in _ = try database.checkpoint(.full) }
            lock?.markClosed()
            // The log still holds pages as they were before something personal was deleted. SQLite doesn't remove it here: the
            // last of the pool's connections to close only reads.
            _ = try? database.writeWithoutTransaction { database in try database.checkpoint(.truncate) }
        }
        try glances?.close()
        try database.close()
        lock?.release()
        try emptied.get()
    }
}
