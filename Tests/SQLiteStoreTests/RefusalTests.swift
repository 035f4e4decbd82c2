// SPDX-License-Identifier: Apache-2.0

import Foundation
import SQLiteStore
import ShareLinks
import StoreContract
import Testing

@Suite struct RefusalTests {
    @Test func secondStoreInOneFolderIsRefused() async throws {
        try await TemporaryFolder.use { folder in
            let store = try SQLiteStore.opened(in: folder)
            #expect(throws: StoreRefusal.inUse(folder: folder)) { try SQLiteStore.opened(in: folder) }
            try await TestShop(store: store).push()
            try await store.close()
            _ = try SQLiteStore.opened(in: folder)
        }
    }

    @Test func anotherProcessAndTheStoreShutEachOtherOut() async throws {
        try await TemporaryFolder.use { folder in
            let store = try SQLiteStore.opened(in: folder)
            #expect(try Child.lock(folder, thenRun: "true").waitForExit() == 1)
            try await store.close()
            let child = try Child.lock(folder, thenRun: "echo locked; cat")
            #expect(child.readLine() == "locked")
            #expect(throws: StoreRefusal.inUse(folder: folder)) { try SQLiteStore.opened(in: folder) }
            #expect(child.closeInputAndWait() == 0)
            _ = try SQLiteStore.opened(in: folder)
        }
    }

    @Test func folderThatTakesNoFilesIsRefused() async throws {
        try await TemporaryFolder.use { parent in
            try FileManager.default.createDirectory(atPath: parent + "/lock/cartlink.lock", withIntermediateDirectories: true)
            #expect(throws: StoreRefusal.notWritable(folder: parent + "/lock")) { try SQLiteStore.opened(in: parent + "/lock") }
            try Data().write(to: URL(fileURLWithPath: parent + "/file"))
            #expect(throws: StoreRefusal.notWritable(folder: parent + "/file")) { try SQLiteStore.opened(in: parent + "/file") }
            #expect(throws: StoreRefusal.notWritable(folder: parent + "/file/data")) { try SQLiteStore.opened(in: parent + "/file/data") }
        }
    }

    @Test func emptyAndForeignFilesAreRefusedAndLeftAlone() async throws {
        try await TemporaryFolder.use { parent in
            let folder = try await closedStore(in: parent + "/data")
            let whole = try folder.bytes()
            let version = whole[63]
            let cases: [(StoreRefusal, [UInt8])] = [
                (.empty(file: folder.database), []),
                (.notADatabase(file: folder.database), Array("hello".utf8)),
                (.notADatabase(file: folder.database), [UInt8](repeating: 0, count: whole.count)),
                (.foreign(file: folder.database), whole.withNumber(0, at: 68)),
                (
                    .newer(file: folder.database, found: Int(version) + 1, known: Int(version)),
                    whole.withNumber(version + 1, at: 60)
                ),
            ]
            for (refusal, bytes) in cases {
                try folder.write(bytes)
                #expect(throws: refusal) { try SQLiteStore.opened(in: folder.folder) }
                #expect(try folder.bytes() == bytes)
                #expect(!"\(refusal)".contains("\n"))
            }
            try folder.write(whole)
            _ = try SQLiteStore.opened(in: folder.folder)
        }
    }

    @Test func missingLogOfACrashIsRefusedUntilTheOperatorDecides() async throws {
        try await TemporaryFolder.use { parent in
            let running = StoreFiles(folder: parent + "/running")
            let store = try SQLiteStore.opened(in: running.folder)
            try await TestShop(store: store).push()
            let crashed = StoreFiles(folder: parent + "/crashed")
            try running.copy(to: crashed.folder)
            try crashed.remove("cartlink.sqlite-wal")
            #expect(throws: StoreRefusal.logMissing(file: crashed.database)) { try SQLiteStore.opened(in: crashed.folder) }
            #expect(throws: StoreRefusal.logMissing(file: crashed.database)) { try SQLiteStore.opened(in: crashed.folder) }
            try crashed.remove("cartlink.lock")
            _ = try SQLiteStore.opened(in: crashed.folder)
            try await store.close()
        }
    }

    @Test func storeThatWasClosedNeedsNoLog() async throws {
        try await TemporaryFolder.use { parent in
            let folder = try await closedStore(in: parent + "/data")
            for end in ["cartlink.sqlite-wal", "cartlink.sqlite-shm"] where folder.exists(end) { try folder.remove(end) }
            #expect(try await TestShop(store: try SQLiteStore.opened(in: folder.folder)).audit().count == 41)
        }
    }

    @Test func logWithoutItsDatabaseIsNotANewStore() async throws {
        try await TemporaryFolder.use { parent in
            let running = StoreFiles(folder: parent + "/running")
            let store = try SQLiteStore.opened(in: running.folder)
            let crashed = StoreFiles(folder: parent + "/crashed")
            try running.copy(to: crashed.folder)
            try crashed.remove("cartlink.sqlite")
            #expect(!SQLiteStore.isNew(folder: crashed.folder))
            #expect(throws: StoreRefusal.databaseMissing(file: crashed.database)) { try SQLiteStore.opened(in: crashed.folder) }
            try await store.close()
        }
    }

    @Test func halfMadeDatabaseIsMadeAnew() async throws {
        try await TemporaryFolder.use { folder in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for end in ["", "-journal", "-wal"] {
                try Data("half".utf8).write(to: URL(fileURLWithPath: folder + "/cartlink.sqlite.new" + end))
            }
            #expect(SQLiteStore.isNew(folder: folder))
            try await TestShop(store: try SQLiteStore.opened(in: folder)).push()
            #expect(try !FileManager.default.contentsOfDirectory(atPath: folder).contains { $0.contains(".new") })
        }
    }

    @Test func auditUnderAnotherKeyIsRefused() async throws {
        try await TemporaryFolder.use { parent in
            let running = StoreFiles(folder: parent + "/running")
            let store = try SQLiteStore.opened(in: running.folder)
            try await TestShop(store: store).push()
            // A refusal must not use up the log of a crash.
            let crashed = StoreFiles(folder: parent + "/crashed")
            try running.copy(to: crashed.folder)
            let other = try #require(AuditChain(key: [UInt8](repeating: 9, count: 32)))
            for _ in 0..<2 {
                #expect(throws: StoreRefusal.auditDiffers(file: crashed.database)) {
                    try SQLiteStore.open(folder: crashed.folder, auditChain: other, diskReserve: 0)
                }
            }
            #expect(try await TestShop(store: try SQLiteStore.opened(in: crashed.folder)).audit().count == 1)
            try await store.close()
        }
    }
}

/// A folder with a closed store that holds a cart and 40 more audit rows: links, of which every other one is revoked.
func closedStore(in folder: String, links: Int = 27) async throws -> StoreFiles {
    let store = try SQLiteStore.opened(in: folder)
    let shop = TestShop(store: store)
    try await shop.push()
    for number in 0..<links {
        let link = try await shop.issue()
        if number.isMultiple(of: 2), number < 26 { try await shop.revoke(link) }
    }
    try await store.close()
    return StoreFiles(folder: folder)
}

extension [UInt8] {
    fileprivate func withNumber(_ number: UInt8, at place: Int) -> [UInt8] {
        var bytes = self
        bytes.replaceSubrange(place..<place + 4, with: [0, 0, 0, number])
        return bytes
    }
}
