// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Synchronization

/// Judges many readers in one look at the store: when a cart changes, all who watch it ask at the same moment.
///
/// A few of those who ask do the work for all who wait, so there is no task and no wait for company; then the next ones do.
final class GlimpseQueue: Sendable {
    private struct Question {
        let cart: CartID
        let reader: Caller
        let answer: CheckedContinuation<Turn, Never>
    }

    private enum Turn {
        case answered(Result<CartGlimpse, ShareError>)
        case works
    }

    private struct State {
        var waiting: [Question] = []
        var workers = 0
    }

    /// Questions in one look beside the worker's own, so that none holds a connection to the store for long: on PostgreSQL each question
    /// costs some round trips.
    private static let most = 63
    /// Half of the connections for look-ups are left to others.
    private static let mostWorkers = 4

    private let sharing: Sharing
    private let state = Mutex(State())

    init(sharing: Sharing) {
        self.sharing = sharing
    }

    /// How a cart stands for a reader, in a state of the store that isn't older than the question.
    func glimpse(of cart: CartID, for reader: Caller) async throws(ShareError) -> CartGlimpse {
        let turn = await withCheckedContinuation { answer in
            let works = state.withLock { state in
                guard state.workers < Self.mostWorkers else {
                    state.waiting.append(Question(cart: cart, reader: reader, answer: answer))
                    return false
                }
                state.workers += 1
                return true
            }
            if works { answer.resume(returning: .works) }
        }
        switch turn {
        case .answered(let answer): return try answer.get()
        case .works: return try await work(on: cart, for: reader).get()
        }
    }

    private func work(on cart: CartID, for reader: Caller) async -> Result<CartGlimpse, ShareError> {
        let others = state.withLock { state in
            let others = Array(state.waiting.prefix(Self.most))
            state.waiting.removeFirst(others.count)
            return others
        }
        let answers = await sharing.glimpses([(cart, reader)] + others.map { ($0.cart, $0.reader) })
        for (other, answer) in zip(others, answers.dropFirst()) { other.answer.resume(returning: .answered(answer)) }
        let next: Question? = state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.workers -= 1
            return nil
        }
        next?.answer.resume(returning: .works)
        return answers[0]
    }
}
