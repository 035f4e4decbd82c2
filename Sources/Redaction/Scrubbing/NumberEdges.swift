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

    /// - Parameter next: the first word behind the number.
    static func allowAfter(_ end: Int, _ text: FoldedText, _ words: Words, next: Int) -> Bool {
        switch text[end] {
        case UInt8(ascii: "%"), UInt8(ascii: "_"), UInt8(ascii: "$"): return false
        case UInt8(ascii: "-"), UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: "/"):
            if text[end + 1].isDigit && text[end] == UInt8(ascii: ",") { return false }
            return !(text[end + 1].isLetter && text[end] == UInt8(ascii: "-"))
        case UInt8(ascii: " "):
            if "$%".utf8.contains(text[end + 1]) { return false }
            guard next < words.all.count, words.all[next].roles.contains(.unit) else { return true }
            return Int(words.all[next].start) > end + 1
        default: return !text[end].isLetter
        }
    }
}
