// SPDX-License-Identifier: Apache-2.0

/// Numbers with `+` or `00` and a country code.
enum InternationalPhone {
    /// How many groups belong to the number that begins here, if one does.
    static func count(_ groups: PhoneGroups, in text: FoldedText) -> Int? {
        let start = groups.start(0)
        if hasPlus(before: start, in: text) {
            return count(groups, skipping: 0, atLeast: 8, in: text)
        }
        guard groups.isFirst, text[start] == 0x30, text[start + 1] == 0x30, groups.count(of: 0) >= 2 else { return nil }
        guard !text[start - 1].isLetter, !"#_-".utf8.contains(text[start - 1]), !hasArticleForm(groups, in: text) else { return nil }
        let next = groups.count(of: 0) > 2 ? start + 2 : groups.count > 1 ? groups.start(1) : start
        guard text[next] != 0x30 else { return nil }
        return count(groups, skipping: 2, atLeast: groups.count == 1 ? 9 : 8, in: text)
    }

    /// `+34`, `+ 34`, `(+34`, `+(34`; but not `2+34…`.
    private static func hasPlus(before start: Int, in text: FoldedText) -> Bool {
        var index = start - 1
        if text[index].isSpace || text[index] == UInt8(ascii: "(") { index -= 1 }
        return text[index] == UInt8(ascii: "+") && !text[index - 1].isDigit
    }

    /// A number in one piece that is an article's: `0036000291452`.
    private static func hasArticleForm(_ groups: PhoneGroups, in text: FoldedText) -> Bool {
        groups.count == 1 && ArticleNumber.isValid(text, groups.range(0))
    }

    /// - Parameters:
    ///   - skipping: how many digits stand before the country code.
    ///   - atLeast: how many digits there must be from the country code on.
    private static func count(_ groups: PhoneGroups, skipping: Int, atLeast: Int, in text: FoldedText) -> Int? {
        var code = 0
        var codeDigits = 0
        var limit = 15
        var digits = -skipping
        var count = 0
        while count < groups.count {
            let size = groups.count(of: count)
            if count > 0, digits >= 8, parts(groups.separator(after: count - 1), groups, in: text) { break }
            for index in groups.range(count) where codeDigits < 3 && digits + (index - groups.start(count)) >= 0 {
                code = code * 10 + Int(text[index] - UInt8(ascii: "0"))
                codeDigits += 1
                if longest[code] > 0 { limit = min(limit, codeDigits + longest[code]) }
            }
            // `(0)`: a digit nobody dials from abroad.
            let isTrunkZero = count > 0 && text[groups.start(count)] == 0x30 && size == 1
            guard digits + size <= limit || isTrunkZero || count == 0 || digits < atLeast && digits + size <= 15 else { break }
            digits += isTrunkZero ? 0 : size
            count += 1
        }
        return digits >= atLeast && digits <= 17 ? count : nil
    }

    /// For the countries whose numbers we mostly see, how many digits a number has at most behind the country code.
    private static let longest: [Int] = {
        var longest = [Int](repeating: 0, count: 1000)
        for (code, digits) in known { longest[code] = digits }
        return longest
    }()

    private static let known = [
        1: 10, 30: 10, 31: 9, 32: 9, 33: 9, 34: 9, 39: 11, 41: 9, 43: 13, 44: 10, 45: 8, 46: 10, 47: 8, 48: 9, 49: 12, 51: 9, 52: 11,
        54: 11,
        55: 11, 56: 9, 57: 10, 61: 9, 91: 10, 351: 9, 352: 9, 353: 9, 358: 10, 420: 9, 593: 9, 598: 8,
    ]

    /// A slash or several spaces behind enough digits: a second number begins.
    private static func parts(_ separator: Range<Int>, _ groups: PhoneGroups, in text: FoldedText) -> Bool {
        groups.isWide(separator, in: text) || separator.contains { text[$0] == UInt8(ascii: "/") }
    }
}
