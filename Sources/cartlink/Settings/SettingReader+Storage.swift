// SPDX-License-Identifier: Apache-2.0

import PostgresStore

/// Where carts and links are kept.
extension SettingReader {
    mutating func storage() -> Settings.Storage {
        let passwordFile = "storagePasswordFile"
        guard let text = string("storage"), text != "sqlite" else {
            if has(passwordFile) { add("goes with a postgres:// address as storage; SQLite has no password", key: passwordFile) }
            return .sqlite
        }
        let password = storagePassword(passwordFile)
        do throws(PostgresAddress.Fault) {
            return .postgres(try PostgresAddress(text), password: password)
        } catch {
            add(error.description, key: "storage")
            return .sqlite
        }
    }

    private mutating func storagePassword(_ key: String) -> String? {
        secretLine(key, "the password", "on one line") { _ in true }
    }

    /// One line of a secret file. The faults don't repeat what isn't a file's path: it may be the secret itself.
    mutating func secretLine(_ key: String, _ what: String, _ form: String, _ isGood: (String) -> Bool) -> String? {
        guard let path = string(key) else { return nil }
        do throws(SecretFile.Fault) {
            if let line = Self.password(in: try SecretFile.read(path)), isGood(line) { return line }
            add("must name a file that holds \(what), \(form); \(path) holds something else", key: key)
        } catch {
            switch error {
            case .missing: add("must name a file that holds \(what); there is no such file", key: key)
            case .unreadable, .exposed: add("can't be used: \(error)", key: key)
            }
        }
        return nil
    }

    /// One line of text; a newline at its end is ignored.
    static func password(in bytes: [UInt8]) -> String? {
        guard var text = String(validating: bytes, as: UTF8.self) else { return nil }
        if text.last?.isNewline ?? false { text.removeLast() }
        return text.isEmpty || text.contains { $0.isNewline || $0 == "\0" } ? nil : text
    }
}
