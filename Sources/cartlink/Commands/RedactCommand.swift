// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Redaction

struct RedactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redact",
        abstract: "Shows what one viewer would see of a cart; - reads standard input."
    )

    @Option(help: "A policy of config/policies in the working directory, or a policy file's path.") var policy: String
    @Option(help: "owner, member, guest or service.", transform: Self.viewer) var `as`: Viewer = .guest
    @Flag(help: "Prints what was removed and why, instead of the cart.") var report = false
    @Option(help: "A host that links may point to; may be given more than once.") var host: [String] = []
    @Argument(help: "The cart as JSON.") var file: String

    func run() async throws {
        try await reporting {
            let isPath = policy.contains("/") || policy.hasSuffix(".policy")
            let policy = try PolicyFolder.policy(
                named: isPath ? URL(fileURLWithPath: policy).deletingPathExtension().lastPathComponent : policy,
                in: isPath ? policy : "config/policies/\(policy).policy"
            )
            let projection = try project(try read(), by: policy)
            if report {
                for removal in projection.removed { print("\(removal.path)  \(removal.reason.rawValue)") }
            } else {
                FileHandle.standardOutput.write(Data(projection.bytes + [0x0A]))
            }
        }
    }

    private static func viewer(_ name: String) throws -> Viewer {
        guard let viewer = Viewer(rawValue: name) else { throw ValidationError("a viewer is owner, member, guest or service") }
        return viewer
    }

    private func read() throws -> [UInt8] {
        if file == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
        guard let data = FileManager.default.contents(atPath: file) else { throw Refusal.failure("\(file) can't be read") }
        return Array(data)
    }

    private func project(_ cart: [UInt8], by policy: Policy) throws -> (bytes: [UInt8], removed: [Removal]) {
        do {
            return try policy.projectReporting(cart, for: `as`, options: ProjectionOptions(linkHosts: Set(host.map { $0.lowercased() })))
        } catch {
            throw Refusal.failure("\(file): \(error.reason.rawValue) at byte \(error.offset); nothing is shown of a bad cart")
        }
    }
}
