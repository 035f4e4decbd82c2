// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Synchronization

/// A store whose reads can be held after they have read, as a slow disk or a busy thread would hold them.
final class HeldStore: LinkStore {
    private struct State {
        var holds = false
        var waiting: [CheckedContinuation<Void, Never>] = []
        var reads = 0
    }

    private let store: any LinkStore
    private let state = Mutex(State())

    /// - Parameter check: makes it another node's store: what is written past it is heard of by the check alone.
    init(_ store: any LinkStore, check: (any RevisionCheck)? = nil) {
        self.store = store
        revisionCheck = check
        changes = check == nil ? store.changes : ChangeFeed()
    }

    let changes: ChangeFeed
    let revisionCheck: (any RevisionCheck)?
    var webhooks: [Webhook] { store.webhooks }

    /// Reads that have begun.
    var reads: Int { state.withLock { $0.reads } }

    /// From now on reads don't come back before ``release()``.
    func hold() { state.withLock { $0.holds = true } }

    func release() {
        let waiting = state.withLock { state in
            state.holds = false
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Waits until so many reads are held.
    func held(_ count: Int) async {
        while state.withLock({ $0.waiting.count }) < count { await Task.yield() }
    }

    func read<Answer: Sendable>(
        _ look: @escaping @Sendable (any StoreView) throws(ShareError) -> Answer
    ) async throws(ShareError) -> Answer {
        state.withLock { $0.reads += 1 }
        let answer: Result<Answer, ShareError>
        do throws(ShareError) { answer = .success(try await store.read(look)) } catch { answer = .failure(error) }
        await withCheckedContinuation { continuation in
            let isHeld = state.withLock { state in
                if state.holds { state.waiting.append(continuation) }
                return state.holds
            }
            if !isHeld { continuation.resume() }
        }
        return try answer.get()
    }

    func write<Answer: Sendable>(
        _ purpose: WritePurpose,
        _ change: @escaping @Sendable (any StoreTransaction) throws(ShareError) -> Answer
    ) async throws(ShareError) -> Answer {
        try await store.write(purpose, change)
    }

    func check() async throws(ShareError) { try await store.check() }
}
