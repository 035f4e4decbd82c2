// SPDX-License-Identifier: Apache-2.0

package import ShareLinks
import Testing

/// One thing that every store must do, whatever keeps its rows. A store's tests run all of them, each on a new store.
package struct StoreRule: Sendable, CustomTestStringConvertible {
    package let name: String
    /// Checks the rule on an empty store that chains its audit under ``auditChain``.
    package let holds: @Sendable (any LinkStore) async throws -> Void

    package var testDescription: String { name }

    init(_ name: String, _ holds: @escaping @Sendable (TestShop) async throws -> Void) {
        self.name = name
        self.holds = { store in try await holds(TestShop(store: store)) }
    }

    package static let all = [
        carts, cartLives, links, linkChanges, issuing, searches, selections, keys, audits, transactions,
        grants, grantSelections, comments, directory,
        accepting, acceptLimits, deadLinks, decisions, linkTitles, memberships, leaving, takeOvers, refusedTakeOvers, sharedCarts,
        takeDowns, distrust, changeFeed, opens, snapshots, snapshotEnds, notices, outbox, sources,
    ].flatMap { $0 }

    /// The webhooks that a store must be opened with for these rules: one that hears everything, and one of revocations alone.
    package static let webhooks = [("https://all.example/hooks", ["*"]), ("https://some.example/hooks", ["link.revoked"])].map {
        Webhook(url: $0.0, host: "example", events: $0.1)!
    }

    package static let auditChain = AuditChain(key: [UInt8](repeating: 7, count: 32))!
}
