// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Hands the first of several answers to the one who waits for it; the others are dropped.
package final class FirstAnswer<Answer: Sendable>: Sendable {
    package typealias Waiter = CheckedContinuation<Answer, Never>

    private enum State {
        case open
        case awaited(Waiter)
        case early(Answer)
        case done
    }

    private let state = Mutex(State.open)

    package init() {}

    /// What is given first. Where the one who waits is cancelled before, that is `cancelled`.
    package func value(cancelled: Answer) async -> Answer {
        await withTaskCancellationHandler {
            await withCheckedContinuation { wait($0) }
        } onCancel: {
            give(cancelled)
        }
    }

    /// Whether it was the first.
    @discardableResult
    package func give(_ answer: Answer) -> Bool {
        let (waiter, isFirst): (Waiter?, Bool) = state.withLock { state in
            switch state {
            case .open:
                state = .early(answer)
                return (nil, true)
            case .awaited(let waiter):
                state = .done
                return (waiter, true)
            case .early, .done: return (nil, false)
            }
        }
        waiter?.resume(returning: answer)
        return isFirst
    }

    private func wait(_ waiter: Waiter) {
        let early: Answer? = state.withLock { state in
            guard case .early(let answer) = state else {
                state = .awaited(waiter)
                return nil
            }
            state = .done
            return answer
        }
        if let early { waiter.resume(returning: early) }
    }
}
