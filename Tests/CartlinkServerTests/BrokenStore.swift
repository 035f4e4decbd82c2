// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// A store that can't be reached.
struct BrokenStore: LinkStore {
    private static let failure = ShareError.storeUnavailable(StoreError(.unreachable, cause: "CAUSE of sda1"))
    let changes = ChangeFeed()
    let webhooks: [Webhook] = []

    func read<Answer: Sendable>(
        _ look: @escaping @Sendable (any StoreView) throws(ShareError) -> Answer
    ) async throws(ShareError) -> Answer {
        throw Self.failure
    }

    func write<Answer: Sendable>(
        _ purpose: WritePurpose,
        _ change: @escaping @Sendable (any StoreTransaction) throws(ShareError) -> Answer
    ) async throws(ShareError) -> Answer {
        throw Self.failure
    }

    func check() async throws(ShareError) { throw Self.failure }
}
