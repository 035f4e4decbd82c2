// SPDX-License-Identifier: Apache-2.0

/// Article numbers with a check digit (GS1 General Specifications): GTIN-12 (UPC), GTIN-13 (EAN, ISBN-13), GTIN-14, and SSCC with
/// 18 digits.
enum ArticleNumber {
    static func isValid(_ text: FoldedText, _ range: Range<Int>) -> Bool {
        guard range.count == 12 || range.count == 13 || range.count == 14 || range.count == 18 else { return false }
        var sum = 0
        for index in range {
            let weight = (range.upperBound - index).isMultiple(of: 2) ? 3 : 1
            sum += Int(text[index] - UInt8(ascii: "0")) * weight
        }
        return sum.isMultiple(of: 10)
    }
}
