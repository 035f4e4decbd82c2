// SPDX-License-Identifier: Apache-2.0

import Foundation
import ShareLinks

/// Files that only this service's user may read.
enum SecretFile {
    enum Fault: Error, CustomStringConvertible, Equatable {
        case missing(String)
        case unreadable(String, String)
        case exposed(String)

        var description: String {
            switch self {
            case .missing(let path): "\(path) is missing"
            case .unreadable(let path, let reason): "\(path) can't be read: \(reason)"
            case .exposed(let path): "\(path) can be read by others; run: chmod 600 \(path)"
            }
        }
    }

    /// The file's bytes, if nobody but its owner may read it.
    static func read(_ path: String) throws(Fault) -> [UInt8] {
        guard FileManager.default.fileExists(atPath: path) else { throw .missing(path) }
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
            guard mode & 0o077 == 0 else { throw Fault.exposed(path) }
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch let fault as Fault {
            throw fault
        } catch {
            throw .unreadable(path, error.localizedDescription)
        }
    }

    /// Replaces the file by one of mode 0600, whole or not at all.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let draft = path + ".new"
        try? FileManager.default.removeItem(atPath: draft)
        try write(bytes, toDraft: draft)
        guard rename(draft, path) == 0 else { throw Fault.unreadable(path, String(cString: strerror(errno))) }
        syncFolder(of: path)
    }

    /// Makes a file of mode 0600 that wasn't there, whole or not at all; false where another process was first.
    static func make(_ bytes: [UInt8], at path: String) throws -> Bool {
        // Nodes that start together may share the folder: each has a draft of its own.
        let draft = "\(path).new-\(Hex.text(of: SecureRandom.bytes(8)))"
        try write(bytes, toDraft: draft)
        defer { unlink(draft) }
        if link(draft, path) != 0 {
            if errno == EEXIST { return false }
            // Not every file system has hard links.
            guard rename(draft, path) == 0 else { throw Fault.unreadable(path, String(cString: strerror(errno))) }
        }
        syncFolder(of: path)
        return true
    }

    private static func write(_ bytes: [UInt8], toDraft draft: String) throws {
        let folder = URL(fileURLWithPath: draft).deletingLastPathComponent()
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { throw Fault.unreadable(draft, String(cString: strerror(errno))) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: Data(bytes))
        try handle.synchronize()
        try handle.close()
    }

    /// The new name must outlive a power cut as well: links signed with a lost key are dead.
    private static func syncFolder(of path: String) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        let place = open(folder.path, O_RDONLY | O_DIRECTORY)
        guard place >= 0 else { return }
        fsync(place)
        close(place)
    }
}
