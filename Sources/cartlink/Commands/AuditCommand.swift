// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import ShareLinks

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Works with the record of who did what.",
        subcommands: [Verify.self]
    )

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks that no row of the audit was changed, dropped or added; asks the running service, else reads its store."
        )

        @OptionGroup var admin: AdminOptions

        func run() async throws {
            try await reporting {
                let settings = try admin.options.settings()
                let chain = try KeyFolder(settings).auditChain()
                let client = AdminClient(address: settings.adminAddress, key: try admin.key())
                var last = (sequence: Int64(0), code: AuditChain.Code.start)
                while true {
                    let records = try await Self.records(after: last.sequence, from: client, settings)
                    if let broken = chain.firstBroken(in: records, after: last) {
                        throw Refusal.failure("the audit is broken at row \(broken): it or a row before it was changed, dropped or added")
                    }
                    guard let end = records.last else { break }
                    last = (end.sequence, end.code)
                }
                print("the audit holds: \(last.sequence) rows, the last code is \(last.code)")
                print("Keep this line: rows cut off at the end show only against a count that you noted before.")
            }
        }

        private static func records(after sequence: Int64, from client: AdminClient, _ settings: Settings) async throws -> [AuditRecord] {
            let path = "/admin/v1/audit?limit=1000&cursor=\(sequence)"
            guard let answer = try await client.send("GET", path, accept: "application/x-ndjson") else {
                return try await StoppedStore.with(settings) { administration throws(ShareError) in
                    try await administration.audit(for: .commandLine, matching: AuditQuery(), after: sequence, limit: 100_000)
                }
            }
            guard answer.status == 200 else { _ = try answer.json(); return [] }
            return try answer.body.split(separator: 0x0A).map { line in
                guard let row = try? JSONDecoder().decode(ExportedRow.self, from: Data(line)), let record = row.record else {
                    throw Refusal.failure("the audit has a row after \(sequence) that can't be read")
                }
                return record
            }
        }
    }
}

/// A row as the admin listener exports it.
private struct ExportedRow: Decodable {
    let sequence: Int64
    let atMilliseconds: Int64
    let actor: String
    let action: String
    let linkId: String?
    let cartId: String?
    let reason: String?
    let before: String?
    let after: String?
    let code: String

    var record: AuditRecord? {
        guard let action = AuditEntry.Action(rawValue: action), let code = Hex.bytes(of: code).flatMap(AuditChain.Code.init(bytes:)) else {
            return nil
        }
        let entry = AuditEntry(
            at: Timestamp(milliseconds: atMilliseconds),
            actor: actor,
            action: action,
            link: linkId.flatMap { LinkID($0) },
            cart: cartId.flatMap { CartID($0) },
            reason: reason,
            before: before,
            after: after
        )
        return AuditRecord(sequence: sequence, entry: entry, code: code)
    }
}
