// SPDX-License-Identifier: Apache-2.0

import OutgoingHTTP
import Synchronization

/// Lines before something that only so many may use at a time, one line for each key. Who came first goes first.
final class TurnLine<Key: Hashable & Sendable>: Sendable {
    enum Refusal: Error {
        /// Too many wait already.
        case full
        case late
        case cancelled
    }

    private enum Outcome {
        case turn
        case refused(Refusal)
    }

    private typealias Waiter = FirstAnswer<Outcome>

    private struct Line {
        var taken = 0
        var waiting: [Waiter] = []
    }

    private let places: Int
    private let mostWaiting: Int
    private let lines = Mutex<[Key: Line]>([:])

    init(places: Int, mostWaiting: Int) {
        self.places = places
        self.mostWaiting = mostWaiting
    }

    /// Comes back when it is the caller's turn, who then has to ``leave(_:)``; who was refused hasn't.
    func enter(_ key: Key, within limit: Duration) async throws(Refusal) {
        let waiter = Waiter()
        let outcome: Outcome? = lines.withLock { lines in
            var line = lines[key, default: Line()]
            defer { lines[key] = line }
            if line.taken < places {
                line.taken += 1
                return .turn
            }
            guard line.waiting.count < mostWaiting else { return .refused(.full) }
            line.waiting.append(waiter)
            return nil
        }
        let final: Outcome
        if let outcome { final = outcome } else { final = await turn(of: waiter, within: limit) }
        guard case .refused(let refusal) = final else { return }
        lines.withLock { $0[key]?.waiting.removeAll { $0 === waiter } }
        throw refusal
    }

    func leave(_ key: Key) {
        lines.withLock { lines in
            guard var line = lines[key] else { return }
            while !line.waiting.isEmpty {
                let isPassedOn = line.waiting.removeFirst().give(.turn)
                lines[key] = line
                if isPassedOn { return }
            }
            line.taken -= 1
            lines[key] = line.taken == 0 ? nil : line
        }
    }

    /// How many keys somebody has a place or waits at.
    var count: Int { lines.withLock { $0.count } }

    func waiting(at key: Key) -> Int { lines.withLock { $0[key]?.waiting.count ?? 0 } }

    /// The waiter's first answer counts, whoever gives it: a turn that comes at the last moment isn't lost.
    private func turn(of waiter: Waiter, within limit: Duration) async -> Outcome {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                if (try? await Task.sleep(for: limit)) != nil { waiter.give(.refused(.late)) }
            }
            let outcome = await waiter.value(cancelled: .refused(.cancelled))
            group.cancelAll()
            return outcome
        }
    }
}
