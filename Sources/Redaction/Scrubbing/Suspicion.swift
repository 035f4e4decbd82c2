// SPDX-License-Identifier: Apache-2.0

/// The first look at a text, which lets most texts go without an allocation.
enum Suspicion {
    /// Whether the text has any sign of what is looked for: a digit, `@`, a word that stands for it, a URL, or a character that may
    /// hide one of these. Everything the finders find holds one.
    static func isRaised(by text: [UInt8]) -> Bool {
        var last: UInt8 = 0
        for index in text.indices {
            let byte = text[index]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "@"), UInt8(ascii: "="), UInt8(ascii: "/"): return true
            // Brackets hide signs: `(a)`. Controls hide anything.
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "<"), 0..<0x20, 0x7F: return true
            case UInt8(ascii: "a"), UInt8(ascii: "A"): if !isLetter(last), beginsSign(text, index + 1) { return true }
            // `eyJ`, as JSON Web Tokens begin.
            case UInt8(ascii: "J"): if last == UInt8(ascii: "y") || last >= 0x80 { return true }
            // Latin letters with accents may be the first one of `ät`.
            case 0xC3...0xC5: if !isLetter(last) && beginsSign(text, index + 2) || last | 0x20 == UInt8(ascii: "y") { return true }
            // No-break spaces part words, an ordinal may be the `a` of `at`, soft hyphens and controls hide; other signs are harmless, as
            // are dashes and quotes, but not what has no width.
            case 0xC2: if text[index + 1] <= 0xA0 || text[index + 1] == 0xAA || text[index + 1] == 0xAD { return true }
            case 0xE2: if text[index + 1] != 0x80 || !(0x90...0xA7).contains(text[index + 2]) { return true }
            case 0xC6...0xFF: return true
            default: break
            }
            last = byte
        }
        return false
    }

    /// The rest of `at`, `aet` or `arroba`, or something that may be folded to it.
    private static func beginsSign(_ text: [UInt8], _ index: Int) -> Bool {
        guard index + 1 < text.count else { return false }
        switch text[index] | 0x20 {
        case UInt8(ascii: "t"): return !isLetter(text[index + 1]) || text[index + 1] >= 0x80
        case UInt8(ascii: "e"): return text[index + 1] | 0x20 == UInt8(ascii: "t") || text[index + 1] >= 0x80
        case UInt8(ascii: "r"): return text[index + 1] | 0x20 == UInt8(ascii: "r") || text[index + 1] >= 0x80
        default: return text[index] >= 0x80
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte >= 0x80 }
}
