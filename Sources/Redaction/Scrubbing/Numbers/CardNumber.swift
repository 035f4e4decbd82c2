// SPDX-License-Identifier: Apache-2.0

/// Payment card numbers (ISO/IEC 7812): 12 to 19 digits whose last one is the Luhn check digit.
///
/// One number in ten passes that check by chance, and EANs, which shops are full of, do so too. So a number of 12, 13, 14 or 18
/// digits in one piece whose last one is a GTIN check digit counts as an article number: cards of these lengths have almost died
/// out, save Diners' 14. A word such as "Visa" before it overrules that. Numbers of 15 and 16 digits that begin as a network's do
/// are cards wherever they stand.
enum CardNumber {
    /// Where the card number that begins with the group `first` ends: the longest one.
    ///
    /// - Parameter run: groups of digits with separators between them; what was cut before `first` is no part of it.
    static func end(_ first: Int, in run: Range<Int>, _ text: FoldedText, _ words: Words) -> Int? {
        let head = text[Int(words.all[first].start)]
        guard (0x32...0x36).contains(head) || head >= 0x38, first == run.lowerBound || mayBegin(first, text, words) else { return nil }
        let size = words.all[first].count
        var luhn = Luhn()
        var longest: Int?
        var issuer = 0
        for index in first..<run.upperBound {
            let group = words.all[index]
            guard luhn.count + group.count <= 19 else { break }
            // Within a run small groups must be equal, with a rest at the end.
            if first > run.lowerBound, size < 3, group.count > size || words.all[max(first, index - 1)].count < size { break }
            for position in group.range {
                let digit = text[position] - UInt8(ascii: "0")
                if luhn.count < 6 { issuer = issuer * 10 + Int(digit) }
                luhn.append(digit)
            }
            guard luhn.count >= 12, luhn.isValid else { continue }
            let network = CardNetwork(head: issuer, count: luhn.count)
            let groups = first..<index + 1
            if groups.count == 1 ? isSinglePiece(first, network, text, words) : isGrouped(groups, of: run, network, words, text) {
                longest = index + 1
            }
        }
        return longest
    }

    /// A row of small groups is read from its start on only: it would be a card number at one place in ten.
    private static func mayBegin(_ index: Int, _ text: FoldedText, _ words: Words) -> Bool {
        words.all[index].count > 3 || words.all[index - 1].count != words.all[index].count
    }

    private static func isSinglePiece(_ index: Int, _ network: CardNetwork, _ text: FoldedText, _ words: Words) -> Bool {
        if network == .exact { return true }
        switch NumberContext(before: index, text, words).kind {
        case .card: return true
        case .code: return false
        default: break
        }
        let range = words.all[index].range
        guard network == .plausible, NumberEdges.allowBefore(range.lowerBound, in: text), !text[range.upperBound].isLetter else {
            return false
        }
        return !ArticleNumber.isValid(text, range)
    }

    /// Equal groups with a rest at most as long, 4-6-5 and 4-6-4; any groups at the start of a run that begin as a network's numbers do.
    private static func isGrouped(
        _ groups: Range<Int>,
        of run: Range<Int>,
        _ network: CardNetwork,
        _ words: Words,
        _ text: FoldedText
    ) -> Bool {
        guard network != .none, !isRow(groups, words, text), !arePrices(groups, words, text) else { return false }
        let size = words.all[groups.lowerBound].count
        let last = words.all[groups.upperBound - 1].count
        if (groups.lowerBound..<groups.upperBound - 1).allSatisfy({ words.all[$0].count == size }), last <= size { return true }
        if groups.count == 3, size == 4, words.all[groups.lowerBound + 1].count == 6, last == 5 || last == 4 { return true }
        guard network == .exact else { return false }
        if groups.allSatisfy({ words.all[$0].count >= 3 }) { return true }
        return groups.lowerBound == run.lowerBound && PhoneGroups(groups, words).dateCount(in: text) == nil
    }

    /// `12.50 13.50 14.50`: two digits behind every other separator, which is a dot or a comma.
    private static func arePrices(_ groups: Range<Int>, _ words: Words, _ text: FoldedText) -> Bool {
        stride(from: groups.lowerBound, to: groups.upperBound - 1, by: 2).allSatisfy { index in
            let mark = text[Int(words.all[index].end)]
            let isLast = index + 2 >= groups.upperBound
            return words.all[index + 1].count == 2 && (mark == UInt8(ascii: ".") || mark == UInt8(ascii: ","))
                && (isLast || text[Int(words.all[index + 1].end)] != mark)
        }
    }

    /// Sizes, years or prices in a row: numbers that rise or fall.
    private static func isRow(_ groups: Range<Int>, _ words: Words, _ text: FoldedText) -> Bool {
        var (rise, fall, areRound, changes, last) = (true, true, true, 0, 0)
        for index in groups {
            let group = words.all[index]
            guard group.count <= 4 else { return false }
            let value = group.range.reduce(0) { $0 * 10 + Int(text[$1] - UInt8(ascii: "0")) }
            areRound = areRound && value % 10 == 0
            if index > groups.lowerBound {
                (rise, fall) = (rise && value >= last, fall && value < last)
                changes += value == last ? 0 : 1
            }
            last = value
        }
        return (rise && changes > 1 || fall) && (words.all[groups.lowerBound].count < 4 || areRound)
    }
}

/// The Luhn sum of digits that come one by one, for both ways it can end.
struct Luhn {
    private(set) var count = 0
    private var sum = 0
    private var other = 0

    @inline(__always)
    mutating func append(_ digit: UInt8) {
        let doubled = Int(digit) * 2
        // What was the check digit is now one to double, and the other way round.
        (sum, other) = (other + Int(digit), sum + (doubled > 9 ? doubled - 9 : doubled))
        count += 1
    }

    var isValid: Bool { sum % 10 == 0 }
}
