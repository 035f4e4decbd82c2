// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// The command line: the service itself, and what its operators need beside it.
@main
struct Cartlink: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cartlink",
        abstract: "Turns shopping carts into links that can be shared safely.",
        subcommands: [
            ServeCommand.self, CheckCommand.self, KeysCommand.self, ServiceKeyCommand.self, LoginCommand.self, RedactCommand.self,
            InspectCommand.self, AuditCommand.self, DistrustCommand.self, StoreCommand.self,
        ]
    )
}
