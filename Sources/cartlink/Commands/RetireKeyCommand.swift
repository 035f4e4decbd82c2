// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import NIOCore
import ShareLinks

struct RetireKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire",
        abstract: "Kills a key and all its links for good. Without --expect it only says how many links would die."
    )

    @Argument(help: "The key's slot, 0 to 7.") var slot: UInt8
    @OptionGroup var admin: AdminOptions
    @Option(help: "How many live links may die: the number that the command said before.") var expect: Int?

    func run() async throws {
        try await reporting {
            let settings = try admin.options.settings()
            let folder = KeyFolder(settings)
            guard let slot = KeySlot(rawValue: slot) else { throw Refusal.failure("a slot is a number from 0 to 7") }
            var file = try folder.readKeys()
            guard let key = file.keys.first(where: { $0.slot == slot }) else { throw Refusal.failure("there is no key in slot \(slot)") }
            guard key.state != .signing else { throw Refusal.failure("slot \(slot) signs new links: promote another key first") }
            let client = AdminClient(address: settings.adminAddress, key: try admin.key())
            let office: any KeyOffice = try await RunningKeyOffice(client) ?? StoppedKeyOffice(settings)
            let live = try await office.liveLinks(of: slot)
            guard let expect else {
                print("\(live) live links would die with the key in slot \(slot). To go on: --expect \(live)")
                return
            }
            let died = try await office.retire(slot, expecting: expect)
            // The store has forgotten the key by now, so the file may: the other order could leave a dead key alive.
            file.keys.removeAll { $0.slot == slot }
            try folder.write(file)
            print("the key in slot \(slot) is dead, and \(died) live links with it")
            if case .postgres = settings.storage { print("Next: give the file to every other node and send each SIGHUP.") }
        }
    }
}

/// Whoever can retire a key: the running service, or the store of one that is stopped.
protocol KeyOffice {
    func liveLinks(of slot: KeySlot) async throws -> Int
    func retire(_ slot: KeySlot, expecting: Int) async throws -> Int
}

struct RunningKeyOffice: KeyOffice {
    private let client: AdminClient
    private let counts: [Int: Int]

    /// Nil where no service runs.
    init?(_ client: AdminClient) async throws {
        guard let answer = try await client.send("GET", "/admin/v1/keys") else { return nil }
        self.client = client
        let keys = try answer.json()["keys"] as? [[String: Any]] ?? []
        counts = Dictionary(
            uniqueKeysWithValues: keys.compactMap { key in
                (key["slot"] as? Int).flatMap { slot in (key["liveLinks"] as? Int).map { (slot, $0) } }
            }
        )
    }

    func liveLinks(of slot: KeySlot) throws -> Int {
        guard let count = counts[Int(slot.rawValue)] else {
            throw Refusal.failure("the running service doesn't have the key in slot \(slot): send it SIGHUP first")
        }
        return count
    }

    func retire(_ slot: KeySlot, expecting: Int) async throws -> Int {
        // With many links it takes the service up to a minute.
        guard let answer = try await client.send("DELETE", "/admin/v1/keys/\(slot)?expect=\(expecting)", patience: .seconds(75)) else {
            throw Refusal.failure("the service went away; nothing was changed in the key file")
        }
        return try answer.json()["liveLinks"] as? Int ?? 0
    }
}

struct StoppedKeyOffice: KeyOffice {
    private let settings: Settings

    init(_ settings: Settings) {
        self.settings = settings
    }

    func liveLinks(of slot: KeySlot) async throws -> Int {
        try await StoppedStore.with(settings) { administration throws(ShareError) in
            try await administration.keyReports(for: .commandLine, at: Clock.now()).first { $0.slot == slot }?.liveLinks ?? 0
        }
    }

    func retire(_ slot: KeySlot, expecting: Int) async throws -> Int {
        return try await StoppedStore.with(settings) { administration throws(ShareError) in
            try await administration.retireKey(in: slot, expected: expecting, by: .commandLine, reason: nil, at: Clock.now())
        }
    }
}
