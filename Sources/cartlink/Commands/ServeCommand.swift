// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Logging

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Runs the service until SIGTERM or Ctrl-C; SIGHUP reads keys and policies again."
    )

    @OptionGroup var options: ConfigOption

    @Flag(help: "Adds demo carts, links and people to a store of its own, and prints what to click and paste.")
    var demo = false

    func run() async throws {
        // Until the reload listens, SIGHUP would end the process.
        signal(SIGHUP, SIG_IGN)
        LoggingSystem.bootstrap { label in JSONLogHandler(label: label, level: .info) }
        try await reporting {
            if demo { try Demo.makeSecrets(config: options.config) }
            var settings = try options.settings(withPolicies: true)
            let demo = demo ? try Demo.prepare(&settings, config: options.config) : nil
            try await BriefClient.withClient { client in
                let logger = Logger(label: "cartlink")
                let installation = try await Installation(settings, client: client, logger: logger)
                let greeting = try await demo?.greeting(for: installation)
                let pricing = demo == nil ? [] : [DemoPricing(sharing: installation.sharing, carts: Demo.carts.map(\.id), logger: logger)]
                try await installation.run(greeting: greeting, demo: pricing)
            }
        }
    }
}
