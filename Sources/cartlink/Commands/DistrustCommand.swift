// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import ShareLinks
import Synchronization

struct DistrustCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "distrust",
        abstract: "Lets a restored older store go on: what it says of the time before is held until somebody confirms it.",
        discussion: """
            Pauses the links and suspends the grants that were made before TIME, and suspends the directory: the lost part of the history \
            may have taken any of them back. Nodes that know more than the store serve again when it is done. It may be run again.
            """
    )

    @OptionGroup var options: ConfigOption
    @Option(help: "RFC 3339, such as 2026-11-21T09:30:00Z: when the restored store went back into service.") var before: String
    @Flag(help: "Only says how much would be held.") var dryRun = false

    func run() async throws {
        try await reporting {
            let settings = try options.settings()
            let now = Clock.now()
            guard let time = Timestamp(rfc3339: before) else {
                throw Refusal.failure("--before must be a time as RFC 3339 writes it, such as \(now)")
            }
            guard time <= now else { throw Refusal.failure("--before is in the future: it is \(now)") }
            let file = GenerationFile(settings)
            // A file that can't be read tells nothing, and is written anew.
            let known = try? file.read()
            let isDryRun = dryRun
            let counts = try await StoppedStore.with(settings) { administration, store throws(ShareError) in
                let counts = try await administration.distrust(
                    before: time,
                    epoch: max(now.milliseconds, (known?.epoch ?? 0) + 1),
                    isDryRun: isDryRun,
                    by: .commandLine,
                    at: now,
                    progress: Self.progress(isDryRun)
                )
                if !isDryRun { do { try file.write(store.generation) } catch { Self.warn(file) } }
                return counts
            }
            print(counts.text(before: time, isDryRun: isDryRun))
        }
    }

    /// A line for each ten portions, on standard error.
    private static func progress(_ isDryRun: Bool) -> @Sendable (Distrust.Counts) -> Void {
        let portions = Portions()
        return { counts in
            guard portions.isTenth() else { return }
            let line = "cartlink: \(counts.links) links, \(counts.grants) grants and \(counts.companyUsers) company users so far\n"
            FileHandle.standardError.write(Data(line.utf8))
        }
    }

    private static func warn(_ file: GenerationFile) {
        FileHandle.standardError.write(Data("cartlink: \(file.path) can't be written; the next start tries again\n".utf8))
    }
}

/// Counts the writes of one run.
private final class Portions: Sendable {
    private let count = Mutex(0)

    func isTenth() -> Bool {
        count.withLock { count in
            count += 1
            return count.isMultiple(of: 10)
        }
    }
}

extension Distrust.Counts {
    fileprivate func text(before time: Timestamp, isDryRun: Bool) -> String {
        guard !isDryRun else {
            return """
                Of before \(time) it would pause \(links) links, suspend \(grants) grants and \(companyUsers) company users. Nothing was changed.
                """
        }
        return """
            Of before \(time): \(links) links paused, \(grants) grants and \(companyUsers) company users suspended. The store goes on.
            Next:
            - start the service where it is stopped; nodes that refused serve again by themselves
            - revoke again what an exported audit says was revoked: POST /admin/v1/revocations
            - let the shop push its directory: each entry counts again once it was pushed
            - resume the links that are in order, one by one, in the console; owners make new ones meanwhile
            - owners confirm grants: PATCH /v1/grants/{id}, or the grant given once more
            """
    }
}
