// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

@main
struct StoreBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store-bench",
        abstract: "Measures the SQLite store behind the use cases, without HTTP. Each measurement is one line of JSON.",
        subcommands: [IssueCommand.self, OpenCommand.self]
    )
}

/// Why nothing was measured, for the reader of a terminal.
struct BenchFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
