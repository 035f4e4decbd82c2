// SPDX-License-Identifier: Apache-2.0

/// National numbers in one piece, without a word that announces them.
///
/// Order and article numbers look the same, so only the plans of mobile numbers and those with a leading zero count, where the first
/// digits leave little doubt. A word such as "pedido" or a `#` before the number rules it out.
enum BarePhone {
    static func isPlausible(_ text: FoldedText, _ range: Range<Int>) -> Bool {
        let digit = { (offset: Int) in text[range.lowerBound + offset] - UInt8(ascii: "0") }
        let first = text[range.lowerBound]
        let second = range.first { text[$0] != first }.map { text[$0] }
        // Rows such as 600600600 are no numbers of people.
        guard range.contains(where: { text[$0] != first && text[$0] != second }), !ArticleNumber.isValid(text, range) else { return false }
        switch range.count {
        // Spain, Portugal, and others without their zero
        case 9: return digit(0) == 6 || digit(0) == 7 || digit(0) == 9
        // With a leading zero: France, Germany, Italy, the United Kingdom. Else North America's plan.
        case 10: return digit(0) == 0 ? digit(1) != 0 : digit(0) >= 2 && digit(1) != 9 && digit(3) >= 2
        case 11:
            if digit(0) == 0 { return digit(1) != 0 }
            if digit(0) == 1, digit(1) >= 2, digit(4) >= 2 { return true }
            // Brazil's mobiles; Spain and France with their country codes
            if digit(0) != 0, digit(1) != 0, digit(2) == 9 { return true }
            return digit(0) == 3 && (digit(1) == 3 || digit(1) == 4) && (digit(2) == 6 || digit(2) == 7 || digit(2) == 9)
        // German mobiles; the United Kingdom, Portugal and Italy with their country codes
        case 12:
            if digit(0) == 0 { return digit(1) == 1 && digit(2) >= 5 && digit(2) <= 7 }
            return digit(0) == 4 && digit(1) == 4 && digit(2) == 7 || digit(0) == 3 && digit(1) == 5 && digit(2) == 1 && digit(3) == 9
                || digit(0) == 3 && digit(1) == 9 && digit(2) == 3
        // German and Brazilian mobiles with their country codes
        case 13:
            return digit(0) == 4 && digit(1) == 9 && digit(2) == 1 && digit(3) >= 5 && digit(3) <= 7
                || digit(0) == 5 && digit(1) == 5 && digit(2) != 0 && digit(3) != 0 && digit(4) == 9
        default: return false
        }
    }
}
