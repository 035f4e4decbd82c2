// SPDX-License-Identifier: Apache-2.0

import OutgoingHTTP
package import ShareLinks
import Synchronization

/// Carts as their platform gave them a short while ago; each is fetched once for all who want it at the same time.
///
/// A cart is dated by the moment at which its fetch began: what came later on the platform may be missing in it.
package final class CartShelf<Fetched: Sendable>: Sendable {
    package typealias Instant = ContinuousClock.Instant

    private enum Turn: Sendable {
        case served(Fetched)
        case failed(SourceError)
        /// The waiter has to fetch, for himself and for all who wait with him.
        case leads
        case cancelled
    }

    private typealias Waiter = FirstAnswer<Turn>

    /// One fetch under way, by the one who leads it.
    private struct Fetch {
        let begun: Instant
        /// Who gets what it brings.
        var waiting: [Waiter]
        /// Whom it is too old for: they share the next.
        var next: [Waiter] = []
        var isForgotten = false
    }

    private struct State {
        var carts: ShelvedCarts<Fetched>
        var fetches: [PlatformCartID: Fetch] = [:]
    }

    private enum Arrival {
        case served(Fetched)
        case leads
        case waits(Waiter)
    }

    private let size: @Sendable (Fetched) -> Int
    private let now: @Sendable () -> Instant
    private let state: Mutex<State>

    /// - Parameters:
    ///   - freshFor: how long a cart may be shown without asking again, from the beginning of its fetch.
    ///   - size: the bytes of a cart's document.
    package init(
        freshFor: Duration,
        mostEntries: Int = 10_000,
        mostBytes: Int = 64 << 20,
        size: @escaping @Sendable (Fetched) -> Int,
        now: @escaping @Sendable () -> Instant = { .now }
    ) {
        self.size = size
        self.now = now
        state = Mutex(State(carts: ShelvedCarts(freshFor: freshFor, mostEntries: mostEntries, mostBytes: mostBytes)))
    }

    /// - Parameters:
    ///   - asOfNow: whether only a fetch will do that began after this call.
    ///   - fetch: asks the platform; it runs in the task of whoever leads.
    package func cart(
        _ id: PlatformCartID,
        asOfNow: Bool,
        fetch: @Sendable () async throws(SourceError) -> Fetched
    ) async throws(SourceError) -> Fetched {
        switch arrive(at: id, asOfNow: asOfNow) {
        case .served(let cart): return cart
        case .leads: return try await lead(id, fetch)
        case .waits(let waiter):
            switch await waiter.value(cancelled: .cancelled) {
            case .served(let cart): return cart
            case .failed(let error): throw error
            case .leads: return try await lead(id, fetch)
            case .cancelled: throw .unavailable(cause: "cancelled")
            }
        }
    }

    /// To be called after a write: what was fetched or begun before it serves nobody any more.
    package func forget(_ id: PlatformCartID) {
        state.withLock { state in
            state.carts.remove(id)
            guard var fetch = state.fetches[id] else { return }
            fetch.isForgotten = true
            fetch.next = fetch.waiting + fetch.next
            fetch.waiting = []
            state.fetches[id] = fetch
        }
    }

    private func arrive(at id: PlatformCartID, asOfNow: Bool) -> Arrival {
        state.withLock { state in
            let now = now()
            state.carts.trim(at: now)
            if !asOfNow, let cart = state.carts.value(of: id, at: now) { return .served(cart) }
            guard var fetch = state.fetches[id] else {
                state.fetches[id] = Fetch(begun: now, waiting: [])
                return .leads
            }
            let waiter = Waiter()
            if !asOfNow, !fetch.isForgotten, state.carts.isFresh(fetch.begun, at: now) {
                fetch.waiting.append(waiter)
            } else {
                fetch.next.append(waiter)
            }
            state.fetches[id] = fetch
            return .waits(waiter)
        }
    }

    private func lead(_ id: PlatformCartID, _ fetch: () async throws(SourceError) -> Fetched) async throws(SourceError) -> Fetched {
        while true {
            let outcome: Result<Fetched, SourceError>
            do throws(SourceError) {
                outcome = .success(try await fetch())
            } catch {
                outcome = .failure(error)
            }
            if let answer = end(id, outcome, isCancelled: Task.isCancelled) { return try answer.get() }
        }
    }

    /// Hands on what a fetch brought. Nil where whoever leads has to fetch again, as a write came between.
    private func end(_ id: PlatformCartID, _ outcome: Result<Fetched, SourceError>, isCancelled: Bool) -> Result<Fetched, SourceError>? {
        state.withLock { state in
            guard let fetch = state.fetches[id] else { return outcome }
            let now = now()
            switch outcome {
            case .success where fetch.isForgotten && !isCancelled:
                state.fetches[id] = Fetch(begun: now, waiting: fetch.next)
                return nil
            case .success where fetch.isForgotten:
                handOver(id, to: fetch.next, at: now, &state)
                return .failure(.unavailable(cause: "cancelled"))
            case .failure where isCancelled:
                // It failed because somebody left, which is nobody else's failure.
                handOver(id, to: fetch.waiting + fetch.next, at: now, &state)
            case .success(let cart):
                state.carts.keep(cart, of: id, begun: fetch.begun, size: size(cart), at: now)
                for waiter in fetch.waiting { waiter.give(.served(cart)) }
                handOver(id, to: fetch.next, at: now, &state)
            case .failure(let error):
                for waiter in fetch.waiting { waiter.give(.failed(error)) }
                // Who came while the platform failed would only wait as long again, and those behind him longer still.
                if case .unavailable = error {
                    for waiter in fetch.next { waiter.give(.failed(error)) }
                    handOver(id, to: [], at: now, &state)
                } else {
                    handOver(id, to: fetch.next, at: now, &state)
                }
            }
            return outcome
        }
    }

    /// The first who still waits leads the next fetch, for all the others.
    private func handOver(_ id: PlatformCartID, to waiters: [Waiter], at now: Instant, _ state: inout State) {
        state.fetches[id] = nil
        guard let leader = waiters.firstIndex(where: { $0.give(.leads) }) else { return }
        state.fetches[id] = Fetch(begun: now, waiting: Array(waiters[(leader + 1)...]))
    }

    /// How many wait for the fetch under way and for the next one; nil where none is under way.
    func waiting(for id: PlatformCartID) -> (now: Int, next: Int)? {
        state.withLock { $0.fetches[id].map { ($0.waiting.count, $0.next.count) } }
    }

    var kept: (entries: Int, bytes: Int) { state.withLock { ($0.carts.count, $0.carts.bytes) } }
}
