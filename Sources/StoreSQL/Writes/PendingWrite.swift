// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

/// A change that waits for its turn, with whoever waits for its answer.
package struct PendingWrite: Sendable {
    package typealias Reply = @Sendable () -> Void

    package let purpose: WritePurpose
    let arrival = ContinuousClock.now
    /// Makes the change; the reply it returns may be sent once the change is durable.
    package let apply: @Sendable (SQLTransaction) throws(ShareError) -> Reply
    package let refuse: @Sendable (ShareError) -> Void

    package init<Answer: Sendable>(
        _ purpose: WritePurpose,
        _ change: @escaping @Sendable (any StoreTransaction) throws(ShareError) -> Answer,
        reply: @escaping @Sendable (Result<Answer, ShareError>) -> Void
    ) {
        self.purpose = purpose
        apply = { transaction throws(ShareError) in
            let answer = try change(transaction)
            return { reply(.success(answer)) }
        }
        refuse = { reply(.failure($0)) }
    }

    /// Has a change made by whoever `add` gives it to, and waits for the answer.
    ///
    /// A caller that is cancelled meanwhile still gets it: the change may have been made.
    package static func answer<Answer: Sendable>(
        _ purpose: WritePurpose,
        _ change: @escaping @Sendable (any StoreTransaction) throws(ShareError) -> Answer,
        _ add: (PendingWrite) -> Void
    ) async throws(ShareError) -> Answer {
        let answer: Result<Answer, ShareError> = await withCheckedContinuation { continuation in
            add(PendingWrite(purpose, change) { continuation.resume(returning: $0) })
        }
        return try answer.get()
    }
}
