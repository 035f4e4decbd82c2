// SPDX-License-Identifier: Apache-2.0

import Foundation
import SQLiteStore
import ShareLinks
import StoreContract
import Testing

@Suite struct OpeningTests {
    @Test func newFolderIsMadeForItsUserAlone() async throws {
        try await TemporaryFolder.use { parent in
            let folder = parent + "/deeper/data"
            #expect(SQLiteStore.isNew(folder: folder))
            let store = try SQLiteStore.opened(in: folder)
            #expect(!SQLiteStore.isNew(folder: folder))
            try await TestShop(store: store).push()
            let files = StoreFiles(folder: folder)
            #expect(try files.mode(of: ".") == 0o700)
            for end in ["cartlink.sqlite", "cartlink.sqlite-wal", "cartlink.sqlite-shm", "cartlink.lock"] {
                #expect(try files.mode(of: end) == 0o600, "\(end)")
            }
            try await store.close()
        }
    }

    @Test func slashAtTheEndOfThePathChangesNothing() async throws {
        try await TemporaryFolder.use { folder in
            let store = try SQLiteStore.opened(in: folder + "//")
            #expect(try StoreFiles(folder: folder).mode(of: ".") == 0o700)
            #expect(throws: StoreRefusal.inUse(folder: folder)) { try SQLiteStore.opened(in: folder) }
            try await store.close()
        }
    }

    @Test func commitsAreSyncedBeforeTheyAreAcknowledged() async throws {
        try await TemporaryFolder.use { folder in
            let store = try SQLiteStore.opened(in: folder)
            #expect(store.facts.journalMode == "wal")
            #expect(store.facts.synchronous == 2)
            #expect(store.facts.schemaVersion == 7)
            #expect(store.facts.sqliteVersion.hasPrefix("3."))
            try await store.close()
            #expect(try SQLiteStore.opened(in: folder).facts == store.facts)
        }
    }

    @Test func reopenedStoreHasEverythingAndGoesOn() async throws {
        try await TemporaryFolder.use { folder in
            var store = try SQLiteStore.opened(in: folder)
            let cart = try await TestShop(store: store).push(name: "One")
            let kept = try await TestShop(store: store).issue()
            let revoked = try await TestShop(store: store).issue()
            try await TestShop(store: store).revoke(revoked)
            try await store.close()
            store = try SQLiteStore.opened(in: folder)
            let shop = TestShop(store: store)
            #expect(try await shop.stored(kept.id) == kept)
            #expect(try await shop.stored(revoked.id)?.revokedAt == TestShop.start)
            #expect(try await shop.push(name: "Two").version > cart.version)
            let rows = try await shop.audit()
            #expect(rows.count == 5)
            #expect(StoreRule.auditChain.firstBroken(in: rows, after: (0, .start)) == nil)
            try await store.close()
        }
    }

    @Test func whatWasAcknowledgedSurvivesACrash() async throws {
        try await TemporaryFolder.use { parent in
            let running = StoreFiles(folder: parent + "/running")
            let store = try SQLiteStore.opened(in: running.folder)
            let shop = TestShop(store: store)
            try await shop.push()
            var links: [Link] = []
            for number in 0..<20 {
                links.append(try await shop.issue())
                if number.isMultiple(of: 2) { try await shop.revoke(links[number]) }
                let crashed = parent + "/crash-\(number)"
                try running.copy(to: crashed)
                let after = TestShop(store: try SQLiteStore.opened(in: crashed))
                for link in links { #expect(try await after.stored(link.id) == shop.stored(link.id)) }
            }
            try await store.close()
        }
    }

    @Test func closingTwiceIsHarmless() async throws {
        try await TemporaryFolder.use { folder in
            let store = try SQLiteStore.opened(in: folder)
            try await store.close()
            try await store.close()
            _ = try SQLiteStore.opened(in: folder)
        }
    }

    @Test func storeThatIsDroppedWithoutClosingOpensAgain() async throws {
        try await TemporaryFolder.use { folder in
            for count in 1...5 {
                let store = try await openedOnceFree(in: folder)
                try await TestShop(store: store).push()
                #expect(try await TestShop(store: store).audit().count == count)
            }
        }
    }

    /// The connections let go of a folder a moment after their store was dropped.
    private func openedOnceFree(in folder: String) async throws -> SQLiteStore {
        while true {
            do throws(StoreRefusal) {
                return try SQLiteStore.opened(in: folder)
            } catch {
                guard error == .inUse(folder: folder) else { throw error }
                await Task.yield()
            }
        }
    }

    @Test func closedStoreRefusesEverything() async throws {
        try await TemporaryFolder.use { folder in
            let store = try SQLiteStore.opened(in: folder)
            try await store.close()
            let closed = ShareError.storeUnavailable(StoreError(.unreachable, cause: ""))
            await #expect(throws: closed) { try await TestShop(store: store).push() }
            await #expect(throws: closed) { try await TestShop(store: store).stored(LinkID(high: 0, low: 0)) }
            await #expect(throws: closed) { try await store.check() }
        }
    }

    @Test func closingAnswersTheChangesThatWait() async throws {
        try await TemporaryFolder.use { folder in
            let store = try SQLiteStore.opened(in: folder)
            let shop = TestShop(store: store, rules: SharingRules(linksPerCart: 1000))
            try await shop.push()
            try await withThrowingTaskGroup { group in
                for _ in 0..<50 { group.addTask { _ = try? await shop.issue() } }
                group.addTask { try await store.close() }
                try await group.waitForAll()
            }
            let after = TestShop(store: try SQLiteStore.opened(in: folder))
            let rows = try await after.audit()
            #expect(StoreRule.auditChain.firstBroken(in: rows, after: (0, .start)) == nil)
        }
    }
}
