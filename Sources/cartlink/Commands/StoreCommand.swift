// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

struct StoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store",
        abstract: "Works with what the service keeps, while it is stopped.",
        subcommands: [StoreCopyCommand.self]
    )
}
