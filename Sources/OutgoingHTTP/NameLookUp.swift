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
        var waiting: [FirstAnswer<[SocketAddress]?>] = []
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
        let answer = FirstAnswer<[SocketAddress]?>()
        let isFirst = state.withLock { state in
            state.waiting.append(answer)
            defer { state.isBusy = true }
            return !state.isBusy
        }
        if isFirst { DispatchQueue.global().async { [self] in lookUp() } }
        guard let found = await answer.value(cancelled: nil) else { throw CancellationError() }
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
