// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import ShareLinks
import StoreSQL
import Synchronization

/// A few threads with a connection each, on which look-ups take turns; who waits too long is refused.
final class ReadPool: Sendable {
    /// Looks through a session, or is told why not.
    struct Look: Sendable {
        let deadline: Deadline
        let look: @Sendable (PostgresSession) -> Outcome
        let refuse: @Sendable (ShareError) -> Void
    }

    enum Outcome {
        /// The answer is out.
        case answered
        /// Nothing was answered yet: the same may be tried on another connection.
        case failed(PostgresFault)

        fileprivate var isLate: Bool {
            if case .failed(.late) = self { true } else { false }
        }
    }

    private let connect: @Sendable () throws(PostgresFault) -> PostgresConnection
    private let history: KnownHistory
    private let arrivals = DispatchSemaphore(value: 0)
    private let state = Mutex(State())

    private struct State {
        var waiting: [Look] = []
        /// Counts up when a connection broke: the others lead to the same server and are made anew.
        var generation = 0
        var isClosed = false
        var threads = 0
        var onEnd: (@Sendable () -> Void)?
    }

    /// From asking to the answer.
    static let patience = Duration.seconds(2)
    static let queueLimit = 4096

    static let begin = SQLStatement("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    private static let end = SQLStatement("COMMIT")

    init(history: KnownHistory, connect: @escaping @Sendable () throws(PostgresFault) -> PostgresConnection) {
        self.history = history
        self.connect = connect
    }

    func start(threads: Int) {
        state.withLock { $0.threads = threads }
        for number in 1...threads {
            DatabaseThread.start("reads-\(number)") { [self] in
                work()
                end()
            }
        }
    }

    func add(_ look: Look) {
        enum Turn { case taken, closed, crowded }
        if let refusal = history.refusal { return look.refuse(.storeUnavailable(refusal)) }
        let turn: Turn = state.withLock { state in
            guard !state.isClosed else { return .closed }
            guard state.waiting.count < Self.queueLimit else { return .crowded }
            state.waiting.append(look)
            return .taken
        }
        switch turn {
        case .taken: arrivals.signal()
        case .closed: look.refuse(.storeUnavailable(Self.closed))
        case .crowded: look.refuse(.storeUnavailable(StoreError(.overloaded, cause: "\(Self.queueLimit) look-ups wait")))
        }
    }

    /// Makes the connections anew, those that rest too: one that broke says little good of the others.
    func reconnect() {
        let threads = state.withLock { state in
            state.generation += 1
            return state.threads
        }
        for _ in 0..<threads { arrivals.signal() }
    }

    /// Refuses those who have waited too long, and all who wait for a database that is away; to be called several times a second, as all
    /// threads may be busy.
    func refuseLate() {
        let refusal = history.refusal
        let late = state.withLock { state in
            let index = refusal == nil ? state.waiting.firstIndex { !$0.deadline.isOver } ?? state.waiting.count : state.waiting.count
            defer { state.waiting.removeFirst(index) }
            return state.waiting.prefix(index)
        }
        let error = refusal ?? StoreError(.overloaded, cause: "no connection came free in time")
        for look in late { look.refuse(.storeUnavailable(error)) }
    }

    /// Answers those who wait, then ends the threads.
    func close(_ onEnd: @escaping @Sendable () -> Void) {
        let threads = state.withLock { state in
            state.isClosed = true
            state.onEnd = onEnd
            return state.threads
        }
        if threads == 0 { onEnd() }
        for _ in 0..<threads { arrivals.signal() }
    }

    private func work() {
        var connection: PostgresConnection?
        var generation = 0
        while true {
            // Made before somebody needs it: to connect may take longer than anyone waits.
            if connection == nil {
                generation = state.withLock { $0.generation }
                connection = try? connect()
                guard connection != nil else {
                    if state.withLock({ $0.isClosed }) { break }
                    Thread.sleep(forTimeInterval: 0.1)
                    continue
                }
            }
            arrivals.wait()
            let (look, isClosed, current) = state.withLock { state in
                (state.waiting.isEmpty ? nil : state.waiting.removeFirst(), state.isClosed, state.generation)
            }
            if generation != current {
                connection?.close()
                connection = nil
                if let look { putBack(look) }
            } else if let look {
                answer(look, through: &connection)
            }
            if look == nil, isClosed { break }
        }
        connection?.close()
    }

    /// The last thread refuses those who are left.
    private func end() {
        let (left, onEnd) = state.withLock { state in
            state.threads -= 1
            guard state.threads == 0 else { return ([Look](), nil as (@Sendable () -> Void)?) }
            defer { state.waiting = [] }
            return (state.waiting, state.onEnd)
        }
        for look in left { look.refuse(.storeUnavailable(Self.closed)) }
        onEnd?()
    }

    private static let closed = StoreError(.unreachable, cause: "the store is closed")

    private func answer(_ look: Look, through connection: inout PostgresConnection?) {
        guard !look.deadline.isOver else {
            return look.refuse(.storeUnavailable(StoreError(.overloaded, cause: "no connection came free in time")))
        }
        guard case .failed(let fault) = attempt(look, through: &connection) else { return }
        // A connection that broke while nobody used it says nothing of the database: another one may do.
        if fault.passes, !look.deadline.isOver { putBack(look) } else { look.refuse(ShareError(postgres: fault)) }
    }

    private func putBack(_ look: Look) {
        state.withLock { $0.waiting.insert(look, at: 0) }
        arrivals.signal()
    }

    private func attempt(_ look: Look, through connection: inout PostgresConnection?) -> Outcome {
        guard let used = connection else { return .failed(.lost) }
        let outcome: Outcome
        do throws(PostgresFault) {
            try used.queue(Self.begin)
            outcome = look.look(PostgresSession(used, until: look.deadline))
        } catch {
            outcome = .failed(error)
        }
        // However the transaction ends, what was answered is answered.
        do throws(PostgresFault) {
            try used.queue(Self.end)
            _ = try used.sync(until: Deadline(in: .seconds(1)))
        } catch {
            if used.isBroken || (try? used.rollBack()) == nil {
                used.close()
                connection = nil
                // One look that took too long says nothing of the other connections; whether the server does, the revision's watch finds.
                if !outcome.isLate { state.withLock { $0.generation += 1 } }
            }
        }
        return outcome
    }
}

extension PostgresConnection {
    func rollBack() throws(PostgresFault) {
        try queue("ROLLBACK")
        _ = try sync(until: Deadline(in: .seconds(1)))
    }
}
