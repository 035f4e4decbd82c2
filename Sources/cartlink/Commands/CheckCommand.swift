// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

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
            var notes = settings.warnings
            let hasKeys = FileManager.default.fileExists(atPath: settings.keyFile)
            // A database isn't asked: the file may be checked where it can't be reached.
            if case .postgres = settings.storage, !hasKeys {
                notes.append("\(settings.keyFile) isn't there: it is made for a new database; for one with links bring another node's")
            } else if try await hasKeys ? true : !settings.storeIsNew() {
                let folder = KeyFolder(settings)
                do throws(KeyFolder.Refusal) { _ = try folder.ring() } catch { faults.append(error.description) }
                do throws(KeyFolder.Refusal) { _ = try folder.auditChain() } catch { faults.append(error.description) }
            }
            guard faults.isEmpty else { throw Refusal.configuration(faults) }
            for note in notes { print("note: \(note)") }
            print("\(options.config) is fine")
        }
    }
}
