// SPDX-License-Identifier: Apache-2.0

import Foundation

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
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let new = path + ".new"
        try? FileManager.default.removeItem(atPath: new)
        let descriptor = open(new, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { throw Fault.unreadable(new, String(cString: strerror(errno))) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: Data(bytes))
        try handle.synchronize()
        try handle.close()
        guard rename(new, path) == 0 else { throw Fault.unreadable(path, String(cString: strerror(errno))) }
        // The new name must outlive a power cut as well: links signed with a lost key are dead.
        let place = open(folder.path, O_RDONLY | O_DIRECTORY)
        guard place >= 0 else { return }
        fsync(place)
        close(place)
    }
}
