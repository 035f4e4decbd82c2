// SPDX-License-Identifier: Apache-2.0

import Redaction

/// Small policies over few names, so that their paths meet often: wide and close ones, selectors, `**`.
enum PolicyMaker {
    /// Up to nine lines, most of them allowed; nothing prevents contradictions and unreachable lines.
    static func text(by choices: inout Choices) -> String {
        (0...choices.below(9)).map { _ in line(by: &choices) }.joined(separator: "\n")
    }

    /// The policy of such a text, without the lines that the policy's own check complains about; nil if nothing is left.
    static func policy(by choices: inout Choices) -> (text: String, policy: Policy)? {
        var text = text(by: &choices)
        while !text.isEmpty {
            do throws(PolicyFaults) {
                return (text, try Policy(name: "made", file: "made", text: text))
            } catch {
                let lines = text.split(separator: "\n").enumerated()
                text = lines.filter { line in !error.faults.contains { $0.line == line.offset + 1 } }.map(\.element).joined(separator: "\n")
            }
        }
        return nil
    }

    static let names = ["a", "b", "c", "id"]
    static let values = ["x", "y"]

    private static func line(by choices: inout Choices) -> String {
        var path = ""
        for depth in 0...choices.below(4) {
            path += (depth == 0 ? "" : ".") + choices.one(of: names + ["*", "*"])
            for _ in 0..<max(0, choices.below(5) - 2) { path += choices.one(of: ["[]"] + values.map { "[id=\($0)]" }) }
        }
        if choices.below(4) == 1 { path = choices.below(8) == 1 ? "**" : path + ".**" }
        let dataClass = choices.one(of: ["public", "public", "payment", "personal", "identifier", "opaque"])
        let (guest, owner) = (guestActions[dataClass] ?? actions, dataClass == "payment" ? ["drop"] : ["show", "drop", "scrub", "link"])
        let columns = [guest, dataClass == "payment" ? ["drop"] : actions, owner]
        // Seldom anything else, which mostly isn't allowed.
        let words = columns.map { usual in choices.one(of: choices.below(16) == 15 ? actions : usual) }
        return "\(path) \(dataClass) \(words.joined(separator: " "))"
    }

    private static let guestActions = [
        "payment": ["drop"], "personal": ["drop"] + masks, "identifier": ["drop"], "opaque": ["drop"],
    ]

    private static let actions = ["show", "drop", "scrub", "link", "show:price"] + masks

    private static let masks = ["mask:hidden", "mask:email", "mask:tail", "mask:name", "mask:place", "mask:street"]
}
