// SPDX-License-Identifier: Apache-2.0

import SQLiteStore
import ShareLinks
import StoreContract
import Testing

/// Stores that were restored from a copy.
@Suite struct GenerationTests {
    @Test func generationFollowsTheAuditAndOutlivesAClose() async throws {
        try await TemporaryFolder.use { folder in
            let store = try SQLiteStore.opened(in: folder)
            #expect(store.generation == StoreGeneration(epoch: 0, sequence: 0, code: .start))
            let shop = TestShop(store: store)
            try await shop.push()
            let last = try #require(try await shop.audit().last)
            #expect(store.generation == StoreGeneration(epoch: 0, sequence: 1, code: last.code))
            try await shop.letGoOn()
            let after = store.generation
            #expect(after.epoch == 7 && after.sequence == 2)
            try await store.close()
            let again = try SQLiteStore.opened(in: folder, known: after)
            #expect(again.generation == after)
            try await again.close()
        }
    }

    @Test func restoredOlderCopyIsRefusedUntilItGoesOnInANewEpoch() async throws {
        try await TemporaryFolder.use { parent in
            let store = try SQLiteStore.opened(in: parent + "/data")
            let shop = TestShop(store: store)
            try await shop.push()
            let copy = parent + "/copy"
            try StoreFiles(folder: parent + "/data").copy(to: copy)
            let link = try await shop.issue()
            try await shop.revoke(link)
            let known = store.generation
            try await store.close()
            let refusal = StoreRefusal.behind(folder: copy, how: "audit row 3 isn't the one that was there")
            #expect(throws: refusal) { try SQLiteStore.opened(in: copy, known: known) }
            #expect("\(refusal)".contains("cartlink distrust"))
            // Also where it has grown as long since.
            let other = try SQLiteStore.opened(in: copy)
            for number in 0..<5 { try await TestShop(store: other).push("cart-\(number)", name: "other") }
            try await other.close()
            #expect(throws: refusal) { try SQLiteStore.opened(in: copy, known: known) }
            let restored = try SQLiteStore.opened(in: copy)
            try await TestShop(store: restored).letGoOn()
            let later = restored.generation
            try await restored.close()
            try await SQLiteStore.opened(in: copy, known: known).close()
            // And the history that was left is behind from now on.
            #expect(throws: StoreRefusal.behind(folder: parent + "/data", how: "its epoch is 0 and was 7")) {
                try SQLiteStore.opened(in: parent + "/data", known: later)
            }
        }
    }

    @Test func newStoreWhereThereWasOneIsRefused() async throws {
        try await TemporaryFolder.use { folder in
            let known = StoreGeneration(epoch: 0, sequence: 4, code: .start)
            #expect(throws: StoreRefusal.behind(folder: folder, how: "audit row 4 isn't the one that was there")) {
                try SQLiteStore.opened(in: folder, known: known)
            }
        }
    }
}

extension TestShop {
    fileprivate func letGoOn() async throws {
        _ = try await administration.distrust(
            before: TestShop.start,
            epoch: 7,
            isDryRun: false,
            by: TestShop.admin,
            at: TestShop.start
        )
    }
}
