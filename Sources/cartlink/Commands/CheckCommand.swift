// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import SQLiteStore

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks the configuration, the keys and the policies; prints all problems and exits with 78."
    )

    @OptionGroup var options: ConfigOption

    func run() async throws {
        try await reporting {
            let settings = try options.settings(withPolicies: true)
            var faults: [String] = []
            do throws(SettingsFaults) { _ = try settings.serviceKeys() } catch { faults += error.lines }
            faults += try await issuerFaults(settings)
            if !SQLiteStore.isNew(folder: settings.dataFolder) || FileManager.default.fileExists(atPath: settings.keyFile) {
                let folder = KeyFolder(settings)
                do throws(KeyFolder.Refusal) { _ = try folder.ring() } catch { faults.append(error.description) }
            }
            guard faults.isEmpty else { throw Refusal.configuration(faults) }
            print("\(options.config) is fine")
        }
    }

    private func issuerFaults(_ settings: Settings) async throws -> [String] {
        try await OutgoingHTTP.withClient { client in
            do throws(SettingsFaults) { _ = try settings.verifier(client: client) } catch { return error.lines }
            return []
        }
    }
}
