// SPDX-License-Identifier: Apache-2.0

/// The part of an e-mail address behind the sign: labels with dots between them, also hidden ones, or an IP address.
struct MailHost {
    let range: Range<Int>
    /// There is a dot with a top-level domain behind it.
    let isDotted: Bool
    /// One of the dots is a word: `mail punto example`.
    let hidesDot: Bool
    private let firstLabel: Range<Int>

    /// What can be read as a host from `start` on, if there is anything.
    ///
    /// A host of hidden signs is read up to eight labels: enough for real ones, and it keeps the time linear.
    init?(in text: borrowing FoldedText, at start: Int) {
        if text[start] == UInt8(ascii: "["), let literal = Self.literal(in: text, at: start) {
            (range, isDotted, hidesDot, firstLabel) = (literal, true, false, start..<start)
            return
        }
        let end = Self.labelEnd(in: text, start)
        guard end > start else { return nil }
        firstLabel = start..<end
        // The host ends with the last label that can be a top-level domain, whatever follows.
        var (last, dotted, hides, hidesDot, hidden) = (end, end, false, false, 0)
        var (isNumeric, labels) = (Self.isNumber(text, start..<end), 1)
        while let dot = Self.dot(in: text, at: last), hidden + (dot.isWord ? 1 : 0) < 8 {
            let labelEnd = Self.labelEnd(in: text, dot.end)
            let isTop = labelEnd - dot.end >= 2 && text[dot.end].isLetter
            // A hidden dot is a common word: what follows must look like a domain.
            guard labelEnd > dot.end, isTop || !dot.isWord else { break }
            if dot.isWord { (hides, hidden) = (true, hidden + 1) }
            isNumeric = isNumeric && Self.isNumber(text, dot.end..<labelEnd)
            labels += 1
            last = labelEnd
            if isTop || isNumeric && labels == 4 { (dotted, hidesDot) = (last, hides) }
        }
        (range, isDotted, self.hidesDot) = (start..<dotted, dotted > end, hidesDot)
    }

    /// Whether the first label is a large mail host's name, so that the rest may be missing.
    func isKnown(in text: FoldedText) -> Bool {
        !firstLabel.isEmpty && Vocabulary.roles(of: text.bytes, firstLabel.lowerBound, firstLabel.upperBound).contains(.mailHost)
    }

    /// The dot at `index`: `.`, ` . `, `[.]`, `(dot)`, ` punto `; where it ends, and whether it is hidden.
    static func dot(in text: FoldedText, at index: Int) -> (end: Int, isWord: Bool)? {
        if text[index] == UInt8(ascii: "."), text[index + 1].isLetter || text[index + 1].isDigit { return (index + 1, false) }
        var start = index
        while start - index < 2, text[start].isSpace { start += 1 }
        if "([{<".utf8.contains(text[start]) { start += text[start + 1].isSpace ? 2 : 1 }
        var end = start
        if text[start] == UInt8(ascii: ".") {
            end += 1
        } else {
            while end - start < 6, text[end].isLetter { end += 1 }
            guard end > start, !text[end].isLetter, Vocabulary.roles(of: text.bytes, start, end).contains(.dot) else { return nil }
        }
        if let outer = AtSign.brackets(around: start..<end, in: text) { return (AtSign.spaces(around: outer, in: text).upperBound, true) }
        guard text[start - 1].isSpace, start > index, text[end].isSpace else { return nil }
        return (AtSign.spaces(around: start..<end, in: text).upperBound, true)
    }

    private static func labelEnd(in text: FoldedText, _ start: Int) -> Int {
        var end = start
        while text[end].isLetter || text[end].isDigit || text[end] == UInt8(ascii: "-") { end += 1 }
        while end > start, text[end - 1] == UInt8(ascii: "-") { end -= 1 }
        return end
    }

    private static func isNumber(_ text: FoldedText, _ range: Range<Int>) -> Bool {
        range.allSatisfy { text[$0].isDigit }
    }

    /// `[192.0.2.1]`, `[IPv6:2001:db8::1]`.
    private static func literal(in text: FoldedText, at start: Int) -> Range<Int>? {
        var end = start + 1
        while end - start < 48, text[end].isLetter || text[end].isDigit || ".:".utf8.contains(text[end]) { end += 1 }
        return end > start + 3 && text[end] == UInt8(ascii: "]") ? start..<end + 1 : nil
    }
}
