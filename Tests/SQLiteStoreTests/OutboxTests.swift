// SPDX-License-Identifier: Apache-2.0

import GRDB
import SQLiteStore
import ShareLinks
import StoreContract
import Synchronization
import Testing

/// What an outbox does that can hold no more. Its rules are in the contract.
@Suite struct OutboxTests {
    /// Counts what was changed without a word to webhooks.
    private final class Losses: Sendable {
        private let losses = Atomic<Int>(0)

        init(of store: SQLiteStore) {
            store.changes.listen { [self] changes in
                if changes.contains(.untold) { losses.wrappingAdd(1, ordering: .relaxed) }
            }
        }

        var count: Int { losses.load(ordering: .relaxed) }
    }

    /// Changes a closed store's file.
    private func change(_ folder: String, _ sql: String) throws {
        let database = try DatabaseQueue(path: folder + "/cartlink.sqlite")
        try database.writeWithoutTransaction { try $0.execute(sql: sql) }
        try database.close()
    }

    @Test func aFullOutboxTakesRevocationsAlone() async throws {
        try await TemporaryFolder.use { folder in
            var store = try SQLiteStore.opened(in: folder)
            try await TestShop(store: store).push()
            try await TestShop(store: store).deliverAll()
            try await store.close()
            try change(folder, "UPDATE webhook SET waiting = \(OutboxLimits.waiting)")
            store = try SQLiteStore.opened(in: folder)
            let (shop, losses) = (TestShop(store: store), Losses(of: store))
            let link = try await shop.issue()
            #expect(try await shop.due().isEmpty && losses.count == 1)
            try await shop.revoke(link)
            #expect(try await shop.due().map(\.message.kind) == [.linkRevoked])
            #expect(losses.count == 1)
            try await store.close()
        }
    }

    /// What takes another message's place needs no room: the newest version is the last that is told.
    @Test func aFullOutboxTakesWhatReplacesAMessage() async throws {
        try await TemporaryFolder.use { folder in
            var store = try SQLiteStore.opened(in: folder)
            try await TestShop(store: store).push()
            try await store.close()
            try change(folder, "UPDATE webhook SET waiting = \(OutboxLimits.waiting)")
            store = try SQLiteStore.opened(in: folder)
            let (shop, losses) = (TestShop(store: store), Losses(of: store))
            let before = try await shop.due().map(\.message.body)
            try await shop.push(document: #"{"items":[],"totals":{"items":1}}"#)
            let after = try await shop.due().map(\.message.body)
            #expect(after.count == before.count && after != before)
            #expect(losses.count == 0)
            try await store.close()
        }
    }

    @Test func theOldestDeadLetterMakesRoom() async throws {
        try await TemporaryFolder.use { folder in
            var store = try SQLiteStore.opened(in: folder)
            var shop = TestShop(store: store)
            try await shop.push()
            try await shop.deliverAll()
            let links = [try await shop.issue(), try await shop.issue(), try await shop.issue()]
            for waiting in try await shop.due().prefix(2) { try await kill(waiting, in: store) }
            try await store.close()
            try change(folder, "UPDATE webhook SET dead = \(OutboxLimits.deadLetters)")
            store = try SQLiteStore.opened(in: folder)
            shop = TestShop(store: store)
            try await kill(try #require(try await shop.due().first), in: store)
            let left = try await shop.administration.deadLetters(for: TestShop.admin, of: nil, before: nil, limit: 9)
            #expect(left.map(\.message.link) == [links[2].id, links[1].id])
            try await store.close()
        }
    }

    private func kill(_ waiting: WaitingMessage, in store: SQLiteStore) async throws {
        try await store.write(.takingAway) { store throws(ShareError) in
            try store.settle(waiting, as: .died(.gone, at: TestShop.start))
        }
    }

    /// The disk takes the revocation, and not what 300 webhooks would be told of it.
    @Test func aFullDiskStopsTheMessageAndNotTheRevocation() async throws {
        try await TemporaryFolder.use { folder in
            let webhooks = (0..<300).map { Webhook(url: "https://\($0).example", host: "x", events: ["link.revoked"])! }
            let store = try SQLiteStore.open(
                folder: folder,
                auditChain: StoreRule.auditChain,
                diskReserve: 0,
                sizeLimit: 600_000,
                webhooks: webhooks
            )
            let shop = TestShop(store: store)
            try await shop.push()
            let (one, other) = (try await shop.issue(), try await shop.issue())
            try await shop.push("last", document: String(repeating: "x", count: 40_000))
            var number = 0
            for size in [100_000, 10_000, 1_000] {
                while (try? await shop.push("filler-\(number)", document: String(repeating: "x", count: size))) != nil { number += 1 }
            }
            let losses = Losses(of: store)
            // Room for the revocation, and by far not for as many messages.
            try await shop.sharing.deleteCart(CartID("last")!, by: TestShop.storefront, at: TestShop.start)
            try await shop.revoke(one)
            #expect(try await shop.stored(one.id)?.revokedAt != nil && losses.count == 1)
            #expect(try await shop.due(webhooks[0].id).isEmpty)
            _ = try await shop.administration.revokeAll(
                .all,
                expected: 1,
                isDryRun: false,
                by: TestShop.admin,
                reason: "x",
                at: TestShop.start
            )
            #expect(try await shop.stored(other.id)?.revokedAt != nil)
            let rows = try await shop.audit()
            #expect(rows.suffix(2).map(\.entry.action) == [.linkRevoked, .linksRevoked])
            #expect(StoreRule.auditChain.firstBroken(in: rows, after: (0, .start)) == nil)
            try await store.close()
        }
    }

    /// From before there were webhooks.
    @Test func theFourthVersionsLinksAreToldOfFromNowOn() async throws {
        try await TemporaryFolder.use { folder in
            try FourthVersion.write(in: folder)
            let store = try SQLiteStore.opened(in: folder)
            #expect(store.facts.schemaVersion == 7)
            let shop = TestShop(store: store)
            #expect(try await shop.due().isEmpty)
            let link = try #require(try await shop.stored(FourthVersion.link))
            try await shop.revoke(link, by: TestShop.carla)
            #expect(try await shop.due().map(\.message.link) == [link.id])
            try await store.close()
        }
    }
}
