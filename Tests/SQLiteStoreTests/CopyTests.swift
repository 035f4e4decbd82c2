// SPDX-License-Identifier: Apache-2.0

import GRDB
import SQLiteStore
import ShareLinks
import StoreContract
import StoreSQL
import Testing

/// From one file into another: what goes wrong here goes wrong between two databases of different kinds, too.
@Suite struct CopyTests {
    private static let now: Int64 = 1_790_000_000_000

    @Test func aCopyHoldsTheSameAndGoesOnInALaterEpoch() async throws {
        try await TemporaryFolder.use { parent in
            let (source, target) = (try SQLiteStore.opened(in: parent + "/from"), try SQLiteStore.opened(in: parent + "/to"))
            try await History(on: source).run(seed: 11, steps: 200)
            let known = source.generation
            let tables = try Self.copy(source, to: target, epoch: Self.now)
            #expect(tables.filter { !$0.isEqual }.isEmpty)
            let links = try #require(tables.first { $0.table == "link" })
            #expect(links.source.count > 2)
            let look = { @Sendable (view: any StoreView) throws(ShareError) in
                try view.links(matching: LinkQuery(), at: TestShop.start, after: nil, limit: 100).links
            }
            let (held, copied) = (try await source.read(look), try await target.read(look))
            #expect(held == copied && !held.isEmpty)
            try await target.close()
            try await source.close()
            let again = try SQLiteStore.opened(in: parent + "/to", known: known)
            #expect(again.generation == StoreGeneration(epoch: Self.now, sequence: known.sequence, code: known.code))
            try await again.close()
        }
    }

    @Test func aCopyOfAStoreWithALaterEpochGoesOnAfterThat() async throws {
        try await TemporaryFolder.use { parent in
            let (source, target) = (try SQLiteStore.opened(in: parent + "/from"), try SQLiteStore.opened(in: parent + "/to"))
            _ = try Self.copy(source, to: target, epoch: Self.now)
            try await source.close()
            let third = try SQLiteStore.opened(in: parent + "/third")
            _ = try Self.copy(target, to: third, epoch: 5)
            try await target.close()
            try await third.close()
            let again = try SQLiteStore.opened(in: parent + "/third")
            #expect(again.generation.epoch == Self.now + 1)
            try await again.close()
        }
    }

    @Test func aRowThatChangesOnTheWayIsFound() async throws {
        try await TemporaryFolder.use { parent in
            let (source, target) = (try SQLiteStore.opened(in: parent + "/from"), try SQLiteStore.opened(in: parent + "/to"))
            try await TestShop(store: source).push()
            try Self.run("CREATE TRIGGER spoil AFTER INSERT ON cart BEGIN UPDATE cart SET version = version + 1; END", in: parent + "/to")
            do throws(CopyRefusal) {
                _ = try Self.copy(source, to: target, epoch: Self.now)
                Issue.record("the copy was taken for whole")
            } catch {
                guard case .differs(let tables) = error else { throw error }
                #expect(tables.filter { !$0.isEqual }.map { $0.table } == ["cart"])
            }
            try Self.run("DROP TRIGGER spoil", in: parent + "/to")
            _ = try Self.copy(source, to: target, epoch: Self.now)
            try await target.close()
            try await source.close()
        }
    }

    /// A table or column that a later version adds must not be left behind.
    @Test func everyTableAndColumnIsPartOfACopy() async throws {
        try await TemporaryFolder.use { folder in
            let store = try SQLiteStore.opened(in: folder)
            try await store.close()
            let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%'"
            let found = try await DatabaseQueue(path: folder + "/cartlink.sqlite").read { database in
                let names = try String.fetchAll(database, sql: tables)
                return try Dictionary(uniqueKeysWithValues: names.map { ($0, Set(try database.columns(in: $0).map(\.name))) })
            }
            var copied: [String: Set<String>] = [:]
            for table in StoredTable.all { copied[table.name] = Set(table.columns.map { $0.replacing("\"", with: "") }) }
            // Given anew by the copy.
            copied["counter"]?.insert("epoch")
            #expect(found == copied)
        }
    }

    private static func copy(_ source: SQLiteStore, to target: SQLiteStore, epoch: Int64) throws(CopyRefusal) -> [TableComparison] {
        try source.copyOut { source throws(CopyRefusal) in
            try target.copyIn { target throws(CopyRefusal) in try StoreCopy(from: source, to: target).run(epoch: epoch) }
        }
    }

    private static func run(_ sql: String, in folder: String) throws {
        try DatabaseQueue(path: folder + "/cartlink.sqlite").write { try $0.execute(sql: sql) }
    }
}
