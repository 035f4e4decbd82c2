// SPDX-License-Identifier: Apache-2.0

/// Phone numbers: international (ITU-T E.164, with `+` or `00`), national ones in the groupings people write them in, and any
/// number that a word such as "Tel." announces.
enum PhoneNumber {
    /// - Parameter run: groups of digits with separators between them that phone numbers can have.
    static func find(in run: Range<Int>, _ text: FoldedText, _ words: Words, _ finds: inout [Range<Int>]) {
        var digits = 0
        for index in run where digits < 6 { digits += words.all[index].count }
        guard digits >= 6 else { return }
        var groups = PhoneGroups(run, words)
        var isFresh = true
        while !groups.isEmpty {
            if let date = groups.dateCount(in: text) {
                groups.removeFirst(date)
                isFresh = true
                continue
            }
            if let count = find(groups, isFresh: isFresh, text, words) {
                finds.append(start(of: groups, count, in: text)..<groups.end(count))
                groups.removeFirst(count)
                isFresh = true
                continue
            }
            isFresh = groups.count > 1 && groups.startsAnew(after: 0, in: text)
            groups.removeFirst(1)
        }
    }

    /// How many of the groups, from the first on, are a phone number.
    private static func find(_ groups: PhoneGroups, isFresh: Bool, _ text: FoldedText, _ words: Words) -> Int? {
        if let count = InternationalPhone.count(groups, in: text) { return count }
        // What follows is asked for the first group only, or where another kind of separator shows that something new begins.
        let isFirst = groups.isFirst
        let context = isFirst ? NumberContext(before: groups.firstWord, text, words) : nil
        if let context, context.kind == .phone, let count = announced(groups, context, text, words) { return count }
        guard context?.kind != .code, !isFirst || NumberEdges.allowBefore(groups.start(0), in: text) else { return nil }
        guard
            let count = isFresh && groups.count(of: 0) > 5
                ? bareOrNational(groups, text) : NationalPhone.count(groups, isFresh: isFresh, in: text)
        else { return nil }
        return NumberEdges.allowAfter(groups.end(count), text, words, next: groups.wordIndex(count)) ? count : nil
    }

    private static func bareOrNational(_ groups: PhoneGroups, _ text: FoldedText) -> Int? {
        BarePhone.isPlausible(text, groups.range(0)) ? 1 : NationalPhone.count(groups, isFresh: true, in: text)
    }

    /// Behind a word for phones any 6 digits will do, 7 if the word is further away; not dates, years, measures and rows of sizes.
    private static func announced(_ groups: PhoneGroups, _ context: NumberContext, _ text: FoldedText, _ words: Words) -> Int? {
        var count = NationalPhone.count(groups, isFresh: true, in: text) ?? 0
        if count == 0 {
            var digits = 0
            while count < groups.count, digits + groups.count(of: count) <= 15 {
                if digits >= 6, count > 0 {
                    let isWide = groups.isWide(groups.separator(after: count - 1), in: text)
                    if isWide || digits >= 9 && groups.ends(with: count - 1, in: text) || groups.isYear(count, in: text) { break }
                }
                digits += groups.count(of: count)
                count += 1
            }
            guard digits >= (context.isClose ? 6 : 7), !groups.isRow(count, in: text), !groups.mixesDots(count, in: text) else {
                return nil
            }
            if count > 1, (0..<count).allSatisfy({ groups.isYear($0, in: text) }) { return nil }
        }
        let next = groups.wordIndex(count)
        return NumberEdges.allowAfter(groups.end(count), text, words, next: next, isAnnounced: context.isClose) ? count : nil
    }

    /// With the `+` before the first digit, and the bracket if it closes within the number.
    private static func start(of groups: PhoneGroups, _ count: Int, in text: FoldedText) -> Int {
        let closes = (groups.start(0)..<groups.end(count)).contains { text[$0] == UInt8(ascii: ")") }
        var start = groups.start(0)
        for sign in [UInt8(ascii: "("), UInt8(ascii: "+"), UInt8(ascii: "(")] where sign == UInt8(ascii: "+") || closes {
            while text[start - 1].isSpace, text[start - 2] == UInt8(ascii: "+") { start -= 1 }
            if text[start - 1] == sign { start -= 1 }
        }
        return start
    }
}
