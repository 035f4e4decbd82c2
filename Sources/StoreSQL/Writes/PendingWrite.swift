// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// A change that waits for its turn, with whoever waits for its answer.
struct PendingWrite: Sendable {
    typealias Reply = @Sendable () -> Void

    let purpose: WritePurpose
    /// Makes the change; the reply it returns may be sent once the change is durable.
    let apply: @Sendable (SQLiteTransaction) throws(ShareError) -> Reply
    let refuse: @Sendable (ShareError) -> Void

    init<Answer: Sendable>(
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
}
