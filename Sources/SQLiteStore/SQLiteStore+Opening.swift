// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
package import ShareLinks
import StoreSQL

extension SQLiteStore {
    package static var standardGroupLimit: Int { WriteQueue.standardGroupLimit }
    /// As many as there are threads that ask at the same time, up to what their page caches may take of memory.
    package static var standardGlancers: Int { min(ProcessInfo.processInfo.activeProcessorCount, 4) }

    /// Whether `folder` holds no store yet, so that keys may be made for a new one.
    package static func isNew(folder: String) -> Bool {
        let folder = DataFolder(path: folder)
        return !folder.holdsDatabase && !folder.holdsLog
    }

    /// Opens the store in `folder`, or makes one there, and keeps every other process off it.
    ///
    /// - Parameters:
    ///   - diskReserve: bytes of free space below which only what takes power away is written.
    ///   - sizeLimit: bytes to which the database may grow; beyond that the disk counts as full.
    ///   - webhooks: those that hear of changes.
    ///   - known: how far the store had come when it was last seen; a store that is behind it isn't opened.
    ///   - groupLimit: how many changes share one commit at most.
    ///   - glancers: connections for brief look-ups, each for one thread at a time.
    ///   - freeSpace: the bytes that are free at a path; nil where the system doesn't tell.
    package static func open(
        folder path: String,
        auditChain: AuditChain,
        diskReserve: Int64,
        sizeLimit: Int64? = nil,
        webhooks: [Webhook] = [],
        known: StoreGeneration? = nil,
        groupLimit: Int = standardGroupLimit,
        glancers: Int = standardGlancers,
        freeSpace: @escaping @Sendable (String) -> Int64? = { DataFolder.freeSpace(at: $0) }
    ) throws(StoreRefusal) -> SQLiteStore {
        let folder = DataFolder(path: path)
        try folder.make()
        let lock = try FolderLock(folder)
        try folder.prepareDatabase(foundOpen: lock.foundOpen)
        lock.watchLog()
        do {
            let database = try DatabasePool(path: folder.database, configuration: .store(holding: lock))
            do {
                let (facts, lastAudit, epoch) = try database.writeWithoutTransaction { database in
                    try database.makeDurable()
                    try database.makeRoomForGroups()
                    try database.check(folder)
                    try Schema.bringUpToDate(database)
                    if let sizeLimit { try database.limitSize(sizeLimit) }
                    let session = SQLiteSession(database)
                    guard let lastAudit = try auditChain.lastPlace(in: session) else {
                        throw StoreRefusal.auditDiffers(file: folder.database)
                    }
                    let epoch = try session.epoch()
                    if let known, let how = try session.lag(behind: known, epoch: epoch) {
                        throw StoreRefusal.behind(folder: folder.path, how: how)
                    }
                    return (try database.facts(folder), lastAudit, epoch)
                }
                folder.closeToOthers()
                try folder.sync()
                try lock.markOpen()
                let writes = WriteQueue(
                    database: database,
                    chain: auditChain,
                    lastAudit: lastAudit,
                    epoch: epoch,
                    webhooks: webhooks,
                    groupLimit: groupLimit
                ) {
                    freeSpace(folder.path).map { $0 >= diskReserve } ?? true
                }
                let glances = try GlanceConnections(path: folder.database, count: glancers, configuration: .store(holding: lock))
                return SQLiteStore(database: database, facts: facts, writes: writes, lock: lock, glances: glances)
            } catch {
                try? database.close()
                throw error
            }
        } catch {
            lock.release()
            throw error as? StoreRefusal ?? StoreRefusal(sqlite: error, in: folder)
        }
    }

    /// A store that ends with the process, for tests.
    package static func inMemory(auditChain: AuditChain, webhooks: [Webhook] = []) throws -> SQLiteStore {
        let database = try DatabaseQueue(configuration: .store(holding: nil))
        let facts = try database.writeWithoutTransaction { database in
            try Schema.bringUpToDate(database)
            return try database.facts()
        }
        let writes = WriteQueue(database: database, chain: auditChain, lastAudit: .start, epoch: 0, webhooks: webhooks) { true }
        return SQLiteStore(database: database, facts: facts, writes: writes, lock: nil, glances: nil)
    }
}

extension DataFolder {
    /// Makes a new database, or looks whether the one that is here may be opened.
    fileprivate func prepareDatabase(foundOpen: Bool) throws(StoreRefusal) {
        guard holdsDatabase else {
            guard !holdsLog, !foundOpen else { throw .databaseMissing(file: database) }
            try makeDraft()
            do {
                let draft = try DatabaseQueue(path: draft, configuration: .store(holding: nil))
                try draft.writeWithoutTransaction { try Schema.bringUpToDate($0) }
                try draft.close()
            } catch {
                throw StoreRefusal(sqlite: error, in: self)
            }
            try nameDraft()
            return
        }
        try DatabaseHeader(of: self).check(self)
        guard holdsLog || !foundOpen else { throw .logMissing(file: database) }
    }
}

extension Configuration {
    /// The connections hold the folder's lock: it is let go after the last of them is closed.
    fileprivate static func store(holding lock: FolderLock?) -> Configuration {
        var configuration = Configuration()
        configuration.label = "cartlink.store"
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { database in
            withExtendedLifetime(lock) {}
            // No temporary files, no pages mapped into memory, no trust in what the file itself defines. A deleted cart's personal
            // data is overwritten. The write queue checkpoints.
            try database.execute(
                sql: """
                    PRAGMA busy_timeout = 2000;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA mmap_size = 0;
                    PRAGMA trusted_schema = OFF;
                    PRAGMA cell_size_check = ON;
                    PRAGMA secure_delete = ON;
                    PRAGMA cache_size = -4000;
                    PRAGMA wal_autocheckpoint = 0;
                    PRAGMA journal_size_limit = 67108864;
                    """
            )
        }
        return configuration
    }
}
