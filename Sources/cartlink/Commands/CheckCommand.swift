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
            var faults = settings.policyFolder.faultsOfTheOthers()
            if !SQLiteStore.isNew(folder: settings.dataFolder) || FileManager.default.fileExists(atPath: settings.keyFile) {
                let folder = KeyFolder(settings)
                do throws(KeyFolder.Refusal) { _ = try folder.ring() } catch { faults.append(error.description) }
                do throws(KeyFolder.Refusal) { _ = try folder.auditChain() } catch { faults.append(error.description) }
            }
            guard faults.isEmpty else { throw Refusal.configuration(faults) }
            for warning in settings.warnings { print("note: \(warning)") }
            print("\(options.config) is fine")
        }
    }
}
