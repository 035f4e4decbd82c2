// SPDX-License-Identifier: Apache-2.0

/// Finds e-mail addresses (RFC 5322, RFC 6531), also those hidden from machines: `name (at) host`, `nome arroba host ponto com`.
enum EmailAddress {
    static func find(in text: FoldedText) -> [Range<Int>] {
        var finds: [Range<Int>] = []
        var floor = 0
        var index = 0
        while index < text.count {
            guard AtSign.mayBegin(text.bytes[index]), let sign = AtSign(in: text, at: index), sign.range.lowerBound >= floor,
                let find = address(around: sign, in: text, floor: floor)
            else {
                index += 1
                continue
            }
            finds.append(find)
            (index, floor) = (find.upperBound, find.upperBound)
        }
        return finds
    }

    private static func address(around sign: AtSign, in text: FoldedText, floor: Int) -> Range<Int>? {
        guard let host = MailHost(in: text, at: sign.range.upperBound) else { return nil }
        guard sign.form == .bracketed || host.isDotted || host.isKnown(in: text) else { return nil }
        let hides = sign.form != .plain && sign.form != .spaced || host.hidesDot
        var start = localStart(in: text, before: sign.range.lowerBound, floor: floor, hidesDots: hides)
        if start == sign.range.lowerBound {
            // The local part has been cut already: `…@host`.
            guard text[start - 1] == FoldedScalar.mark || start == floor && floor > 0, sign.form == .plain else { return nil }
        }
        if sign.form == .bareAt, !isLikely(start..<sign.range.lowerBound, sign, host, in: text) { return nil }
        while start < sign.range.lowerBound - 1, "'*/&=".utf8.contains(text[start]) { start += 1 }
        return start..<host.range.upperBound
    }

    /// ` at ` is an address with a hidden dot, at a large host, or if the name before looks like a mailbox.
    private static func isLikely(_ local: Range<Int>, _ sign: AtSign, _ host: MailHost, in text: FoldedText) -> Bool {
        if host.hidesDot || host.isKnown(in: text) { return true }
        if local.contains(where: { text[$0].isDigit || "._+".utf8.contains(text[$0]) }) { return true }
        if sign.isUppercase, local.contains(where: { !text[$0].isUppercase }) { return true }
        // `my mail is ben at host.example`
        var end = local.lowerBound
        for _ in 0..<3 {
            while local.lowerBound - end < 40, " :".utf8.contains(text[end - 1]) { end -= 1 }
            var first = end
            while end - first < 12, text[first - 1].isLetter { first -= 1 }
            guard first < end else { return false }
            if Vocabulary.roles(of: text.bytes, first, end).contains(.mail) { return true }
            end = first
        }
        return false
    }

    /// Where the local part before `end` begins; `end` if there is none.
    private static func localStart(in text: FoldedText, before end: Int, floor: Int, hidesDots: Bool) -> Int {
        if text[end - 1] == UInt8(ascii: "\""), let quote = quoteStart(in: text, before: end - 1, floor: floor) { return quote }
        var start = end
        while start > floor, isLocal(text[start - 1]) { start -= 1 }
        guard hidesDots, start < end else { return start }
        for _ in 0..<4 {
            guard let name = nameBeforeDot(in: text, start, floor: floor) else { break }
            start = name
        }
        return start
    }

    /// The start of `name` in `name (dot) ` or `name dot `, if that stands before `end`.
    private static func nameBeforeDot(in text: FoldedText, _ end: Int, floor: Int) -> Int? {
        var dot = end
        while dot > floor, end - dot < 12, !isLocal(text[dot - 1]) { dot -= 1 }
        while dot > floor, end - dot < 12, text[dot - 1].isLetter { dot -= 1 }
        while dot > floor, end - dot < 14, " ([{<".utf8.contains(text[dot - 1]) { dot -= 1 }
        guard let found = MailHost.dot(in: text, at: dot), found.isWord, found.end == end else { return nil }
        var start = dot
        while start > floor, dot - start < 64, isLocal(text[start - 1]) { start -= 1 }
        return start < dot ? start : nil
    }

    /// `"ann lee"@host`: the opening quote, up to 64 characters back (RFC 5321 §4.5.3.1.1).
    private static func quoteStart(in text: FoldedText, before end: Int, floor: Int) -> Int? {
        var start = end - 1
        while start >= floor, end - start <= 64, text[start] != UInt8(ascii: "\n") {
            if text[start] == UInt8(ascii: "\"") { return start }
            start -= 1
        }
        return nil
    }

    private static func isLocal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "!"), UInt8(ascii: "#")...UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"),
            UInt8(ascii: "-")...UInt8(ascii: "9"),
            UInt8(ascii: "="), UInt8(ascii: "?"), UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"),
            UInt8(ascii: "{")...UInt8(ascii: "~"):
            true
        default: byte.isLetter
        }
    }
}
