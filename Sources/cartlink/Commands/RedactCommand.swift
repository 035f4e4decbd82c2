// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Redaction
import ShareLinks

struct RedactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redact",
        abstract: "Shows what a viewer would see of a cart, and what a policy says.",
        usage: """
            cartlink redact [--policy POLICY] [--as VIEWER] [--report] FILE
            cartlink redact [--policy POLICY] --diff VIEWER VIEWER FILE
            cartlink redact --explain POLICY
            """,
        discussion: """
            FILE is a cart as JSON, - reads standard input. VIEWER is owner, member, guest or service. POLICY is a policy of \
            config/policies in the working directory, or a policy file's path; where it is left out, the cart's format decides.
            """
    )

    @Option(help: "The policy to judge the cart by.") var policy: String?
    @Option(help: "The viewer; guest where it is left out.", transform: Self.viewer) var `as`: Viewer?
    @Flag(help: "Prints what was removed and why, instead of the cart.") var report = false
    @Flag(help: "Prints side by side what two viewers see.") var diff = false
    @Option(help: "Prints, path by path, who sees what by this policy.") var explain: String?
    @Flag(help: "As through a link that hides prices.") var hidePrices = false
    @Option(help: "A host that links may point to; may be given more than once.") var host: [String] = []
    @Argument(help: .hidden) var arguments: [String] = []

    func validate() throws {
        if explain != nil {
            guard arguments.isEmpty, policy == nil, `as` == nil, host.isEmpty, !diff, !report, !hidePrices else {
                throw ValidationError("--explain takes a policy and nothing else")
            }
        } else if diff {
            guard arguments.count == 3, !report, `as` == nil else {
                throw ValidationError("--diff takes two viewers and a file: --diff member guest cart.json")
            }
            _ = try arguments.prefix(2).map(Self.viewer)
        } else {
            guard arguments.count == 1 else { throw ValidationError("give one cart's file, or - for standard input") }
        }
    }

    func run() async throws {
        try await reporting {
            if let explain { return print(PolicyTree(policy: try Self.policy(explain)).text) }
            let cart = try read(arguments[arguments.count - 1])
            let policy = try policy(for: cart)
            if diff {
                let viewers = try arguments.prefix(2).map(Self.viewer)
                let views = try viewers.map { JSONOutline.lines(try project(cart, by: policy, for: $0).bytes) }
                let headers = ("\(viewers[0]), by \(policy.name)", "\(viewers[1])")
                print(SideBySide(views[0], views[1]).text(headers: headers, width: Self.width))
            } else if report {
                let removed = try project(cart, by: policy, for: `as` ?? .guest).removed
                for line in Columns.lines(removed.map { [$0.path, $0.reason.rawValue] }) { print(line) }
            } else {
                FileHandle.standardOutput.write(Data(try project(cart, by: policy, for: `as` ?? .guest).bytes + [0x0A]))
            }
        }
    }

    private static func viewer(_ name: String) throws -> Viewer {
        guard let viewer = Viewer(rawValue: name) else { throw ValidationError("'\(name)': a viewer is owner, member, guest or service") }
        return viewer
    }

    /// How wide the terminal is, by the variable that shells set.
    private static var width: Int {
        ProcessInfo.processInfo.environment["COLUMNS"].flatMap(Int.init) ?? 120
    }

    private static func policy(_ text: String) throws -> Policy {
        let isPath = text.contains("/") || text.hasSuffix(".policy")
        return try PolicyFolder.policy(in: isPath ? text : "config/policies/\(text).policy")
    }

    private func policy(for cart: [UInt8]) throws -> Policy {
        if let policy { return try Self.policy(policy) }
        let format: CartFormat?
        do throws(JSONFault) { format = try CartFormat(guessedFrom: cart) } catch { throw refusal(error) }
        if let format { return try Self.policy(format.rawValue) }
        throw Refusal.failure("can't tell the cart's format: say which policy judges it with --policy")
    }

    private func read(_ file: String) throws -> [UInt8] {
        if file == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
        guard let data = FileManager.default.contents(atPath: file) else { throw Refusal.failure("\(file) can't be read") }
        return Array(data)
    }

    private func project(_ cart: [UInt8], by policy: Policy, for viewer: Viewer) throws -> (bytes: [UInt8], removed: [Removal]) {
        let options = ProjectionOptions(showPrices: !hidePrices, linkHosts: Set(host.map { $0.lowercased() }))
        do {
            return try policy.projectReporting(cart, for: viewer, options: options)
        } catch {
            throw refusal(error)
        }
    }

    private func refusal(_ fault: JSONFault) -> Refusal {
        .failure("\(arguments[arguments.count - 1]): \(fault.reason.rawValue) at byte \(fault.offset); nothing is shown of a bad cart")
    }
}
