// SPDX-License-Identifier: Apache-2.0

import GRDB
import ShareLinks
import StoreSQL
import Synchronization

/// Gathers concurrent changes into groups that share one commit, on the one connection that writes.
///
/// While one group is being committed the next one gathers; nobody waits for company.
final class WriteQueue: Sendable {
    private let database: any DatabaseWriter
    private let chain: AuditChain
    private let hasRoom: @Sendable () -> Bool
    private let groupLimit: Int
    private let state: Mutex<State>
    let webhooks: [Webhook]
    let changes = ChangeFeed()

    private struct State {
        var waiting = WaitingWrites()
        var isBusy = false
        /// Why nothing can be written until a restart.
        var fault: StoreError?
        var isClosed = false
        var refusal: StoreError? { fault ?? (isClosed ? StoreError(.unreachable, cause: "the store is closed") : nil) }
        var lastAudit: AuditChain.Place
        var epoch: Int64
        var backlog = CheckpointBacklog()
        var groups = 0
        var onIdle: [@Sendable () -> Void] = []
    }

    static let standardGroupLimit = 256

    init(
        database: any DatabaseWriter,
        chain: AuditChain,
        lastAudit: AuditChain.Place,
        epoch: Int64,
        webhooks: [Webhook],
        groupLimit: Int = standardGroupLimit,
        hasRoom: @escaping @Sendable () -> Bool
    ) {
        self.database = database
        self.chain = chain
        self.webhooks = webhooks
        self.groupLimit = groupLimit
        self.hasRoom = hasRoom
        state = Mutex(State(lastAudit: lastAudit, epoch: epoch))
    }

    /// Why no change is taken any more, if so.
    var refusal: StoreError? { state.withLock { $0.refusal } }

    /// Why nothing can be written until a restart, if so.
    var fault: StoreError? { state.withLock { $0.fault } }

    var generation: StoreGeneration {
        let (last, epoch) = state.withLock { ($0.lastAudit, $0.epoch) }
        return StoreGeneration(epoch: epoch, sequence: last.sequence, code: last.code)
    }

    var waiting: Int { state.withLock { $0.waiting.count } }

    /// How many groups were committed since the start.
    var groups: Int { state.withLock { $0.groups } }

    func add(_ write: PendingWrite) {
        enum Turn { case now, later, never(StoreError) }
        let turn: Turn = state.withLock { state in
            if let refusal = state.refusal { return .never(refusal) }
            do throws(StoreError) { try state.waiting.append(write) } catch { return .never(error) }
            defer { state.isBusy = true }
            return state.isBusy ? .later : .now
        }
        switch turn {
        case .now: commitSoon()
        case .later: break
        case .never(let refusal): write.refuse(.storeUnavailable(refusal))
        }
    }

    /// Takes no more changes, and calls back when those that wait are answered.
    func close(_ isIdle: @escaping @Sendable () -> Void) {
        let isIdleNow = state.withLock { state in
            state.isClosed = true
            if state.isBusy { state.onIdle.append(isIdle) }
            return !state.isBusy
        }
        if isIdleNow { isIdle() }
    }

    private func commitSoon() {
        database.asyncWriteWithoutTransaction { [self] database in commitGroup(database) }
    }

    private func commitGroup(_ database: Database) {
        let (group, lastAudit) = state.withLock { state in
            (state.waiting.takeNext(groupLimit), state.lastAudit)
        }
        commit(group, after: lastAudit, on: database)
        checkpointIfDue(database)
        let onIdle: [@Sendable () -> Void]? = state.withLock { state in
            guard state.waiting.isEmpty else { return nil }
            state.isBusy = false
            defer { state.onIdle = [] }
            return state.onIdle
        }
        guard let onIdle else { return commitSoon() }
        for isIdle in onIdle { isIdle() }
    }

    /// - Parameter isTold: whether webhooks hear of it; false for the last try on a disk that is full.
    private func commit(_ group: [PendingWrite], after lastAudit: AuditChain.Place, isTold: Bool = true, on database: Database) {
        let rowsBefore = database.totalChangesCount
        let needsRoom = group.contains { $0.purpose == .ordinary }
        let commit = GroupCommit(database: database, chain: chain, webhooks: isTold ? webhooks : [], hasRoom: !needsRoom || hasRoom())
        switch commit.run(group, after: lastAudit) {
        case .done(let replies, let lastAudit, let epoch, let touched, let documentBytes):
            state.withLock { state in
                state.lastAudit = lastAudit
                if let epoch { state.epoch = epoch }
                state.groups += 1
                // What didn't fit into the group's time goes into the next one.
                state.waiting.putBack(group.dropFirst(replies.count))
                state.backlog.add(rows: database.totalChangesCount - rowsBefore, documentBytes: documentBytes)
            }
            changes.publish(isTold ? touched : touched.union([.untold]))
            for reply in replies { reply() }
        case .lost(let error, let endsWriting):
            if endsWriting { stop(error) }
            giveUp(on: group, error, wasTold: isTold && !webhooks.isEmpty, on: database)
        }
    }

    /// Refuses the group; on a full disk what takes power away gets another try without the changes that didn't fit, and then one
    /// without a word to webhooks: their messages must not be what stops it.
    private func giveUp(on group: [PendingWrite], _ error: StoreError, wasTold: Bool, on database: Database) {
        let isRetried = error.kind == .full && (group.count > 1 || wasTold)
        for write in group where !isRetried || write.purpose == .ordinary { write.refuse(.storeUnavailable(error)) }
        guard isRetried else { return }
        for write in group where write.purpose.takesAway {
            let (lastAudit, fault) = state.withLock { ($0.lastAudit, $0.fault) }
            if let fault {
                write.refuse(.storeUnavailable(fault))
            } else {
                commit([write], after: lastAudit, isTold: group.count > 1, on: database)
            }
        }
    }

    /// Nothing is written, retried or acknowledged any more until a restart has checked the file.
    private func stop(_ error: StoreError) {
        let waiting = state.withLock { state in
            state.fault = error
            return state.waiting.removeAll()
        }
        for write in waiting { write.refuse(.storeUnavailable(error)) }
    }

    /// Copies the write-ahead log into the database, after the answers were sent. Done here and not by SQLite within a commit,
    /// since SQLite keeps a failed sync of the database file to itself.
    private func checkpointIfDue(_ database: Database) {
        guard state.withLock({ $0.backlog.isDue && $0.fault == nil }) else { return }
        do {
            try database.checkpoint(.passive)
            state.withLock { $0.backlog = CheckpointBacklog() }
        } catch let error as DatabaseError where error.endsWriting {
            stop(StoreError(sqlite: error))
        } catch {
            // The log grows on until there is room again; it is read all the same.
        }
    }
}
