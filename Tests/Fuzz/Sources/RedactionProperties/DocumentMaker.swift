// SPDX-License-Identifier: Apache-2.0

/// JSON objects whose names and texts are those that `PolicyMaker` writes into paths, with white space and escapes mixed in.
enum DocumentMaker {
    static func document(by choices: inout Choices) -> [UInt8] {
        var text = ""
        object(depth: 0, &text, &choices)
        return Array(text.utf8)
    }

    private static func object(depth: Int, _ text: inout String, _ choices: inout Choices) {
        text += "{"
        var free = names
        for index in 0..<choices.below(6) where !free.isEmpty {
            if index > 0 { text += "," }
            // Seldom a name comes twice, perhaps once with an escape: then the document is refused.
            let name = choices.below(64) == 63 ? choices.one(of: names) : free.remove(at: choices.below(free.count))
            text += choices.one(of: spaces) + name + choices.one(of: spaces) + ":" + choices.one(of: spaces)
            // What tells elements apart mostly has one of the values that policies choose by.
            if name.hasSuffix("d\""), choices.below(4) > 0 {
                text += choices.one(of: PolicyMaker.values.map { "\"\($0)\"" } + [#""\u0078""#])
            } else {
                value(depth: depth + 1, &text, &choices)
            }
        }
        text += choices.one(of: spaces) + "}"
    }

    private static func value(depth: Int, _ text: inout String, _ choices: inout Choices) {
        switch choices.below(depth > 6 ? 5 : 12) {
        case 0...2: text += choices.one(of: strings)
        case 3: text += choices.one(of: ["0", "-1", "12.50", "1E+3", "612345678", "4111111111111111"])
        case 4: text += choices.one(of: ["null", "true", "false"])
        case 5...8: object(depth: depth, &text, &choices)
        default:
            text += "["
            for index in 0..<choices.below(4) {
                if index > 0 { text += "," + choices.one(of: spaces) }
                value(depth: depth + 1, &text, &choices)
            }
            text += "]"
        }
    }

    private static let names =
        PolicyMaker.names.map { "\"\($0)\"" } + [#""\u0062""#, #""\u0069d""#, #""other""#, #""ann@mail.example""#, #""""#, #""é\n""#]

    private static let strings =
        PolicyMaker.values.map { "\"\($0)\"" } + [
            #""\u0078""#, #""""#, #""https://shop.example/p""#, #""https:\/\/shop.example\/p""#, #""https://shop.example/p?t=1""#,
            #""call +34 612 345 678""#, #""\u0061nn@mail.example""#, #""4111 1111 1111 1111\t\/""#, #""canary \ud83d\ude00""#,
            #""Ann Lee""#,
        ]

    private static let spaces = ["", "", "", " ", "\n\t", "\r"]
}
