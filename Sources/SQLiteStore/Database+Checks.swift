// SPDX-License-Identifier: Apache-2.0

import GRDB

extension Database {
    /// GRDB's pool sets `synchronous` to NORMAL while it opens; under that a power cut may undo an acknowledged revocation.
    func makeDurable() throws {
        try execute(sql: "PRAGMA synchronous = FULL")
    }

    /// A group of changes touches a few pages of its own each time; those that don't fit are written twice.
    func makeRoomForGroups() throws {
        try execute(sql: "PRAGMA cache_size = -16000")
    }

    func limitSize(_ bytes: Int64) throws {
        let pageSize = try Int64.fetchOne(self, sql: "PRAGMA page_size") ?? 4096
        try execute(sql: "PRAGMA max_page_count = \(max(1, bytes / pageSize))")
    }

    /// Refuses a file that is another program's, newer or damaged. A large one is not read whole, so that a start stays quick.
    func check(_ folder: DataFolder) throws {
        guard try Int.fetchOne(self, sql: "PRAGMA application_id") == Schema.applicationID else {
            throw StoreRefusal.foreign(file: folder.database)
        }
        let found = try Int.fetchOne(self, sql: "PRAGMA user_version") ?? 0
        guard found <= Schema.version else { throw StoreRefusal.newer(file: folder.database, found: found, known: Schema.version) }
        let tables = try Set(String.fetchAll(self, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'"))
        guard tables.isSuperset(of: Schema.tables(after: max(1, found))) else { throw StoreRefusal.damaged(file: folder.database) }
        guard folder.size(of: folder.database) ?? 0 <= Self.wholeCheckLimit else { return }
        guard try String.fetchOne(self, sql: "PRAGMA quick_check(1)") == "ok" else { throw StoreRefusal.damaged(file: folder.database) }
    }

    private static var wholeCheckLimit: Int64 { 64 << 20 }

    /// How the database is open; refuses a file on disk that wouldn't keep what was acknowledged.
    func facts(_ folder: DataFolder? = nil) throws -> StoreFacts {
        let facts = StoreFacts(
            sqliteVersion: try String.fetchOne(self, sql: "SELECT sqlite_version()") ?? "unknown",
            journalMode: try String.fetchOne(self, sql: "PRAGMA journal_mode") ?? "unknown",
            synchronous: try Int.fetchOne(self, sql: "PRAGMA synchronous") ?? 0,
            schemaVersion: try Int.fetchOne(self, sql: "PRAGMA user_version") ?? 0,
            readers: folder == nil ? 0 : configuration.maximumReaderCount
        )
        guard let folder else { return facts }
        guard facts.journalMode == "wal" else { throw StoreRefusal.notWriteAhead(file: folder.database, mode: facts.journalMode) }
        guard facts.synchronous == 2 else { throw StoreRefusal.notDurable(file: folder.database, synchronous: facts.synchronous) }
        return facts
    }
}
