// SPDX-License-Identifier: Apache-2.0

import Foundation
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

    /// The disk takes the revocation, and not what webhooks would be told of it.
    @Test func aFullDiskStopsTheMessageAndNotTheRevocation() async throws {
        try await TemporaryFolder.use { folder in
            let numbers = Atomic<UInt64>(0)
            let store = try SQLiteStore.opened(in: folder, sizeLimit: 1_200_000)
            let rules = SharingRules(linksPerCart: 1_000)
            let shop = TestShop(store: store, rules: rules) {
                let number = numbers.wrappingAdd(1, ordering: .relaxed).newValue
                return LinkID(high: number &* 0x9E37_79B9_7F4A_7C15, low: number)
            }
            try await shop.push()
            var links: [Link] = []
            for _ in 0..<300 { links.append(try await shop.issue()) }
            var number = 0
            for size in [100_000, 10_000, 1_000, 10] {
                while (try? await shop.push("filler-\(number)", document: String(repeating: "x", count: size))) != nil { number += 1 }
            }
            let losses = Losses(of: store)
            var revoked = 0
            while revoked < links.count, (try? await shop.revoke(links[revoked])) != nil { revoked += 1 }
            #expect(losses.count > 0 && revoked > losses.count, "\(revoked) revoked, \(losses.count) of them untold")
            for link in links.prefix(revoked) { #expect(try await shop.stored(link.id)?.revokedAt != nil) }
            let rows = try await shop.audit()
            #expect(rows.count { $0.entry.action == .linkRevoked } == revoked)
            #expect(StoreRule.auditChain.firstBroken(in: rows, after: (0, .start)) == nil)
            try await store.close()
        }
    }

    /// From before there were webhooks.
    @Test func theFourthVersionsLinksAreToldOfFromNowOn() async throws {
        try await TemporaryFolder.use { folder in
            try FourthVersion.write(in: folder)
            let store = try SQLiteStore.opened(in: folder)
            #expect(store.facts.schemaVersion == 5)
            let shop = TestShop(store: store)
            #expect(try await shop.due().isEmpty)
            let link = try #require(try await shop.stored(FourthVersion.link))
            try await shop.revoke(link, by: TestShop.carla)
            #expect(try await shop.due().map(\.message.link) == [link.id])
            try await store.close()
        }
    }
}
