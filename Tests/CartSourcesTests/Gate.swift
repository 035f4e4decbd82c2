// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Synchronization

/// Fetches that wait until the test lets them go, each in its turn.
final class Gate: Sendable {
    private let begun = Atomic<Int>(0)
    private let allowed = Atomic<Int>(0)

    var count: Int { begun.load(ordering: .sequentiallyConsistent) }

    func open(_ more: Int = 1) { allowed.wrappingAdd(more, ordering: .sequentiallyConsistent) }

    /// The number of this pass, from 1. It ends early where the task is cancelled.
    func pass() async throws(SourceError) -> Int {
        let number = begun.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue
        while allowed.load(ordering: .sequentiallyConsistent) < number {
            do { try await Task.sleep(for: .milliseconds(1)) } catch { throw .unavailable(cause: "cut off") }
        }
        return number
    }
}

/// Waits until something that happens beside is seen.
func eventually(_ isSo: @Sendable () -> Bool) async -> Bool {
    for _ in 0..<5_000 {
        if isSo() { return true }
        try? await Task.sleep(for: .milliseconds(1))
    }
    return false
}

/// A clock that stands still until it is moved.
final class StillClock: Sendable {
    private let start = ContinuousClock.now
    private let passed = Mutex(Duration.zero)

    @Sendable func now() -> ContinuousClock.Instant { start + passed.withLock { $0 } }

    func advance(_ time: Duration) { passed.withLock { $0 += time } }
}
