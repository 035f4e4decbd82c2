// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import StoreSQL
import Synchronization

/// Reads the revision for all who wait, and tells the store's feed of what other nodes changed.
///
/// Those who come while a read is under way share the next one, so there is never more than one under way and one behind it. In between it
/// looks from time to time by itself: event streams wait for changes without asking.
final class RevisionWatch: RevisionCheck {
    typealias Waiter = @Sendable (ShareError?) -> Void

    private let connect: @Sendable () throws(PostgresFault) -> PostgresConnection
    private let history: KnownHistory
    private let changes: ChangeFeed
    private let bell: WakePipe
    /// Called when a connection that was open broke or fell silent.
    private let onBreak: @Sendable () -> Void
    private let state = Mutex(State())

    private struct State {
        var waiters: [Waiter] = []
        /// Those for whom a look is under way, until when at most.
        var underWay: [Waiter] = []
        var lookEnds: Deadline?
        var isAsleep = false
        var isClosed = false
        var onEnd: (@Sendable () -> Void)?
        var looks = 0

        mutating func endLook(withOthers: Bool) -> [Waiter] {
            let ended = underWay + (withOthers ? waiters : [])
            underWay = []
            lookEnds = nil
            if withOthers { waiters = [] }
            return ended
        }
    }

    #if DEBUG
        private let weakness = CheckWeakness()
    #endif

    private static let patience = Duration.milliseconds(1500)
    private static let restMilliseconds: Int32 = 250

    init(
        history: KnownHistory,
        changes: ChangeFeed,
        bell: WakePipe,
        connect: @escaping @Sendable () throws(PostgresFault) -> PostgresConnection,
        onBreak: @escaping @Sendable () -> Void
    ) {
        self.history = history
        self.changes = changes
        self.bell = bell
        self.connect = connect
        self.onBreak = onBreak
    }

    /// Reads of the revision so far.
    var looks: Int { state.withLock { $0.looks } }

    func start() {
        DatabaseThread.start("revisions") { [self] in
            var connection: PostgresConnection?
            while beginLook(connection?.socket) { look(through: &connection) }
            connection?.close()
            let onEnd = state.withLock { $0.onEnd }
            for waiter in endLook(withOthers: true) { waiter(.storeUnavailable(Self.closed)) }
            onEnd?()
        }
    }

    func close(_ onEnd: @escaping @Sendable () -> Void) {
        state.withLock { state in
            state.isClosed = true
            state.onEnd = onEnd
        }
        bell.ring()
    }

    func pass(_ done: @escaping @Sendable (ShareError?) -> Void) {
        #if DEBUG
            if weakness.holds { return done(nil) }
        #endif
        enum Turn { case asleep, awake, closed, refused(StoreError) }
        let turn: Turn = state.withLock { state in
            if state.isClosed { return .closed }
            // Not before the lock was taken: a look that is given up ends under it, and nobody would come for who waits behind.
            if let refusal = history.refusal { return .refused(refusal) }
            state.waiters.append(done)
            defer { state.isAsleep = false }
            return state.isAsleep ? .asleep : .awake
        }
        switch turn {
        case .asleep: bell.ring()
        case .awake: break
        case .closed: done(.storeUnavailable(Self.closed))
        case .refused(let refusal): done(.storeUnavailable(refusal))
        }
    }

    private static let closed = StoreError(.unreachable, cause: "the store is closed")

    /// Has those who wait now under way, none of them after a rest; false once the store is closed.
    private func beginLook(_ socket: Int32?) -> Bool {
        let isResting = state.withLock { state in
            state.isAsleep = state.waiters.isEmpty && !state.isClosed
            return state.isAsleep
        }
        if isResting { bell.wait(or: socket, milliseconds: Self.restMilliseconds) }
        return state.withLock { state in
            state.isAsleep = false
            guard !state.isClosed else { return false }
            state.underWay = state.waiters
            state.waiters = []
            state.lookEnds = Deadline(in: Self.longestWait)
            state.looks += 1
            return true
        }
    }

