// SPDX-License-Identifier: Apache-2.0

import Foundation
import PostgresStore
import Testing

@testable import cartlink

struct StorageSettingsTests {
    static let url = "postgres://cartlink@db.example:5433/shop?sslmode=verify-full"

    private func read(_ yaml: String, _ environment: [String: String] = [:]) throws(SettingsFaults) -> Settings.Storage {
        try Settings(yaml: yaml, file: "c.yaml", environment: environment).storage
    }

    private func faults(_ yaml: String, _ environment: [String: String] = [:]) -> [String] {
        do throws(SettingsFaults) {
            _ = try read(yaml, environment)
            return []
        } catch {
            return error.lines
        }
    }

    @Test(arguments: ["", "storage: sqlite", "storage:", "storagePasswordFile:"])
    func withoutAnAddressItIsSQLite(yaml: String) throws {
        #expect(try read(yaml) == .sqlite)
    }

    @Test(arguments: ["pass word", "pass word\n", "pass word\r\n"])
    func aDatabaseIsReadWithItsPassword(contents: String) throws {
        try TemporaryFolder.use { folder in
            let path = try folder.write(contents, to: "password")
            let address = try PostgresAddress(Self.url)
            #expect(try read("storage: \"\(Self.url)\"\nstoragePasswordFile: \(path)") == .postgres(address, password: "pass word"))
            #expect(
                try read("storage: sqlite", ["CARTLINK_STORAGE": Self.url, "CARTLINK_STORAGE_PASSWORD_FILE": path])
                    == .postgres(address, password: "pass word")
            )
        }
    }

    @Test func aDatabaseMayNeedNoPassword() throws {
        #expect(try read("storage: \"\(Self.url)\"") == .postgres(try PostgresAddress(Self.url), password: nil))
    }

    @Test func theShippedExampleIsRead() throws {
        let text = try String(contentsOfFile: "\(SettingsTests.repository)/config/cartlink.yaml", encoding: .utf8)
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("# storage: ") })
        guard case .postgres(let address, password: nil) = try read(String(line.dropFirst(2))) else {
            Issue.record("\(line) is no database")
            return
        }
        #expect(address.text == "db.shop.example:5432/cartlink")
    }

    @Test func sqliteTakesNoPassword() {
        let told = "c.yaml:1: storagePasswordFile goes with a postgres:// address as storage; SQLite has no password"
        #expect(faults("storagePasswordFile: /none/here") == [told])
    }

    static let badFiles: [(contents: String, mode: Int, says: String)] = [
        ("", 0o600, "must name a file that holds the password, on one line; "),
        ("\n", 0o600, "must name a file that holds the password, on one line; "),
        ("CANARY\nmore", 0o600, "must name a file that holds the password, on one line; "),
        ("CANARY\n\n", 0o600, "must name a file that holds the password, on one line; "),
        ("CANARY\0", 0o600, "must name a file that holds the password, on one line; "),
        ("CANARY", 0o640, "can't be used: "),
    ]

    @Test(arguments: badFiles)
    func aBadPasswordFileIsRefusedBesideEverythingElse(contents: String, mode: Int, says: String) throws {
        try TemporaryFolder.use { folder in
            let path = try folder.write(contents, to: "password", mode: mode)
            let faults = faults("storage: \"postgres://db.example\"\nstoragePasswordFile: \(path)\ndata: []")
            #expect(faults.count == 3, "\(faults)")
            #expect(faults.contains { $0.hasPrefix("c.yaml:1: storage must ") }, "\(faults)")
            #expect(faults.contains { $0.hasPrefix("c.yaml:2: storagePasswordFile \(says)") && $0.contains(path) }, "\(faults)")
            #expect(!"\(faults)".contains("CANARY"))
        }
    }

    @Test func aPasswordInTheWrongPlaceIsNotRepeated() {
        let told = "c.yaml:2: storagePasswordFile must name a file that holds the password; there is no such file"
        #expect(faults("storage: \"\(Self.url)\"\nstoragePasswordFile: CANARY") == [told])
        for storage in ["postgres://cartlink:CANARY@db.example/shop", "postgres://cartlink@db.example/shop?password=CANARY", "CANARY"] {
            for faults in [faults("storage: \"\(storage)\""), faults("", ["CARTLINK_STORAGE": storage])] {
                #expect(faults.count == 1 && faults[0].contains("storage must "), "\(faults)")
                #expect(!"\(faults)".contains("CANARY"))
            }
        }
    }
}
