// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// An issuer's JWK set, fetched when needed and kept.
///
/// One fetch runs at a time, in the request that found it due. Requests whose key is known go on with the keys held; the others
/// wait for its end. The fetch is the caller's, so it ends with its own time limit or with the caller's cancellation.
final class CachedKeys: Sendable {
    /// Seconds after which the set is fetched again in the course of a request.
    static let freshFor: Int64 = 600
    /// Seconds between two fetches, however many tokens name an unknown key.
    static let coolDown: Int64 = 30
    /// Seconds for which the last good keys are used while the source gives none.
    static let maximumAge: Int64 = 86_400

    private let fetch: @Sendable () async throws -> [UInt8]
    private let algorithms: [Algorithm]
    private let state = Mutex(State())

    init(algorithms: [Algorithm], fetch: @escaping @Sendable () async throws -> [UInt8]) {
        self.algorithms = algorithms
        self.fetch = fetch
    }

    /// The key with this id, never another.
    func key(_ id: [UInt8], at now: Int64) async throws(LoginFault) -> KeySet.Key {
        var isRefreshed = false
        while true {
            switch state.withLock({ $0.step(id, at: now, isRefreshed: isRefreshed) }) {
            case .use(let key): return key
            case .refuse(let fault): throw fault
            case .fetch:
                await refresh(at: now)
                isRefreshed = true
            case .wait:
                isRefreshed = await flightEnd()
            }
        }
    }

    private func refresh(at now: Int64) async {
        let bytes = try? await fetch()
        let set = bytes.flatMap { KeySet(parsing: $0, algorithms: algorithms) }
        let wasAbandoned = bytes == nil && Task.isCancelled
        let waiting = state.withLock { $0.endFlight(with: set, wasAbandoned: wasAbandoned, at: now) }
        for waiter in waiting { waiter.resume(returning: !wasAbandoned) }
    }

    /// Waits for the end of the fetch under way; false if there is none any more or its caller gave it up.
    private func flightEnd() async -> Bool {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if state.isFetching { state.waiting.append(continuation) }
                return !state.isFetching
            }
            if hasEnded { continuation.resume(returning: false) }
        }
    }
}

extension CachedKeys {
    private enum Step {
        case use(KeySet.Key)
        case refuse(LoginFault)
        case fetch
        case wait
    }

    private struct State {
        var held: (set: KeySet, fetchedAt: Int64)?
        var triedAt: Int64?
        var isFetching = false
        var waiting: [CheckedContinuation<Bool, Never>] = []

        mutating func step(_ id: [UInt8], at now: Int64, isRefreshed: Bool) -> Step {
            let mayFetch = !isFetching && !isRefreshed && (triedAt.map { abs(now - $0) >= coolDown } ?? true)
            let usable = usable(at: now)
            if let usable, let key = usable.set.keys[id] {
                // A clock that was set back by more than that counts as stale too.
                let isStale = abs(now - usable.fetchedAt) >= freshFor
                return isStale && mayFetch ? startFlight(at: now) : .use(key)
            }
            if mayFetch { return startFlight(at: now) }
            if isFetching && !isRefreshed { return .wait }
            return .refuse(usable == nil ? .unavailable : .unknownKey)
        }

        private func usable(at now: Int64) -> (set: KeySet, fetchedAt: Int64)? {
            held.flatMap { now - $0.fetchedAt < maximumAge ? $0 : nil }
        }

        private mutating func startFlight(at now: Int64) -> Step {
            isFetching = true
            triedAt = now
            return .fetch
        }

        /// Ends the fetch and hands out who waits for it.
        ///
        /// No set (a source that is down, garbage, no usable key) keeps the old one. A fetch given up by its caller doesn't start a
        /// cool-down while there are no usable keys: one impatient client would lock everybody out.
        mutating func endFlight(with set: KeySet?, wasAbandoned: Bool, at now: Int64) -> [CheckedContinuation<Bool, Never>] {
            if let set { held = (set, now) }
            if wasAbandoned, usable(at: now) == nil { triedAt = nil }
            isFetching = false
            defer { waiting = [] }
            return waiting
        }
    }
}
