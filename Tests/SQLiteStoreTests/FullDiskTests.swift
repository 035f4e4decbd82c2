// SPDX-License-Identifier: Apache-2.0

import SQLiteStore
import ShareLinks
import StoreContract
import Synchronization
import Testing

@Suite struct FullDiskTests {
    private let full = ShareError.storeUnavailable(StoreError(.full, cause: ""))

    @Test func belowTheReserveOnlyWhatTakesPowerAwayIsWritten() async throws {
        try await TemporaryFolder.use { folder in
            let free = Atomic<Int64>(1000)
            let store = try SQLiteStore.open(folder: folder, auditChain: StoreRule.auditChain, diskReserve: 1000) { _ in
                free.load(ordering: .relaxed)
            }
            let shop = TestShop(store: store)
            try await shop.push()
            let link = try await shop.issue()
            free.store(999, ordering: .relaxed)
            await #expect(throws: full) { try await shop.issue() }
            await #expect(throws: full) { try await shop.push() }
            #expect(try await shop.stored(link.id) == link)
            try await store.check()
            try await shop.revoke(link)
            #expect(try await shop.stored(link.id)?.revokedAt != nil)
            free.store(1000, ordering: .relaxed)
            try await shop.issue()
            try await store.close()
        }
    }

    @Test func reserveIsJudgedForEachChangeOfAGroup() async throws {
        try await TemporaryFolder.use { folder in
            let free = Atomic<Int64>(.max)
            let store = try SQLiteStore.open(folder: folder, auditChain: StoreRule.auditChain, diskReserve: 1) { _ in
                free.load(ordering: .relaxed)
            }
            let shop = TestShop(store: store)
            try await shop.push()
            let links = [try await shop.issue(), try await shop.issue(), try await shop.issue()]
            let commits = store.commits
            let done = try await gathered(in: store, until: { store.waiting == 6 }) { group in
                free.store(0, ordering: .relaxed)
                for link in links {
                    group.addTask {
                        try await shop.revoke(link)
                        return link.id
                    }
                    group.addTask {
                        await #expect(throws: full) { try await shop.issue() }
                        return nil
                    }
                }
            }
            #expect(Set(done) == Set(links.map(\.id)))
            #expect(store.commits == commits + 2)
            #expect(try await shop.audit().count == 7)
            try await store.close()
        }
    }

    @Test func fullDiskRefusesOneChangeAndRecoversWithoutRestart() async throws {
        try await TemporaryFolder.use { folder in
            var store = try SQLiteStore.opened(in: folder, sizeLimit: 400_000)
            let shop = TestShop(store: store)
            try await shop.push("large", document: String(repeating: "x", count: 100_000))
            let link = try await shop.issue(to: "large")
            let tooLarge = String(repeating: "x", count: 400_000)
            await #expect(throws: full) { try await shop.push("other", document: tooLarge) }
            try await store.check()
            #expect(try await shop.stored(link.id) == link)
            try await shop.revoke(link)
            try await shop.push("small")
            let rows = try await shop.audit()
            #expect(rows.count == 4)
            #expect(StoreRule.auditChain.firstBroken(in: rows, after: (0, .start)) == nil)
            try await store.close()
            store = try SQLiteStore.opened(in: folder)
            try await TestShop(store: store).push("other", document: tooLarge)
            try await store.close()
        }
    }

    /// SQLite undoes the whole transaction there, so the others of the group are made again without the one that didn't fit.
    @Test func revocationsOfAGroupThatDidNotFitAreStillMade() async throws {
        try await TemporaryFolder.use { folder in
            let store = try SQLiteStore.opened(in: folder, sizeLimit: 400_000)
            let shop = TestShop(store: store)
            try await shop.push()
            let links = [try await shop.issue(), try await shop.issue()]
            let tooLarge = String(repeating: "x", count: 400_000)
            let done = try await gathered(in: store, until: { store.waiting == 3 }) { group in
                for link in links {
                    group.addTask {
                        try await shop.revoke(link)
                        return link.id
                    }
                }
                group.addTask {
                    await #expect(throws: full) { try await shop.push("other", document: tooLarge) }
                    return nil
                }
            }
            #expect(Set(done) == Set(links.map(\.id)))
            for link in links { #expect(try await shop.stored(link.id)?.revokedAt != nil) }
            let rows = try await shop.audit()
            #expect(rows.count == 5)
            #expect(StoreRule.auditChain.firstBroken(in: rows, after: (0, .start)) == nil)
            try await store.close()
        }
    }
}
