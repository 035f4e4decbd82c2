// SPDX-License-Identifier: Apache-2.0

import ShareLinks

@testable import CartlinkServer

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

extension TestShop {
    /// The same shop once its store went away.
    func withBrokenStore() -> TestShop { with(BrokenStore()) }

    /// The same shop on a node that knows another store.
    func with(_ store: any LinkStore) -> TestShop {
        var shop = self
        shop.server = CartlinkServer(
            sharing: Sharing(store: store, keys: sharing.keys, rules: sharing.rules),
            authenticator: server.authenticator,
            projections: server.projections,
            settings: server.settings,
            readiness: readiness,
            renderMetrics: server.renderMetrics,
            now: server.now
        )
        return shop
    }
}
