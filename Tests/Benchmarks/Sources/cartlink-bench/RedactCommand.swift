// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Redaction

struct RedactCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redact",
        abstract: "Measures how fast a policy's view for guests is made of a cart.",
        discussion: """
            Prints one line of JSON: megabytesPerSecond is the best round, medianMegabytesPerSecond the one in the middle, each in \
            10^6 bytes of the cart per second.
            """
    )

    @Option(help: "A policy of config/policies in the working directory, or a policy file's path.") var policy: String
    @Option(help: "A host that links may point to; may be given more than once.") var host: [String] = []
    @OptionGroup var rounds: Rounds
    @Argument(help: "The cart as JSON.") var file: String

    func run() throws {
        let policy = try readPolicy()
        let cart = try CartFile(path: file).bytes
        let options = ProjectionOptions(linkHosts: Set(host))
        do throws(JSONFault) {
            let size = try policy.project(cart, for: .guest, options: options).count
            let speeds = rounds.measure(cart.count) { _ = try? policy.project(cart, for: .guest, options: options) }
            print(speeds.line(named: "policy", policy.name, bytes: cart.count, outputBytes: size))
        } catch {
            throw BenchFault("\(file): \(error.reason.rawValue) at byte \(error.offset); only a good cart can be measured")
        }
    }

    private func readPolicy() throws -> Policy {
        let isPath = policy.contains("/") || policy.hasSuffix(".policy")
        let path = isPath ? policy : "config/policies/\(policy).policy"
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw BenchFault("\(path): the policy file is missing or is not UTF-8")
        }
        do {
            return try Policy(name: URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent, file: path, text: text)
        } catch {
            throw BenchFault(error.description)
        }
    }
}
