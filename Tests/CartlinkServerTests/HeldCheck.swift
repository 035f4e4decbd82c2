// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Synchronization

/// A check of the revisions that ends when the test says so: what other nodes changed is heard of then.
final class HeldCheck: RevisionCheck {
    typealias Done = @Sendable (ShareError?) -> Void

    static let failure = ShareError.storeUnavailable(StoreError(.unreachable, cause: "CAUSE of sda1"))

    private let state = Mutex<(calls: Int, waiting: [Done])>((0, []))

    func pass(_ done: @escaping Done) {
        state.withLock { state in
            state.calls += 1
            state.waiting.append(done)
        }
    }

    /// Calls so far.
    var calls: Int { state.withLock { $0.calls } }

    /// Waits until so many calls were made, but not for ever: a test that goes on without one fails.
    func called(_ count: Int) async {
        for _ in 0..<30_000 where calls < count { try? await Task.sleep(for: .milliseconds(1)) }
    }

    /// Ends the calls that were made until now.
    func end(_ error: ShareError? = nil) {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        for done in waiting { done(error) }
    }
}

/// A check that can't be made.
struct BrokenCheck: RevisionCheck {
    func pass(_ done: @escaping @Sendable (ShareError?) -> Void) { done(HeldCheck.failure) }
}
