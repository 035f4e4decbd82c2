// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

@testable import cartlink

struct KeyFolderTests {
    private static let day = "2027-01-15T08:00:00Z"
    private static let one = String(repeating: "1a", count: 32)
    private static let other = String(repeating: "2b", count: 32)

    private func keys(in folder: TemporaryFolder) throws -> KeyFolder {
        KeyFolder(try Settings(yaml: "keys: { file: \(folder.file("link-keys")) }", file: "c.yaml", environment: [:]))
    }

    /// Key files that are refused, and what the refusal says beside the file's name.
    static let refused: [(text: String, says: String)] = [
        ("", "no signing key"), ("# nothing\n", "no signing key"), ("0 verifying \(day) \(one)\n", "no signing key"),
        ("0 signing \(day) \(one)\n1 signing \(day) \(other)\n", "several signing keys"),
        ("0 signing \(day) \(one)\n0 verifying \(day) \(other)\n", "two keys in slot 0"),
        ("0 signing \(day) \(one)\n1 verifying \(day) \(one)\n", "in another slot too"),
        ("0 signing \(day) \(one.dropLast(2))\n", "line 1: a key is 32 bytes"),
        ("0 signing \(day) \(one)00\n", "line 1: a key is 32 bytes"),
        ("0 signing \(day) \(one.dropLast(1))g\n", "line 1: a key is 32 bytes"),
        ("0 signing \(day) \(String(repeating: "0", count: 64))\n", "line 1: the key is all zeros"),
        ("#\n8 signing \(day) \(one)\n", "line 2: the slot"), ("0 signs \(day) \(one)\n", "line 1: the state"),
        ("0 signing yesterday \(one)\n", "line 1: the time"), ("0 signing \(one)\n", "line 1: a line is"),
        ("\u{0}\u{1}", "line 1: a line is"),
    ]

    @Test(arguments: refused)
    func aBadKeyFileIsRefusedWithoutPrintingIt(text: String, says: String) throws {
        try TemporaryFolder.use { folder in
            let path = try folder.write(text, to: "link-keys")
            let keys = try keys(in: folder)
            let refusal = #expect(throws: KeyFolder.Refusal.self) { _ = try keys.ring() }
            let line = refusal?.description ?? ""
            #expect(line.contains(path) && line.contains(says), "\(line)")
            #expect(!line.contains(Self.one.prefix(16)) && !line.contains("\n"))
        }
    }

    @Test func aKeyFileThatOthersReadIsRefused() throws {
        try TemporaryFolder.use { folder in
            let path = try folder.write("0 signing \(Self.day) \(Self.one)\n", to: "link-keys", mode: 0o644)
            let keys = try keys(in: folder)
            let refusal = #expect(throws: KeyFolder.Refusal.self) { _ = try keys.ring() }
            #expect(refusal?.description.contains("chmod 600 \(path)") == true)
        }
    }

    @Test func aMissingKeyFileIsRefused() throws {
        try TemporaryFolder.use { folder in
            let keys = try keys(in: folder)
            let refusal = #expect(throws: KeyFolder.Refusal.self) { _ = try keys.ring() }
            #expect(refusal?.description == "\(folder.file("link-keys")) is missing")
        }
    }

    @Test func whatIsMadeIsReadAgain() throws {
        try TemporaryFolder.use { folder in
            let keys = try keys(in: folder)
            #expect(try keys.makeMissing(at: Timestamp(seconds: 1_800_000_000)) == [folder.file("link-keys"), folder.file("audit-key")])
            let ring = try keys.ring()
            #expect(ring.keys.count == 1 && ring.signing.slot == KeySlot(rawValue: 0))
            _ = try keys.auditChain()
            for name in ["link-keys", "audit-key"] { #expect(try TemporaryFolder.mode(of: folder.file(name)) == 0o600) }
            #expect(try keys.makeMissing(at: Timestamp(seconds: 1_800_000_001)) == [])
            #expect(try keys.ring().signing.fingerprint == ring.signing.fingerprint)
        }
    }

    @Test func aFileThatCannotBeUsedIsNeverReplaced() throws {
        try TemporaryFolder.use { folder in
            try folder.write("0 signing \(Self.day) \(Self.one)\n", to: "link-keys", mode: 0o644)
            try folder.write("short", to: "audit-key")
            let keys = try keys(in: folder)
            #expect(try keys.makeMissing(at: Timestamp(seconds: 1_800_000_000)) == [])
            #expect(try SecretFile.read(folder.file("audit-key")) == Array("short".utf8))
        }
    }

    @Test(arguments: ["", "short", one.dropLast(2) + "", one + "00", String(repeating: "0", count: 64), String(repeating: "g", count: 64)])
    func aBadAuditKeyIsRefused(text: String) throws {
        try TemporaryFolder.use { folder in
            let path = try folder.write(text, to: "audit-key")
            let keys = try keys(in: folder)
            let refusal = #expect(throws: KeyFolder.Refusal.self) { _ = try keys.auditChain() }
            #expect(refusal?.description == "the audit key \(path) must be 32 bytes as 64 hex digits, and not all zero")
        }
    }
}
