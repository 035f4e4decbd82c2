// SPDX-License-Identifier: Apache-2.0

/// What stands between the two parts of an e-mail address: `@`, or one of the ways people hide it.
struct AtSign {
    enum Form {
        /// `@` or `%40` without spaces, also in brackets.
        case plain
        /// `name @ host`, `name@ host`.
        case spaced
        /// `(at)`, `[arroba]`: hardly ever means anything else.
        case bracketed
        /// `(a)`, `(en)`, `_at_`: may mean something else, so the host must have a dot.
        case doubtful
        /// ` at `: an ordinary word, so more has to speak for an address.
        case bareAt
        /// ` arroba `: also a weight, so the host must have a dot.
        case bareArroba
    }

    let form: Form
    let range: Range<Int>
    /// Written in capitals, as in `name AT host`.
    var isUppercase = false

    /// The sign whose `@`, `%`, or first letter is at `index`, spaces and brackets around it included.
    init?(in text: borrowing FoldedText, at index: Int) {
        switch text[index] {
        case UInt8(ascii: "@"): self.init(in: text, sign: index..<index + 1)
        case UInt8(ascii: "%"):
            guard text[index + 1] == UInt8(ascii: "4"), text[index + 2] == UInt8(ascii: "0") else { return nil }
            self.init(form: .plain, range: index..<index + 3)
        case UInt8(ascii: "a"), UInt8(ascii: "A"), UInt8(ascii: "e"), UInt8(ascii: "E"): self.init(in: text, word: index)
        default: return nil
        }
    }

    @inline(__always)
    static func mayBegin(_ byte: UInt8) -> Bool {
        let letter = byte | 0x20
        return byte == UInt8(ascii: "@") || byte == UInt8(ascii: "%") || letter == UInt8(ascii: "a") || letter == UInt8(ascii: "e")
    }

    private init(form: Form, range: Range<Int>) {
        (self.form, self.range) = (form, range)
    }

    private init(in text: borrowing FoldedText, sign: Range<Int>) {
        if let outer = Self.brackets(around: sign, in: text) {
            self.init(form: .plain, range: Self.spaces(around: outer, in: text))
            return
        }
        let outer = Self.spaces(around: sign, in: text)
        // A space before only is how a nickname is written: `thanks @ann.lee`.
        self.init(form: outer.upperBound > sign.upperBound ? .spaced : .plain, range: outer.upperBound > sign.upperBound ? outer : sign)
    }

    private init?(in text: borrowing FoldedText, word start: Int) {
        guard !text[start - 1].isLetter, !text[start - 1].isDigit else { return nil }
        var end = start
        while end - start < 7, text[end].isLetter { end += 1 }
        guard !text[end].isLetter, !text[end].isDigit else { return nil }
        let roles = Vocabulary.roles(of: text.bytes, start, end)
        let isShort = end - start == 1 && text[start].lowercased == UInt8(ascii: "a") || end - start == 2 && text[start].lowercased == 0x65
        guard roles.contains(.atSign) || isShort else { return nil }
        if let outer = Self.brackets(around: start..<end, in: text) {
            let spaced = Self.spaces(around: outer, in: text)
            guard isShort else {
                self.init(form: .bracketed, range: spaced)
                return
            }
            guard end - start == 2 || spaced == outer else { return nil }
            self.init(form: .doubtful, range: spaced)
            return
        }
        guard !isShort else { return nil }
        if text[start - 1] == text[end], "_*|~".utf8.contains(text[end]) {
            self.init(form: .doubtful, range: start - 1..<end + 1)
            return
        }
        guard text[start - 1].isSpace, text[end].isSpace else { return nil }
        self.init(form: end - start > 3 ? .bareArroba : .bareAt, range: Self.spaces(around: start..<end, in: text))
        isUppercase = text[start].isUppercase && text[start + 1].isUppercase
    }

    /// The range with a bracket on either side, if there is one; up to one space inside.
    static func brackets(around range: Range<Int>, in text: FoldedText) -> Range<Int>? {
        let start = range.lowerBound - (text[range.lowerBound - 1].isSpace ? 2 : 1)
        let end = range.upperBound + (text[range.upperBound].isSpace ? 1 : 0)
        let closing: UInt8
        switch text[start] {
        case UInt8(ascii: "("): closing = UInt8(ascii: ")")
        case UInt8(ascii: "["): closing = UInt8(ascii: "]")
        case UInt8(ascii: "{"): closing = UInt8(ascii: "}")
        case UInt8(ascii: "<"): closing = UInt8(ascii: ">")
        default: return nil
        }
        return text[end] == closing ? start..<end + 1 : nil
    }

    /// The range with up to two spaces on either side.
    static func spaces(around range: Range<Int>, in text: FoldedText) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while range.lowerBound - start < 2, text[start - 1].isSpace { start -= 1 }
        while end - range.upperBound < 2, text[end].isSpace { end += 1 }
        return start..<end
    }
}
