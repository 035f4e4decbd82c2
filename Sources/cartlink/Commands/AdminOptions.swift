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
        if let adminKeyFile {
            do {
                return String(decoding: try SecretFile.read(adminKeyFile), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            } catch {
                throw Refusal.failure("the admin key: \(error)")
            }
        }
        return ProcessInfo.processInfo.environment["CARTLINK_ADMIN_KEY"]
    }
}
