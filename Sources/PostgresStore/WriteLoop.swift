// SPDX-License-Identifier: Apache-2.0

import Dispatch
import ShareLinks
import StoreSQL
import Synchronization

/// The one thread of this node that writes: it gathers concurrent changes into groups that share one commit.
///
/// Groups of all nodes take turns by the lock on the revision row, so what one of them judges rights on is what the others left.
final class WriteLoop: Sendable {
    let connect: @Sendable () throws(PostgresFault) -> PostgresConnection
    let history: KnownHistory
    let changes: ChangeFeed
    let chain: AuditChain
    private let node: Int64
    let lease: DeliveryLease
    let webhooks: [Webhook]
    private let arrivals = DispatchSemaphore(value: 0)
    private let state = Mutex(State())

    private struct State {
        var waiting = WaitingWrites()
        var busyUntil: Deadline?
        var isClosed = false
        var onEnd: (@Sendable () -> Void)?
        var groups: Int64 = 0
        /// Counts up when connections to the server are to be made anew.
        var generation = 0
    }

    static let groupLimit = 256
    /// For a change to wait for its turn, and then for its group from the first statement to the answers.
    static let patience = Duration.seconds(2)
    /// For the latter, where one change takes away as much as there may be.
    static let bulkPatience = Duration.seconds(60)

    init(
        history: KnownHistory,
        changes: ChangeFeed,
        chain: AuditChain,
        webhooks: [Webhook],
        node: Int64,
        lease: DeliveryLease,
        connect: @escaping @Sendable () throws(PostgresFault) -> PostgresConnection
    ) {
        self.history = history
        self.changes = changes
        self.chain = chain
        self.webhooks = webhooks
        self.node = node
        self.lease = lease
        self.connect = connect
    }

    func start() {
        DatabaseThread.start("writes") { [self] in
            var connection: PostgresConnection?
            var generation = 0
            while isGoingOn() {
                let (current, isWaitedFor) = state.withLock { ($0.generation, !$0.waiting.isEmpty) }
                let isRenewed = generation != current
                if isRenewed {
                    generation = current
                    connection?.close()
                    connection = nil
                }
                // Before anybody has his turn: to connect may take longer than anyone waits, and who only waits can be refused.
                if connection == nil, isWaitedFor || isRenewed || isLeaseDue { prepare(&connection) }
                guard connection != nil else { continue }
                let group = nextGroup()
                if !group.isEmpty || isLeaseDue { write(group, through: &connection) }
                state.withLock { $0.busyUntil = nil }
            }
            if lease.isHeld, let connection { try? lease.release(on: connection) }
            connection?.close()
            state.withLock { $0.onEnd }?()
        }
    }

    func add(_ write: PendingWrite) {
        if let refusal = history.refusal { return write.refuse(.storeUnavailable(refusal)) }
        do throws(StoreError) {
            try state.withLock { state throws(StoreError) in
                guard !state.isClosed else { throw StoreError(.unreachable, cause: "the store is closed") }
                try state.waiting.append(write)
            }
            arrivals.signal()
        } catch {
            write.refuse(.storeUnavailable(error))
        }
    }

    /// Gives those their turn again with whom nothing was done, before all others.
    func putBack(_ writes: some Collection<PendingWrite>) {
        guard !writes.isEmpty else { return }
        state.withLock { $0.waiting.putBack(writes) }
        arrivals.signal()
    }

    /// Refuses all who wait.
    func refuseAll(_ fault: PostgresFault) {
        let waiting = state.withLock { $0.waiting.removeAll() }
        for write in waiting { write.refuse(ShareError(postgres: fault)) }
    }

    /// Connects; where no server answers, nobody waits for another try.
    private func prepare(_ connection: inout PostgresConnection?) {
        for isLast in [false, false, true] {
            do throws(PostgresFault) {
                connection = try connect()
                return
            } catch {
                // One that broke at once says nothing of the next.
                guard error.isBreak, !isLast else { return refuseAll(error) }
            }
        }
    }

    /// Makes the connection anew.
    func reconnect() {
        state.withLock { $0.generation += 1 }
        arrivals.signal()
    }

    /// Renews the lease while nothing is written; to be called from time to time.
    func renewLease() {
        if isLeaseDue { arrivals.signal() }
    }

    var isLeaseDue: Bool { !webhooks.isEmpty && lease.isDue && history.refusal == nil }

    /// Refuses those who have waited too long or behind a group that takes too long, and all who wait for a database that is away; to be
    /// called several times a second.
    func refuseLate() {
        let refusal = history.refusal
        let late = state.withLock { state in
            if refusal != nil || state.busyUntil?.isOver == true { return state.waiting.removeAll() }
            return state.waiting.removeAll(before: .now - Self.patience)
        }
        let error = refusal ?? StoreError(.overloaded, cause: "the changes before it take too long")
        for write in late { write.refuse(.storeUnavailable(error)) }
    }

    /// Answers the changes that wait, then ends the thread.
    func close(_ onEnd: @escaping @Sendable () -> Void) {
        state.withLock { state in
            state.isClosed = true
            state.onEnd = onEnd
        }
        arrivals.signal()
    }

    /// Waits until somebody comes; false once the loop is closed and nobody waits.
    private func isGoingOn() -> Bool {
        arrivals.wait()
        return state.withLock { !$0.isClosed || !$0.waiting.isEmpty }
    }

    /// Nobody, where those who came were taken together with others or have been refused meanwhile.
    private func nextGroup() -> [PendingWrite] {
        // Also of those who come again and again since each new connection breaks.
        refuseLate()
        return state.withLock { state in
            guard !state.waiting.isEmpty else { return [] }
            state.busyUntil = Deadline(in: Self.patience)
            return state.waiting.takeNext(Self.groupLimit)
        }
    }

    func nextMark() -> CommitMark {
        let number = state.withLock { state in
            state.groups += 1
            return state.groups
        }
        return CommitMark(node: node, number: number)
    }
}
