// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// What a command needs to talk to the admin listener of the running service.
struct AdminOptions: ParsableArguments {
    @OptionGroup var options: ConfigOption

    @Option(help: "A file with an admin's service key; else the environment variable CARTLINK_ADMIN_KEY.")
    var adminKeyFile: String?

    /// The key without the line's end, nil where none was given.
    func key() throws -> String? {
        guard let text = try text()?.trimmingCharacters(in: .whitespacesAndNewlines), !text.isEmpty else { return nil }
        guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw Refusal.failure("the admin key must be one line of plain ASCII")
        }
        return text
    }

    private func text() throws -> String? {
        guard let adminKeyFile else { return ProcessInfo.processInfo.environment["CARTLINK_ADMIN_KEY"] }
        do {
            return String(decoding: try SecretFile.read(adminKeyFile), as: UTF8.self)
        } catch {
            throw Refusal.failure("the admin key: \(error)")
        }
    }
}
