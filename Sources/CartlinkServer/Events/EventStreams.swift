// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Metrics
import ServiceLifecycle
import ShareLinks
import Synchronization

/// The open event streams by the cart they watch, and the one clock that serves them all.
///
/// A stream costs a place here and the task of its request, but neither a task nor a timer of its own.
package final class EventStreams: Service {
    private struct Watcher {
        let wakes: AsyncStream<Wake>.Continuation
        let loginEnd: Timestamp
        let reader: UserID
        let number: Int

        /// Counts up every fifteen seconds, at another moment for each watcher, so that not all look at the store at once.
        func beat(at tick: Int) -> Int { (tick + number) / EventStreams.ticksPerBeat }
    }

    private struct State {
        var watchers: [CartID: [Int: Watcher]] = [:]
        var count = 0
        var countByReader: [UserID: Int] = [:]
        var lastNumber = 0
        var tick = 0
        /// A change was published that may mean any cart.
        var owesAll = false
        var isClosed = false
        /// The store is being asked for what other processes changed.
        var isAsking = false
    }

    static let ticksPerBeat = 60
    private static let tickLength = Duration.milliseconds(250)

    private let state = Mutex(State())
    private let most: Int
    /// One person's streams: nobody keeps all others out.
    private var mostOfOne: Int { max(1, most / 2) }
    private let check: (any RevisionCheck)?
    private let now: @Sendable () -> Timestamp
    private let gauge = Gauge(label: "cartlink.event.streams")

    /// - Parameters:
    ///   - most: open streams; more are refused.
    ///   - check: asked at every tick while a stream is open: what other processes change is told to nobody who doesn't ask.
    init(most: Int, changes: ChangeFeed, check: (any RevisionCheck)? = nil, now: @escaping @Sendable () -> Timestamp) {
        self.most = most
        self.check = check
        self.now = now
        gauge.record(0)
        changes.listen { [weak self] changes in self?.tell(changes) }
    }

    var count: Int { state.withLock { $0.count } }

    /// Takes a place for a stream about `cart` that ends with its reader's login.
    func open(on cart: CartID, for reader: UserID, until loginEnd: Timestamp) throws(Problem) -> EventPlace {
        let (wakes, source) = AsyncStream.makeStream(of: Wake.self, bufferingPolicy: .bufferingNewest(1))
        let place: EventPlace? = try state.withLock { state throws(Problem) in
            guard !state.isClosed else { return nil }
            guard state.count < most, state.countByReader[reader, default: 0] < mostOfOne else { throw .tooManyStreams }
            state.lastNumber += 1
            let watcher = Watcher(wakes: source, loginEnd: loginEnd, reader: reader, number: state.lastNumber)
            state.watchers[cart, default: [:]][watcher.number] = watcher
            state.count += 1
            state.countByReader[reader, default: 0] += 1
            gauge.record(state.count)
            return EventPlace(
                cart: cart,
                number: watcher.number,
                firstBeat: watcher.beat(at: state.tick),
                wakes: wakes,
                source: source,
                streams: self
            )
        }
        guard let place else { throw .stopping }
        return place
    }

    func free(_ number: Int, on cart: CartID) {
        state.withLock { state in
            guard let gone = state.watchers[cart]?.removeValue(forKey: number) else { return }
            let left = state.countByReader[gone.reader, default: 0] - 1
            state.countByReader[gone.reader] = left > 0 ? left : nil
            if state.watchers[cart]?.isEmpty ?? false { state.watchers[cart] = nil }
            state.count -= 1
            gauge.record(state.count)
        }
    }

    /// Wakes who watches a changed cart. Runs on the store's writing thread: what may mean all carts waits for the next tick.
    private func tell(_ changes: Set<StoreChange>) {
        let meant = state.withLock { state in
            var meant: [(Watcher, beat: Int)] = []
            for change in changes {
                switch change {
                case .everything: state.owesAll = true
                case .outbox, .untold: break
                case .cart(let id):
                    for watcher in (state.watchers[id] ?? [:]).values { meant.append((watcher, watcher.beat(at: state.tick))) }
                }
            }
            return meant
        }
        for (watcher, beat) in meant { watcher.wakes.yield(.look(beat: beat)) }
    }

    /// Ends the streams whose login has ended, and wakes those that were silent for long or that a change may mean.
    func tick(at now: Timestamp) {
        let (expired, due) = state.withLock { state in
            state.tick += 1
            var expired: [Watcher] = []
            var due: [(Watcher, beat: Int)] = []
            for watcher in state.watchers.values.lazy.flatMap(\.values) {
                let beat = watcher.beat(at: state.tick)
                if watcher.loginEnd <= now {
                    expired.append(watcher)
                } else if state.owesAll || beat != watcher.beat(at: state.tick - 1) {
                    due.append((watcher, beat))
                }
            }
            state.owesAll = false
            return (expired, due)
        }
        for watcher in expired { watcher.wakes.end(.loginExpired) }
        for (watcher, beat) in due { watcher.wakes.yield(.look(beat: beat)) }
        if let check { hearOfOthers(check) }
    }

    /// Has the store publish what other processes changed. Where it can't be asked, all look for themselves at the next tick.
    private func hearOfOthers(_ check: any RevisionCheck) {
        let mayAsk = state.withLock { state in
            guard state.count > 0, !state.isAsking else { return false }
            state.isAsking = true
            return true
        }
        guard mayAsk else { return }
        check.pass { [weak self] error in
            self?.state.withLock { state in
                state.isAsking = false
                if error != nil { state.owesAll = true }
            }
        }
    }

    /// Ends all streams and opens none any more.
    func close() {
        let all = state.withLock { state in
            state.isClosed = true
            return state.watchers.values.flatMap(\.values)
        }
        for watcher in all { watcher.wakes.end(.stopping) }
    }

    /// Ticks until the service stops; to be stopped before the listeners, which wait for their open answers.
    package func run() async throws {
        try? await cancelWhenGracefulShutdown {
            var next = ContinuousClock.now
            while true {
                next = max(next + Self.tickLength, .now)
                try await Task.sleep(until: next, clock: .continuous)
                self.tick(at: self.now())
            }
        }
        close()
    }
}

extension Problem {
    fileprivate static var tooManyStreams: Problem {
        var problem = Problem(code: .tooManyRequests, detail: "As many event streams are open as may be. Ask for the cart instead.")
        problem.headers[.retryAfter] = "30"
        return problem
    }
}
