// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

@main
struct CartlinkBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cartlink-bench",
        abstract: "Measures parts of Cartlink on this machine. Each measurement is one line of JSON.",
        subcommands: [RedactCommand.self, ScrubCommand.self, TokenCommand.self, PeerCommand.self, LoadCommand.self]
    )
}
