// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import SQLiteStore
import ShareLinks

struct OpenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Measures how long it takes to open links that no cache holds.",
        discussion: "FOLDER is one that seed.py made, with data, keys and tokens.txt; no service may run on it."
    )

    @OptionGroup var load: Load
    @Argument(help: "A folder that seed.py made.") var folder: String

    func run() async throws {
        let (ring, chain) = (try keyRing(), try auditChain())
        let tokens = try text("tokens.txt").split(separator: "\n").map(String.init).shuffled()
        guard !tokens.isEmpty else { throw BenchFault("no tokens in \(folder)") }
        let store = try SQLiteStore.open(folder: folder + "/data", auditChain: chain, diskReserve: 0)
        let sharing = Sharing(store: store, keys: LiveKeys(ring), rules: SharingRules())
        let answers = try await load.run { number in
            let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
            _ = try await sharing.open(tokens[number % tokens.count], as: .stranger, at: now)
        }
        print("{\"tokens\":\(tokens.count),\(answers.members(of: load))}")
        try await store.close()
    }

    private func keyRing() throws -> KeyRing {
        guard
            let realm = Realm(tenant: "default", host: "127.0.0.1"),
            let ring = KeyRing(keyFile: try text("keys/link-keys"), realm: realm)
        else { throw BenchFault("no key ring in \(folder)") }
        return ring
    }

    private func auditChain() throws -> AuditChain {
        guard let key = Hex.bytes(of: try text("keys/audit-key").filter(\.isHexDigit)), let chain = AuditChain(key: key) else {
            throw BenchFault("no audit key in \(folder)")
        }
        return chain
    }

    private func text(_ file: String) throws -> String {
        try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
    }
}
