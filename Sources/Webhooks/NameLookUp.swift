// SPDX-License-Identifier: Apache-2.0

import Dispatch
import NIOCore
import Synchronization

/// The addresses of one endpoint's name: looked up on a thread aside, once for all who ask meanwhile, and remembered for half a minute.
///
/// A look-up can't be interrupted; whoever is cancelled doesn't wait for its end. So a name server that hangs holds one thread.
final class NameLookUp: Sendable {
    private let name: String
    private let port: Int
    private let resolve: NameResolver
    private let state = Mutex(State())

    private struct State {
        var waiting: [FirstAnswer] = []
        var isBusy = false
        var known: (addresses: [SocketAddress], until: ContinuousClock.Instant)?
    }

    static let memory = Duration.seconds(30)

    init(name: String, port: Int, resolve: @escaping NameResolver) {
        self.name = name
        self.port = port
        self.resolve = resolve
    }

    func addresses() async throws(CancellationError) -> [SocketAddress] {
        if let known = state.withLock({ $0.known }), known.until > .now { return known.addresses }
        let answer = FirstAnswer()
        let isFirst = state.withLock { state in
            state.waiting.append(answer)
            defer { state.isBusy = true }
            return !state.isBusy
        }
        if isFirst { DispatchQueue.global().async { [self] in lookUp() } }
        let found = await withTaskCancellationHandler {
            await withCheckedContinuation { answer.wait($0) }
        } onCancel: {
            answer.give(nil)
        }
        guard let found else { throw CancellationError() }
        return found
    }

    /// To be called when an address didn't lead anywhere: the name may have another by now.
    func forget() {
        state.withLock { $0.known = nil }
    }

    private func lookUp() {
        let found = resolve(name, port)
        let waiting = state.withLock { state in
            state.isBusy = false
            if !found.isEmpty { state.known = (found, .now + Self.memory) }
            defer { state.waiting = [] }
            return state.waiting
        }
        for answer in waiting { answer.give(found) }
    }
}

/// Hands the first of several answers to the one who waits for it.
private final class FirstAnswer: Sendable {
    typealias Waiter = CheckedContinuation<[SocketAddress]?, Never>

    private enum State {
        case open
        case awaited(Waiter)
        case early([SocketAddress]?)
        case done
    }

    private let state = Mutex(State.open)

    func wait(_ waiter: Waiter) {
        let early: [SocketAddress]?? = state.withLock { state in
            guard case .early(let answer) = state else {
                state = .awaited(waiter)
                return .none
            }
            state = .done
            return .some(answer)
        }
        if let early { waiter.resume(returning: early) }
    }

    func give(_ answer: [SocketAddress]?) {
        let waiter: Waiter? = state.withLock { state in
            switch state {
            case .open:
                state = .early(answer)
                return nil
            case .awaited(let waiter):
                state = .done
                return waiter
            case .early, .done: return nil
            }
        }
        waiter?.resume(returning: answer)
    }
}
