// SPDX-License-Identifier: Apache-2.0

/// Phone numbers: international (ITU-T E.164, with `+` or `00`), and national ones of 9 to 13 digits.
enum PhoneNumber {
    static func find(_ groups: ArraySlice<Range<Int>>, in text: [UInt8]) -> Range<Int>? {
        guard let first = groups.first, let last = groups.last else { return nil }
        var start = first.lowerBound
        if start > 0, text[start - 1] == UInt8(ascii: "(") { start -= 1 }
        let isInternational = start > 0 && text[start - 1] == UInt8(ascii: "+")
        if isInternational { start -= 1 }
        let count = groups.reduce(0) { $0 + $1.count }
        let leading = text[first].starts(with: "00".utf8)
        if isInternational || leading {
            guard (isInternational ? 8...15 : 10...17).contains(count) else { return nil }
            return start..<last.upperBound
        }
        // Digits that touch letters are part of a code, and so are digits that a word announces as one.
        guard start == 0 || !text[start - 1].isLetter && !"#_,".utf8.contains(text[start - 1]) else { return nil }
        guard last.upperBound == text.count || !text[last.upperBound].isLetter, !followsCodeWord(start, in: text) else { return nil }
        guard groups.count > 1 else { return (9...11).contains(count) ? start..<last.upperBound : nil }
        guard (9...13).contains(count), isPhoneShaped(groups, in: text) else { return nil }
        return start..<last.upperBound
    }

    /// Not a row of sizes (`38 39 40 41 42`) or of prices (`12.50 13.50`).
    private static func isPhoneShaped(_ groups: ArraySlice<Range<Int>>, in text: [UInt8]) -> Bool {
        let separators = zip(groups, groups.dropFirst()).map { text[$0.upperBound..<$1.lowerBound] }
        let dots = separators.count { $0.contains(UInt8(ascii: ".")) }
        guard dots == 0 || dots == separators.count else { return false }
        if groups.allSatisfy({ $0.count <= 2 }) { return text[groups.first!.lowerBound] == UInt8(ascii: "0") }
        return true
    }

    /// Whether the word before is one that announces a code, as in `SKU 1234567890`.
    private static func followsCodeWord(_ start: Int, in text: [UInt8]) -> Bool {
        var end = start
        while end > 0, start - end < 3, " :.-#".utf8.contains(text[end - 1]) { end -= 1 }
        var first = end
        while first > 0, end - first < 10, text[first - 1].isLetter { first -= 1 }
        return codeWords.contains(text[first..<end].map(\.lowercased))
    }

    private static let codeWords = Set(
        ["sku", "ean", "gtin", "upc", "isbn", "ref", "art", "item", "article", "order", "pedido", "bestellung", "model", "modelo", "lot"]
            .map { Array($0.utf8) }
    )
}
