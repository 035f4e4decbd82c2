// SPDX-License-Identifier: Apache-2.0

import Foundation
import SQLiteStore
import ShareLinks
import StoreContract

/// A folder of its own for one test.
enum TemporaryFolder {
    static func use<Answer>(_ body: (String) async throws -> Answer) async throws -> Answer {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(folder)
    }
}

extension SQLiteStore {
    static func opened(in folder: String, sizeLimit: Int64? = nil, known: StoreGeneration? = nil) throws(StoreRefusal) -> SQLiteStore {
        try open(
            folder: folder,
            auditChain: StoreRule.auditChain,
            diskReserve: 0,
            sizeLimit: sizeLimit,
            webhooks: StoreRule.webhooks,
            known: known
        )
    }
}

/// The files of a store, taken and put back as an operator or a crash would.
struct StoreFiles {
    let folder: String
    var database: String { folder + "/cartlink.sqlite" }

    /// What a power cut leaves of a store that runs: its files as they are on disk.
    func copy(to other: String) throws {
        try FileManager.default.copyItem(atPath: folder, toPath: other)
    }

    func remove(_ end: String) throws {
        try FileManager.default.removeItem(atPath: folder + "/" + end)
    }

    func exists(_ end: String) -> Bool { FileManager.default.fileExists(atPath: folder + "/" + end) }

    func bytes() throws -> [UInt8] { try Array(Data(contentsOf: URL(fileURLWithPath: database))) }

    func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(fileURLWithPath: database)) }

    func mode(of end: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + end)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
    }
}