    private func look(through connection: inout PostgresConnection?) {
        let isNew = connection == nil
        var outcome = Result { () throws(PostgresFault) in try readRevision(through: &connection) }
        if case .failure = outcome, !isNew { onBreak() }
        // A connection that broke while nobody used it says nothing of the database.
        if case .failure(let fault) = outcome, !isNew, fault.passes {
            outcome = Result { () throws(PostgresFault) in try readRevision(through: &connection) }
        }
        switch outcome {
        case .success:
            // First out of reach of those who give up on it, then the word that all is well.
            let waiters = endLook(withOthers: false)
            history.isOut(nil)
            let refusal = history.loss.map { ShareError.storeUnavailable($0) }
            for waiter in waiters { waiter(refusal) }
        case .failure(let fault):
            let error = StoreError(postgres: fault)
            history.isOut(error)
            // Whoever came since then hears it as well: nobody waits for a database that is away.
            for waiter in endLook(withOthers: true) { waiter(.storeUnavailable(error)) }
        }
    }

    /// Those who wait for the look that has ended; with `withOthers` those who came since then, too.
    private func endLook(withOthers: Bool) -> [Waiter] {
        state.withLock { $0.endLook(withOthers: withOthers) }
    }

    /// Gives up on a look that takes too long, for instance where hosts don't answer one after another; to be called several times a second.
    func refuseLate() {
        let error = StoreError(postgres: PostgresFault.late)
        let late = state.withLock { state in
            guard state.lookEnds?.isOver ?? false else { return [Waiter]() }
            // Before a look that ends just now can say otherwise.
            history.isOut(error)
            return state.endLook(withOthers: true)
        }
        for waiter in late { waiter(.storeUnavailable(error)) }
    }

    private static let longestWait = Duration.seconds(2)

    private func readRevision(through connection: inout PostgresConnection?) throws(PostgresFault) {
        do throws(PostgresFault) {
            let used = try connection.orMade(by: opened)
            let deadline = Deadline(in: Self.patience)
            _ = try used.takeNotifications()
            let (known, floor) = (history.revision, history.floor)
            let revision = try used.revision(until: deadline)
            let told = try told(revision.step(from: known), through: used, until: deadline)
            // What is held must be known to be old before anyone hears that the look has ended.
            changes.publish(told)
            history.advance(to: revision, from: floor)
            #if DEBUG
                weakness.looked()
            #endif
        } catch {
            connection?.close()
            connection = nil
            throw error
        }
    }

    private func opened() throws(PostgresFault) -> PostgresConnection {
        let connection = try connect()
        try connection.queue("LISTEN cartlink")
        _ = try connection.sync(until: Deadline(in: Self.patience))
        return connection
    }

    /// The carts that this or another node changed, as far as the table of changes tells.
    private func told(
        _ step: Revision.Step,
        through connection: PostgresConnection,
        until deadline: Deadline
    ) throws(PostgresFault) -> Set<StoreChange> {
        guard case .changes(let numbers) = step else { return step == .nothing ? [] : Self.all }
        let values: [SQLValue] = [.integer(numbers.lowerBound), .integer(numbers.upperBound)]
        try connection.queue(SQLStatement("SELECT carts FROM change WHERE n >= ? AND n <= ?", values))
        // A gap: rows were cleared away.
        guard let result = try connection.sync(until: deadline).last, result.count == numbers.count else { return Self.all }
        var told: Set<StoreChange> = [.outbox]
        for row in 0..<result.count {
            guard let carts = (try? result.row(row).text(at: 0)) ?? nil else { return Self.all }
            for id in carts.split(separator: " ") {
                guard let cart = CartID(String(id)) else { return Self.all }
                told.insert(.cart(cart))
            }
        }
        return told
    }

    private static let all: Set<StoreChange> = [.everything, .outbox]
}
