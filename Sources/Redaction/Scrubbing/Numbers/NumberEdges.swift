// SPDX-License-Identifier: Apache-2.0

/// What touches a number and shows that it is no phone number: letters, a price's sign, a unit.
enum NumberEdges {
    static func allowBefore(_ start: Int, in text: FoldedText) -> Bool {
        let index = text[start - 1] == UInt8(ascii: "(") ? start - 1 : start
        let before = text[index - 1]
        switch before {
        case UInt8(ascii: "#"), UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "="), UInt8(ascii: "%"): return false
        // `AB-612345678`, `/products/612345678`
        case UInt8(ascii: "-"), UInt8(ascii: "/"): return !text[index - 2].isDigit && !text[index - 2].isLetter
        // `1,612345678`
        case UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: ":"): return !text[index - 2].isDigit
        case UInt8(ascii: " "): return text[index - 2] != UInt8(ascii: "$")
        default: return !before.isLetter
        }
    }

    /// - Parameters:
    ///   - next: the first word behind the number.
    ///   - isAnnounced: a word such as "Tel." stands before it, so that a unit behind it belongs to something else.
    static func allowAfter(_ end: Int, _ text: FoldedText, _ words: Words, next: Int, isAnnounced: Bool = false) -> Bool {
        switch text[end] {
        case UInt8(ascii: "%"), UInt8(ascii: "_"), UInt8(ascii: "$"): return false
        case UInt8(ascii: "-"), UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: "/"):
            if text[end + 1].isDigit && text[end] == UInt8(ascii: ",") { return false }
            return !(text[end + 1].isLetter && text[end] == UInt8(ascii: "-"))
        case UInt8(ascii: " "):
            if "$%".utf8.contains(text[end + 1]) { return false }
            guard !isAnnounced, next < words.all.count, words.all[next].roles.contains(.unit) else { return true }
            return Int(words.all[next].start) > end + 1 || isExtension(next, text, words)
        default: return !text[end].isLetter
        }
    }

    /// `x45` behind a number: an extension.
    private static func isExtension(_ index: Int, _ text: FoldedText, _ words: Words) -> Bool {
        let word = words.all[index]
        guard word.count == 1, text[Int(word.start)].lowercased == UInt8(ascii: "x"), index + 1 < words.all.count else { return false }
        return words.all[index + 1].isNumber && words.all[index + 1].start == word.end
    }
}
