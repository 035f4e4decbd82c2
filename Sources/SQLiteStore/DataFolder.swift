// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The folder that holds a store's files, readable by its user alone.
struct DataFolder: Sendable {
    let path: String

    init(path: String) {
        var path = path[...]
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = String(path)
    }

    var database: String { path + "/cartlink.sqlite" }
    var log: String { database + "-wal" }
    var lock: String { path + "/cartlink.lock" }
    /// A database that is being made; it gets its name once it is whole, so an empty database file is always damage.
    var draft: String { database + ".new" }

    var holdsDatabase: Bool { size(of: database) != nil }
    var holdsLog: Bool { (size(of: log) ?? 0) > 0 }

    /// Makes the folder, and those above it, where they are missing.
    func make() throws(StoreRefusal) {
        var place = path.startIndex
        while let slash = path[place...].dropFirst().firstIndex(of: "/") {
            place = slash
            _ = mkdir(String(path[..<slash]), 0o755)
        }
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw errno == ENOSPC ? .full(folder: path) : .notWritable(folder: path) }
        guard access(path, R_OK | W_OK | X_OK) == 0 else { throw .notWritable(folder: path) }
    }

    /// Makes an empty file for its user alone; SQLite gives its -wal and -shm files the same mode.
    func makeDraft() throws(StoreRefusal) {
        for end in ["", "-journal", "-wal", "-shm"] { unlink(draft + end) }
        let file = open(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw errno == ENOSPC ? .full(folder: path) : .notWritable(folder: path) }
        close(file)
    }

    func nameDraft() throws(StoreRefusal) {
        guard rename(draft, database) == 0 else { throw .notWritable(folder: path) }
        try sync()
    }

    func closeToOthers() {
        for end in ["", "-wal", "-shm"] { chmod(database + end, 0o600) }
    }

    /// Makes the names of new files durable.
    func sync() throws(StoreRefusal) {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw .notWritable(folder: path) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw .failed(file: path, cause: "its folder can't be synced") }
    }

    /// The first 100 bytes of the database file, fewer where it is shorter.
    ///
    /// To be called before SQLite opens the file: closing it here would drop SQLite's locks.
    func readHeader() throws(StoreRefusal) -> [UInt8] {
        let file = open(database, O_RDWR | O_CLOEXEC)
        guard file >= 0 else { throw .notWritable(folder: path) }
        defer { close(file) }
        var header = [UInt8](repeating: 0, count: 100)
        let count = pread(file, &header, header.count, 0)
        guard count >= 0 else { throw .failed(file: database, cause: "its first bytes can't be read") }
        return Array(header.prefix(count))
    }

    func size(of file: String) -> Int64? {
        var facts = stat()
        return stat(file, &facts) == 0 ? Int64(facts.st_size) : nil
    }

    /// The bytes that this user may still write to the disk of `path`; nil where the system doesn't tell.
    static func freeSpace(at path: String) -> Int64? {
        var facts = statvfs()
        guard statvfs(path, &facts) == 0 else { return nil }
        return Int64(clamping: UInt64(facts.f_bavail).multipliedReportingOverflow(by: UInt64(facts.f_frsize)).partialValue)
    }
}
