// SPDX-License-Identifier: Apache-2.0

package import ShareLinks
import StoreSQL

/// Keeps carts, links and the audit in a PostgreSQL database that several nodes share.
///
/// Look-ups and changes run on threads of their own, never on those that tasks share, and none waits much longer than two seconds.
package final class PostgresStore: LinkStore {
    package let facts: PostgresFacts
    package let changes: ChangeFeed
    private let history: KnownHistory
    private let reads: ReadPool
    private let writes: WriteLoop
    private let watch: RevisionWatch
    private let rounds: Rounds
    private let lease: DeliveryLease

    package var webhooks: [Webhook] { writes.webhooks }
    package var deliversWebhooks: Bool { lease.isHeld }
    package var revisionCheck: (any RevisionCheck)? { watch }

    /// How far the store's history has come, as this node knows.
    package var generation: StoreGeneration { history.generation }

    /// Reads of the revision since the store was opened.
    package var revisionLooks: Int { watch.looks }

    init(
        facts: PostgresFacts,
        changes: ChangeFeed,
        history: KnownHistory,
        reads: ReadPool,
        writes: WriteLoop,
        watch: RevisionWatch,
        rounds: Rounds,
        lease: DeliveryLease
    ) {
        self.facts = facts
        self.changes = changes
        self.history = history
        self.reads = reads
        self.writes = writes
        self.watch = watch
        self.rounds = rounds
        self.lease = lease
    }

    package func read<Answer: Sendable>(
        _ look: @escaping @Sendable (any StoreView) throws(ShareError) -> Answer
    ) async throws(ShareError) -> Answer {
        let answer: Result<Answer, ShareError> = await withCheckedContinuation { continuation in
            reads.add(
                ReadPool.Look(deadline: Deadline(in: ReadPool.patience)) { session in
                    let answer = Result { () throws(ShareError) in try look(SQLView(session: session)) }
                    if let failure = session.failure { return .failed(failure) }
                    continuation.resume(returning: answer)
                    return .answered
                } refuse: { error in
                    continuation.resume(returning: .failure(error))
                }
            )
        }
        return try answer.get()
    }

    package func write<Answer: Sendable>(
        _ purpose: WritePurpose,
        _ change: @escaping @Sendable (any StoreTransaction) throws(ShareError) -> Answer
    ) async throws(ShareError) -> Answer {
        try await PendingWrite.answer(purpose, change, writes.add)
    }

    package func check() async throws(ShareError) {
        try await watch.pass()
        _ = try await read { view throws(ShareError) in try view.knownKeys() }
    }

    /// Answers what waits and closes the connections; to be called once nothing is asked any more.
    package func close() async throws(ShareError) {
        rounds.close()
        await withCheckedContinuation { continuation in writes.close { continuation.resume() } }
        await withCheckedContinuation { continuation in reads.close { continuation.resume() } }
        await withCheckedContinuation { continuation in watch.close { continuation.resume() } }
    }
}
