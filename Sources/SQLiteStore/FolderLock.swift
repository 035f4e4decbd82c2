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
    private let state: Mutex<State>
    let foundOpen: Bool

    private struct State {
        var file: Int32?
        var watchesLog = false
    }

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
        state = Mutex(State(file: file))
    }

    /// The connections hold the lock, so here they are closed.
    deinit {
        release()
    }

    var isHeld: Bool { state.withLock { $0.file != nil } }

    /// Notes, durably, that the write-ahead log is needed from here on.
    func markOpen() throws(StoreRefusal) {
        guard mark(Self.openMark) else { throw errno == ENOSPC ? .full(folder: folder.path) : .notWritable(folder: folder.path) }
    }

    /// From here on a log that is gone was emptied by SQLite, which removes it when it closes the last connection.
    func watchLog() {
        state.withLock { $0.watchesLog = true }
    }

    /// Notes that the database file holds everything. Where that fails the log stays needed, which is on the safe side.
    func markClosed() {
        _ = mark(Self.closedMark)
    }

    /// Lets go of the folder, once its files are closed.
    func release() {
        if state.withLock({ $0.watchesLog }), !folder.holdsLog { markClosed() }
        state.withLock { state in
            if let file = state.file { close(file) }
            state.file = nil
        }
    }

    private func mark(_ mark: UInt8) -> Bool {
        state.withLock { state in
            guard let file = state.file else { return false }
            var mark = mark
            return pwrite(file, &mark, 1, 0) == 1 && fsync(file) == 0
        }
    }

    private static var openMark: UInt8 { UInt8(ascii: "o") }
    private static var closedMark: UInt8 { UInt8(ascii: "c") }
}
