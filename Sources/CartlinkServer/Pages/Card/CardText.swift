// SPDX-License-Identifier: Apache-2.0

/// Foreign text made fit for a card.
enum CardText {
    /// One line of at most `most` characters as people count them, cut between two of them.
    ///
    /// Control characters go, and so does what turns the direction of the text behind it: a product's name must not rearrange a card.
    static func line(_ text: String, most: Int) -> String {
        // A character can be made of thousands of code points; a long text isn't read to its end.
        let readable = String(String.UnicodeScalarView(text.unicodeScalars.prefix(most * longestCharacter).map { $0.isSpace ? " " : $0 }))
        var line = ""
        var count = 0
        var isBehindSpace = true
        for character in readable {
            let kept = String.UnicodeScalarView(character.unicodeScalars.prefix(longestCharacter).filter(\.isShown))
            guard !kept.isEmpty, !(character == " " && isBehindSpace) else { continue }
            if count == most {
                if character == " " { continue }
                return cut(line)
            }
            isBehindSpace = character == " "
            line.unicodeScalars.append(contentsOf: kept)
            count += 1
        }
        return line.hasSuffix(" ") ? String(line.dropLast()) : line
    }

    /// Enough for a family of four with skin tones, or a letter with all its marks.
    private static let longestCharacter = 16

    private static func cut(_ line: String) -> String {
        var line = line.dropLast()
        while line.last == " " || line.last == "," { line = line.dropLast() }
        return line + "…"
    }
}

extension Unicode.Scalar {
    fileprivate var isSpace: Bool { properties.isWhitespace }

    fileprivate var isShown: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        // Of the characters that only steer others, emoji and some scripts need the joiners; flags are spelt with tags.
        case .format: value == 0x200C || value == 0x200D || (0xE0020...0xE007F).contains(value)
        default: true
        }
    }
}
