// SPDX-License-Identifier: Apache-2.0

/// Finds card and phone numbers: groups of digits with at most two separators between them.
enum DigitRuns {
    static func find(in text: [UInt8]) -> [Range<Int>] {
        var finds: [Range<Int>] = []
        var index = 0
        while index < text.count {
            guard text[index].isDigit else {
                index += 1
                continue
            }
            let run = groups(in: text, from: index)
            finds += find(in: run, of: text)
            index = run.last!.upperBound
        }
        return finds
    }

    private static func groups(in text: [UInt8], from start: Int) -> [Range<Int>] {
        var groups: [Range<Int>] = []
        var index = start
        while true {
            let first = index
            while index < text.count, text[index].isDigit { index += 1 }
            groups.append(first..<index)
            var next = index
            while next < text.count, next - index < 3, separators.contains(text[next]) { next += 1 }
            guard next > index, next < text.count, text[next].isDigit, next - index < 3 else { return groups }
            index = next
        }
    }

    private static let separators = Array(" -./()".utf8)

    /// Cards first, then what lies between them, dates set apart, as phone numbers.
    private static func find(in groups: [Range<Int>], of text: [UInt8]) -> [Range<Int>] {
        var finds: [Range<Int>] = []
        var pending = 0
        var index = 0
        func flush(_ end: Int) {
            if pending < end, let phone = PhoneNumber.find(groups[pending..<end], in: text) { finds.append(phone) }
        }
        while index < groups.count {
            if let count = CardNumber.length(groups[index...], in: text) {
                flush(index)
                finds.append(groups[index].lowerBound..<groups[index + count - 1].upperBound)
                index += count
                pending = index
            } else if isDate(groups[index...], in: text) {
                flush(index)
                index += 3
                pending = index
            } else {
                index += 1
            }
        }
        flush(groups.count)
        return finds
    }

    /// `2026-03-31`, `31.03.2026`, `3/31/2026`.
    private static func isDate(_ groups: ArraySlice<Range<Int>>, in text: [UInt8]) -> Bool {
        guard groups.count >= 3 else { return false }
        let parts = groups.prefix(3).map { $0 }
        guard parts[1].lowerBound - parts[0].upperBound == 1, parts[2].lowerBound - parts[1].upperBound == 1 else { return false }
        let separator = text[parts[0].upperBound]
        guard separator == text[parts[1].upperBound], "-./".utf8.contains(separator) else { return false }
        let counts = parts.map(\.count)
        let isYearFirst = counts[0] == 4 && counts[1] <= 2 && counts[2] <= 2
        let isYearLast = counts[0] <= 2 && counts[1] <= 2 && counts[2] == 4
        guard isYearFirst || isYearLast else { return false }
        let year = text[isYearFirst ? parts[0] : parts[2]]
        return year.starts(with: "19".utf8) || year.starts(with: "20".utf8)
    }
}
