// SPDX-License-Identifier: Apache-2.0

import Redaction

/// What must hold of every mask for every text: the promises of `docs/policies.md`, counted on the characters a person sees.
enum MaskProperty {
    static let actions = ["mask:hidden", "mask:email", "mask:tail", "mask:name", "mask:place", "mask:street"]

    static func check(_ text: String) throws(Violation) {
        for action in actions {
            let masked = try mask(text, action)
            let evidence = "\(action): \(text)\n  \(masked)"
            try expect(try mask(masked, action) == masked, "masking twice equals masking once", evidence)
            guard !text.isEmpty else { continue }
            try expect(masked.contains("***"), "a masked text has stars", evidence)

            let letters = text.filter { !$0.isWhitespace }
            let visible = masked.filter { !$0.isWhitespace && $0 != "*" && !(action == "mask:email" && $0 == "@") }
            try expect(visible.count * 2 <= letters.count, "a mask shows at most half of a text", evidence)
            try expect(visible.isEmpty || letters.count > 3, "a mask shows nothing of three characters", evidence)
            // What a platform has masked already is shorter than what it hides.
            let isLongStreet = letters.count >= 12 || text.contains("*")
            try expect(visible.isEmpty || action != "mask:street" || isLongStreet, "a street shows nothing below 12 characters", evidence)
            // A character cut in two would show as one that the text doesn't have.
            let own = Set(text)
            try expect(visible.allSatisfy(own.contains), "a mask shows whole characters of the text", evidence)
        }
    }

    private static func mask(_ text: String, _ action: String) throws(Violation) -> String {
        guard let written = MaskProbe.apply(action, to: Array(text.utf8)), case .string(let masked)? = JSONTree(written)?.content else {
            throw Violation("a masked text is a JSON string", ("text", text), ("action", action))
        }
        return shown(masked)
    }
}
