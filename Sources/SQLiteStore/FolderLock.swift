// SPDX-License-Identifier: Apache-2.0

import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Keeps every other process, and a second store of this one, off a data folder.
///
/// The lock file also tells whether the last run closed its store. If it didn't, the write-ahead log holds acknowledged
/// changes, so a missing log is a loss and not a fresh start.
final class FolderLock: Sendable {
    private let folder: DataFolder
    private let file: Mutex<Int32?>
    let foundOpen: Bool

    init(_ folder: DataFolder) throws(StoreRefusal) {
        self.folder = folder
        let file = open(folder.lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw errno == ENOSPC ? .full(folder: folder.path) : .notWritable(folder: folder.path) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            close(file)
            throw reason == EWOULDBLOCK ? .inUse(folder: folder.path) : .notWritable(folder: folder.path)
        }
        var mark: UInt8 = 0
        foundOpen = pread(file, &mark, 1, 0) == 1 && mark == Self.openMark
        self.file = Mutex(file)
    }

    /// The connections hold the lock, so here they are closed. SQLite removes the log when it has emptied it.
    deinit {
        if isHeld, !folder.holdsLog { markClosed() }
        release()
    }

    var isHeld: Bool { file.withLock { $0 != nil } }

    /// Notes, durably, that the write-ahead log is needed from here on.
    func markOpen() throws(StoreRefusal) {
        guard mark(Self.openMark) else { throw errno == ENOSPC ? .full(folder: folder.path) : .notWritable(folder: folder.path) }
    }

    /// Notes that the database file holds everything. Where that fails the log stays needed, which is on the safe side.
    func markClosed() {
        _ = mark(Self.closedMark)
    }

    func release() {
        file.withLock { file in
            if let open = file { close(open) }
            file = nil
        }
    }

    private func mark(_ mark: UInt8) -> Bool {
        file.withLock { file in
            guard let file else { return false }
            var mark = mark
            return pwrite(file, &mark, 1, 0) == 1 && fsync(file) == 0
        }
    }

    private static var openMark: UInt8 { UInt8(ascii: "o") }
    private static var closedMark: UInt8 { UInt8(ascii: "c") }
}
