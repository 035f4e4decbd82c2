// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// `--config FILE`, as all commands take it.
struct ConfigOption: ParsableArguments {
    @Option(help: "The configuration file.")
    var config: String

    func settings(withPolicies: Bool = false) throws -> Settings {
        guard let text = try? String(contentsOfFile: config, encoding: .utf8) else {
            throw Refusal.configuration(["\(config) can't be read: give the configuration's path with --config"])
        }
        return try Settings(yaml: text, file: config, environment: ProcessInfo.processInfo.environment, withPolicies: withPolicies)
    }
}
