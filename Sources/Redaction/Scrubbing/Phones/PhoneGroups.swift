// SPDX-License-Identifier: Apache-2.0

/// Groups of digits that may be one phone number, or several.
struct PhoneGroups {
    private let words: Words
    private let run: Range<Int>
    private var range: Range<Int>

    init(_ run: Range<Int>, _ words: Words) {
        (self.words, self.run, range) = (words, run, run)
    }

    var count: Int { range.count }
    var isEmpty: Bool { range.isEmpty }
    /// No group has been taken off yet.
    var isFirst: Bool { range.lowerBound == run.lowerBound }
    var firstWord: Int { range.lowerBound }

    /// Before the first group stands one that may be a quantity: `2 612 345 678`.
    func followsQuantity(in text: FoldedText) -> Bool {
        guard !isFirst else { return false }
        let previous = words.all[range.lowerBound - 1]
        return previous.count <= 2 && text[Int(previous.start)] != UInt8(ascii: "0") && text[Int(previous.end)].isSpace
    }

    /// Behind the first `count` groups stands one that may be a quantity: `612 345 678 2 pcs`.
    func precedesQuantity(_ count: Int, in text: FoldedText) -> Bool {
        self.count(of: count) <= 2 && text[end(count)].isSpace
    }

    func count(of group: Int) -> Int { words.all[range.lowerBound + group].count }
    func range(_ group: Int) -> Range<Int> { words.all[range.lowerBound + group].range }
    func start(_ group: Int) -> Int { Int(words.all[range.lowerBound + group].start) }
    /// Where the first `count` groups end.
    func end(_ count: Int) -> Int { Int(words.all[range.lowerBound + count - 1].end) }
    /// The word behind the first `count` groups.
    func wordIndex(_ count: Int) -> Int { range.lowerBound + count }
    func separator(after group: Int) -> Range<Int> { words.gap(after: range.lowerBound + group) }

    mutating func removeFirst(_ count: Int) {
        range = range.lowerBound + count..<range.upperBound
    }

    func value(_ group: Int, in text: FoldedText) -> Int {
        range(group).prefix(9).reduce(0) { $0 * 10 + Int(text[$1] - UInt8(ascii: "0")) }
    }

    func firstDigit(_ group: Int, in text: FoldedText) -> UInt8 { text[start(group)] - UInt8(ascii: "0") }

    /// Behind this group something new may begin: the separator there is wide, or another one than inside of what follows.
    func startsAnew(after group: Int, in text: FoldedText) -> Bool {
        if isWide(separator(after: group), in: text) { return true }
        if group + 2 < count { return !hasSameSeparators(group, group + 1, in: text) }
        return group == 0 || !hasSameSeparators(group - 1, group, in: text)
    }

    /// With this group something may end: the separator behind it is wide, or another one than before it.
    func ends(with group: Int, in text: FoldedText) -> Bool {
        guard group + 1 < count else { return true }
        if isWide(separator(after: group), in: text) { return true }
        return group > 0 ? !hasSameSeparators(group - 1, group, in: text) : false
    }

    /// ` / `, or more than one space.
    func isWide(_ separator: Range<Int>, in text: FoldedText) -> Bool {
        separator.count > 1 && (separator.contains { text[$0] == UInt8(ascii: "/") } || separator.allSatisfy { text[$0].isSpace })
    }

    private func hasSameSeparators(_ first: Int, _ second: Int, in text: FoldedText) -> Bool {
        text.bytes[separator(after: first)] == text.bytes[separator(after: second)]
    }

    /// Some separators have a dot and some have not, as between prices: `12.50 13.50`. Brackets are neither.
    func mixesDots(_ count: Int, in text: FoldedText) -> Bool {
        var (dots, others) = (false, false)
        for group in 0..<count - 1 {
            let separator = separator(after: group)
            if separator.contains(where: { text[$0] == UInt8(ascii: ".") }) {
                dots = true
            } else if !separator.contains(where: { text[$0] == UInt8(ascii: ")") }) {
                others = true
            }
        }
        return dots && others
    }

    /// Whether the first `count` groups are sizes in a row: round numbers, or pairs of digits in equal steps, or that rise or fall:
    /// `600 800 900`, `38 39 40`.
    func isRow(_ count: Int, in text: FoldedText) -> Bool {
        var (areRound, areFives, arePairs, areEqual, rise, fall) = (true, true, true, true, true, true)
        var (last, step) = (0, 0)
        for group in 0..<count {
            guard self.count(of: group) <= 4 else { return false }
            // No size is written like `0171`, or like `575.695.9900`.
            if self.count(of: group) > 2, firstDigit(group, in: text) == 0 || group > 0 && "-.".utf8.contains(text[start(group) - 1]) {
                return false
            }
            let value = value(group, in: text)
            areRound = areRound && value % 10 == 0
            areFives = areFives && value % 5 == 0
            arePairs = arePairs && self.count(of: group) <= 2
            if group > 0 {
                areEqual = areEqual && (group == 1 || value - last == step)
                step = value - last
                rise = rise && step >= 0
                fall = fall && step <= 0
            }
            last = value
        }
        guard count > 1, !areRound else { return count > 1 }
        guard arePairs else { return areFives && rise }
        // A number that begins with a single digit or a zero is grouped like a phone number; its pairs may well rise.
        return areEqual || self.count(of: 0) == 2 && firstDigit(0, in: text) != 0 && (rise || fall)
    }

    func isYear(_ group: Int, in text: FoldedText) -> Bool {
        count(of: group) == 4 && (1900..<2100).contains(value(group, in: text))
    }

    /// How many groups the date takes that begins here: `2026-03-31`, `31. 03. 2026`, `24/12/26`, `01.05.-03.05.2026`.
    func dateCount(in text: FoldedText) -> Int? {
        guard count >= 3, count(of: 1) <= 2, count(of: 0) <= 4 else { return nil }
        guard hasSameSeparators(0, 1, in: text), isDateSeparator(separator(after: 0), in: text) else { return openDateCount(in: text) }
        let sizes = (count(of: 0), count(of: 1), count(of: 2))
        if sizes.0 == 4, sizes.1 <= 2, sizes.2 <= 2, isYear(0, in: text), isDay(2, 1, in: text) { return 3 }
        guard sizes.0 <= 2, sizes.1 <= 2, isDay(0, 1, in: text) || isDay(1, 0, in: text) else { return openDateCount(in: text) }
        if sizes.2 == 4, isYear(2, in: text) { return 3 }
        // A French phone number begins like a date with a short year, but goes on.
        return sizes.2 == 2 && (count == 3 || !hasSameSeparators(1, 2, in: text)) ? 3 : openDateCount(in: text)
    }

    /// `01.05.-03.05.2026`: the first of two dates, without its year.
    private func openDateCount(in text: FoldedText) -> Int? {
        guard count >= 5, count(of: 4) == 4, count(of: 0) <= 2, isDay(0, 1, in: text), !hasSameSeparators(0, 1, in: text) else {
            return nil
        }
        guard separator(after: 1).count > 1, isYear(4, in: text) else { return nil }
        return 2
    }

    private func isDay(_ day: Int, _ month: Int, in text: FoldedText) -> Bool {
        (1...31).contains(value(day, in: text)) && (1...12).contains(value(month, in: text))
    }

    private func isDateSeparator(_ separator: Range<Int>, in text: FoldedText) -> Bool {
        guard separator.count == 1 || separator.count == 2 && text[separator.lowerBound + 1].isSpace else { return false }
        switch text[separator.lowerBound] {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"): return true
        default: return false
        }
    }
}
