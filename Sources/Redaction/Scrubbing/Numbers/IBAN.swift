// SPDX-License-Identifier: Apache-2.0

/// Finds bank account numbers (ISO 13616): the country's length and the check digits (modulo 97) must hold, the grouping is free.
enum IBAN {
    static func find(in text: FoldedText) -> [Range<Int>] {
        var finds: [Range<Int>] = []
        var index = 0
        while index + 15 <= text.count {
            if text.bytes[index].isLetter, startsWord(index, in: text), let end = end(in: text, start: index) {
                finds.append(index..<end)
                index = end
            } else {
                index += 1
            }
        }
        return finds
    }

    /// Not within a word, except behind `IBAN` itself.
    private static func startsWord(_ index: Int, in text: FoldedText) -> Bool {
        guard text[index - 1].isLetter || text[index - 1].isDigit else { return true }
        return text[index - 1].lowercased == UInt8(ascii: "n") && text[index - 2].lowercased == UInt8(ascii: "a")
            && text[index - 3].lowercased == UInt8(ascii: "b") && text[index - 4].lowercased == UInt8(ascii: "i")
    }

    /// The end of the account number that starts here, with up to two separators between any two characters.
    private static func end(in text: FoldedText, start: Int) -> Int? {
        var (index, count, digits, length) = (start, 0, 0, 4)
        var head: UInt64 = 0
        var remainder = 0
        var isNumeric = false
        while count < length {
            let byte = text[index].lowercased
            guard byte.isDigit || byte.isLetter && byte < 0x80, count < 2 ? !byte.isDigit : count > 3 || byte.isDigit else { return nil }
            if isNumeric, !byte.isDigit { return nil }
            if count < 4 {
                head = head << 8 | UInt64(byte)
            } else {
                remainder = append(byte, to: remainder)
            }
            digits += byte.isDigit ? 1 : 0
            (index, count) = (index + 1, count + 1)
            if count == 2 {
                guard let full = IBANLengths.length(of: head) else { return nil }
                length = full
                isNumeric = IBANLengths.isNumeric(head)
            }
            guard count < length else { break }
            let first = index
            while index - first < 3, isSeparator(text[index]) { index += 1 }
            guard index - first < 3 else { return nil }
        }
        // Ten digits at least: all countries have more; words with a few numbers between them have not.
        guard digits >= 10, !text[index].isDigit else { return nil }
        for shift in [24, 16, 8, 0] as [UInt64] { remainder = append(UInt8(truncatingIfNeeded: head >> shift), to: remainder) }
        return remainder == 1 ? index : nil
    }

    private static func append(_ byte: UInt8, to remainder: Int) -> Int {
        byte.isDigit ? (remainder * 10 + Int(byte - UInt8(ascii: "0"))) % 97 : (remainder * 100 + Int(byte - UInt8(ascii: "a")) + 10) % 97
    }

    @inline(__always)
    private static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: ","),
            UInt8(ascii: "\n"), UInt8(ascii: ":"):
            true
        default: false
        }
    }
}
