// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import ShareLinks

struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Makes, lists, promotes and retires the keys that sign links.",
        subcommands: [Generate.self, List.self, Promote.self, RetireKeyCommand.self]
    )

    struct Generate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds a key. It only verifies until it is promoted, once every node has the file."
        )

        @OptionGroup var options: ConfigOption

        func run() async throws {
            try await reporting {
                let folder = KeyFolder(try options.settings())
                var file = KeyFile(keys: [])
                if FileManager.default.fileExists(atPath: folder.linkKeys) {
                    file = try folder.readKeys()
                } else {
                    print("making a new key file, \(folder.linkKeys)")
                }
                guard let key = file.addKey(secret: SecureRandom.bytes(32), created: Clock.now()) else {
                    throw Refusal.failure("all eight slots are taken: retire a key first with cartlink keys retire")
                }
                try folder.write(file)
                print("slot \(key.slot): \(key.state.rawValue), fingerprint \(key.fingerprint)")
                print("Next: give the file to every node, send each SIGHUP, then: cartlink keys promote \(key.slot)")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the keys of the file, without the keys themselves.")

        @OptionGroup var options: ConfigOption

        func run() async throws {
            try await reporting {
                for key in try KeyFolder(try options.settings()).readKeys().keys.sorted(by: { $0.slot < $1.slot }) {
                    print("slot \(key.slot)  \(key.state.rawValue)  created \(key.created)  fingerprint \(key.fingerprint)")
                }
            }
        }
    }

    struct Promote: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes a key the one that signs; the others verify.")

        @Argument(help: "The key's slot, 0 to 7.") var slot: UInt8
        @OptionGroup var options: ConfigOption

        func run() async throws {
            try await reporting {
                let folder = KeyFolder(try options.settings())
                var file = try folder.readKeys()
                guard let slot = KeySlot(rawValue: slot), file.promote(slot) else {
                    throw Refusal.failure("there is no key in slot \(slot)")
                }
                try folder.write(file)
                print("slot \(slot) signs now. Send the service SIGHUP.")
            }
        }
    }
}
