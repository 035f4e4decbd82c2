// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logins

struct ServiceKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "service-key",
        abstract: "Makes a key for a service: the key for its owner, the hash for the configuration."
    )

    func run() throws {
        var random = SystemRandomNumberGenerator()
        let key = ServiceKey.new(using: &random)
        print("key: \(key)")
        print("keyHash: \(ServiceKey.hash(of: key))")
    }
}
