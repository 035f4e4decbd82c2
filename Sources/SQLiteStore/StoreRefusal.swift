// SPDX-License-Identifier: Apache-2.0

/// Why a store doesn't open: one line that says what to do.
package enum StoreRefusal: Error, Equatable, CustomStringConvertible {
    case inUse(folder: String)
    case notWritable(folder: String)
    case full(folder: String)
    /// The database file is gone, but its write-ahead log or the note of a run that didn't close it is there.
    case databaseMissing(file: String)
    /// The last run didn't close the store, and its write-ahead log is gone: what it acknowledged last may be lost.
    case logMissing(file: String)
    case empty(file: String)
    case notADatabase(file: String)
    case foreign(file: String)
    case newer(file: String, found: Int, known: Int)
    case damaged(file: String)
    case auditDiffers(file: String)
    /// It was restored from a backup: an earlier run saw more.
    case behind(folder: String, how: String)
    case notWriteAhead(file: String, mode: String)
    case notDurable(file: String, synchronous: Int)
    case failed(file: String, cause: String)

    package var description: String {
        switch self {
        case .inUse(let folder): "\(folder) is used by another process: stop it, or give this one a data folder of its own"
        case .notWritable(let folder): "\(folder) can't be written: give this user the folder and its files, on a disk that takes writes"
        case .full(let folder): "the disk of \(folder) is full: make room and start again"
        case .databaseMissing(let file): "\(file) is gone but what lies beside it tells of one: \(Self.restore)"
        case .logMissing(let file):
            "the last run ended without closing \(file) and its -wal file is gone: bring it back, or to go on without it delete cartlink.lock"
        case .empty(let file): "\(file) is empty: \(Self.restore)"
        case .notADatabase(let file): "\(file) is no SQLite database: \(Self.restore)"
        case .foreign(let file): "\(file) is another program's database: set data to a folder of Cartlink's own"
        case .newer(let file, let found, let known):
            "\(file) has schema \(found) and this Cartlink knows \(known): start a newer Cartlink, or restore a backup made before the upgrade"
        case .damaged(let file): "\(file) is damaged: \(Self.restore)"
        case .auditDiffers(let file):
            "the last audit row in \(file) does not fit this audit key: bring back its key or, if this is it, a backup: the row was changed"
        case .behind(let folder, let how):
            "\(folder) is behind what this node has seen: \(how). If a backup was restored, run cartlink distrust --before TIME"
        case .notWriteAhead(let file, let mode): "\(file) has journal mode \(mode), not wal: move the data folder to a local disk"
        case .notDurable(let file, let synchronous): "\(file) has synchronous \(synchronous), not 2 (FULL): check how libsqlite3 was built"
        case .failed(let file, let cause): "\(file) can't be opened, \(cause): check the disk, then the file with sqlite3's integrity_check"
        }
    }

    private static var restore: String {
        "restore it from a backup, without the -wal, -shm and cartlink.lock files beside it, and start again"
    }
}
