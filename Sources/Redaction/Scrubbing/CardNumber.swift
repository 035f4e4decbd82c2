// SPDX-License-Identifier: Apache-2.0

/// Payment card numbers (ISO/IEC 7812): 12 to 19 digits whose last one is the Luhn check digit.
enum CardNumber {
    /// How many groups, from the first on, make up a card number; the longest that does.
    static func length(_ groups: ArraySlice<Range<Int>>, in text: [UInt8]) -> Int? {
        var digits: [UInt8] = []
        var longest: Int?
        var separator: ArraySlice<UInt8>?
        var previous: Range<Int>?
        for (index, group) in groups.enumerated() {
            guard digits.count + group.count <= 19 else { break }
            if let previous {
                let between = text[previous.upperBound..<group.lowerBound]
                guard separator == nil || separator == between else { break }
                separator = between
            }
            // Cards are printed in groups of four to six; a rest may be shorter.
            if index > 0, let previous, previous.count < 3 { break }
            digits += text[group].map { $0 - UInt8(ascii: "0") }
            previous = group
            if digits.count >= 12, isLuhnValid(digits), !(index == 0 && isArticleNumber(digits)) { longest = index + 1 }
        }
        return longest
    }

    static func isLuhnValid(_ digits: [UInt8]) -> Bool {
        var sum = 0
        for (index, digit) in digits.reversed().enumerated() {
            let doubled = Int(digit) * 2
            sum += index.isMultiple(of: 2) ? Int(digit) : doubled > 9 ? doubled - 9 : doubled
        }
        return sum.isMultiple(of: 10)
    }

    /// A GTIN-12, -13 or -14 (an EAN or UPC, by its check digit) that does not start as a card number of that length would.
    private static func isArticleNumber(_ digits: [UInt8]) -> Bool {
        switch digits.count {
        case 12: guard digits[0] != 5, digits[0] != 6 else { return false }
        case 13: guard digits[0] != 4 else { return false }
        case 14: guard digits[0] != 3 else { return false }
        default: return false
        }
        var sum = 0
        for (index, digit) in digits.reversed().enumerated() { sum += Int(digit) * (index.isMultiple(of: 2) ? 1 : 3) }
        return sum.isMultiple(of: 10)
    }
}
