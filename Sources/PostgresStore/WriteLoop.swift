// SPDX-License-Identifier: Apache-2.0

import Dispatch
import ShareLinks
import StoreSQL
import Synchronization

/// The one thread of this node that writes: it gathers concurrent changes into groups that share one commit.
///
/// Groups of all nodes take turns by the lock on the revision row, so what one of them judges rights on is what the others left.
final class WriteLoop: Sendable {
    private let connect: @Sendable () throws(PostgresFault) -> PostgresConnection
    private let history: KnownHistory
    private let changes: ChangeFeed
    private let chain: AuditChain
    private let node: Int64
    private let lease: DeliveryLease
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
    /// From a group's first statement to its answers.
    static let patience = Duration.seconds(2)

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
            while let group = nextGroup() {
                let current = state.withLock { $0.generation }
                if generation != current {
                    generation = current
                    connection?.close()
                    // Before somebody needs it: to connect may take longer than anyone waits.
                    connection = nil
                    if group.isEmpty { prepare(&connection) }
                }
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

    /// Connects; where that fails nobody waits for another try.
    private func prepare(_ connection: inout PostgresConnection?) {
        do throws(PostgresFault) {
            connection = try connect()
        } catch {
            let waiting = state.withLock { $0.waiting.removeAll() }
            for write in waiting { write.refuse(ShareError(postgres: error)) }
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

    private var isLeaseDue: Bool { !webhooks.isEmpty && lease.isDue && history.refusal == nil }

    /// Refuses those who wait behind a group that takes too long, or for a database that is away; to be called several times a second.
    func refuseLate() {
        let refusal = history.refusal
        let late = state.withLock { state in refusal != nil || state.busyUntil?.isOver == true ? state.waiting.removeAll() : [] }
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

    /// Nil once the loop is closed and nobody waits.
    private func nextGroup() -> [PendingWrite]? {
        arrivals.wait()
        // One signal for each that came: what is taken here together needs no further rounds.
        return state.withLock { state in
            if state.waiting.isEmpty { return state.isClosed ? nil : [] }
            state.busyUntil = Deadline(in: Self.patience)
            return state.waiting.takeNext(Self.groupLimit)
        }
    }

    private func nextMark() -> CommitMark {
        let number = state.withLock { state in
            state.groups += 1
            return state.groups
        }
        return CommitMark(node: node, number: number)
    }

    /// Makes the changes together or, where the database refuses one of them, each alone.
    private func write(_ group: [PendingWrite], through connection: inout PostgresConnection?) {
        let deadline = Deadline(in: Self.patience)
        let renewed = isLeaseDue ? lease : nil
        renewed?.tryLater()
        switch attempt(group, isTold: true, renewing: renewed, until: deadline, through: &connection) {
        case nil: break
        case let fault? where group.count > 1 && fault.isOfOneChange:
            for write in group { self.write([write], through: &connection) }
        // Messages to webhooks must not be what stops a revocation on a full disk.
        case .refused(state: "53100")? where !group.isEmpty && group[0].purpose == .takingAway && !webhooks.isEmpty:
            guard let fault = attempt(group, isTold: false, renewing: nil, until: deadline, through: &connection) else { return }
            group[0].refuse(ShareError(postgres: fault))
        case let fault?:
            let others = state.withLock { state in fault.passes ? state.waiting.removeAll() : [] }
            for write in group + others { write.refuse(ShareError(postgres: fault)) }
        }
    }

    /// Answers the group's changes; or none of them, and says what the database refused them with.
    private func attempt(
        _ group: [PendingWrite],
        isTold: Bool,
        renewing lease: DeliveryLease?,
        until deadline: Deadline,
        through connection: inout PostgresConnection?
    ) -> PostgresFault? {
        var fault = PostgresFault.late
        for _ in 0..<3 where !deadline.isOver {
            let mark = nextMark()
            let outcome = run(group, mark, isTold: isTold, renewing: lease, until: deadline, through: &connection)
            if connection?.isBroken ?? false { connection = nil }
            switch outcome {
            case .done(let made):
                answer(made, group, isTold: isTold)
                return nil
            case .undone(let failure):
                // To connect took its time already.
                if case .unconnected = failure { return failure }
                guard failure.passes else { return failure }
                if failure == .refused(state: "55P03") { try? connection?.endStalledWrites(until: deadline) }
                fault = failure
            case .open(let made, let failure):
                guard let isCommitted = isCommitted(mark, until: deadline, through: &connection) else {
                    let error = StoreError(.undecided, cause: StoreError(postgres: failure).cause)
                    for write in group { write.refuse(.storeUnavailable(error)) }
                    return nil
                }
                if isCommitted {
                    answer(made, group, isTold: isTold)
                    return nil
                }
                fault = failure
            }
        }
        return fault
    }

    private func run(
        _ group: [PendingWrite],
        _ mark: CommitMark,
        isTold: Bool,
        renewing lease: DeliveryLease?,
        until deadline: Deadline,
        through connection: inout PostgresConnection?
    ) -> GroupCommit.Outcome {
        do throws(PostgresFault) {
            // To connect may take a while; what follows has its own time.
            let isNew = connection == nil
            let used = try connection.orMade(by: connect)
            return GroupCommit(
                connection: used,
                chain: chain,
                webhooks: isTold ? webhooks : [],
                history: history,
                mark: mark,
                lease: lease,
                deadline: isNew ? Deadline(in: Self.patience) : deadline
            ).run(group)
        } catch {
            return .undone(error)
        }
    }

    /// Nil where it can't be found out in time.
    private func isCommitted(_ mark: CommitMark, until deadline: Deadline, through connection: inout PostgresConnection?) -> Bool? {
        connection?.close()
        connection = nil
        while !deadline.isOver {
            do throws(PostgresFault) {
                let used = try connect()
                let isCommitted = try mark.isCommitted(on: used, until: deadline)
                connection = used
                return isCommitted
            } catch {
                guard error.passes else { return nil }
                _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(50))
            }
        }
        return nil
    }

    private func answer(_ made: GroupCommit.Made, _ group: [PendingWrite], isTold: Bool) {
        history.wrote(made.revision)
        if let renewal = made.renewal { lease.note(renewal) }
        let untried = group.dropFirst(made.replies.count)
        if !untried.isEmpty {
            state.withLock { $0.waiting.putBack(untried) }
            arrivals.signal()
        }
        // What this process holds must be known to be old before anyone has his answer.
        changes.publish(isTold ? made.touched : made.touched.union([.untold]))
        for reply in made.replies { reply() }
    }
}
