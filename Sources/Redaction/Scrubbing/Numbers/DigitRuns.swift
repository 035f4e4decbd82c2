// SPDX-License-Identifier: Apache-2.0

/// Finds card and phone numbers: groups of digits with up to three separators between them.
enum DigitRuns {
    static func find(in text: FoldedText, _ words: Words) -> [Range<Int>] {
        var finds: [Range<Int>] = []
        var index = 0
        while index < words.all.count {
            guard words.all[index].isNumber else {
                index += 1
                continue
            }
            var end = index + 1
            while end < words.all.count, words.all[end].isNumber, joins(words.gap(after: end - 1), in: text, isPhone: false) { end += 1 }
            find(in: index..<end, text, words, &finds)
            index = end
        }
        return finds
    }

    /// Cards first, then phone numbers in what lies between them.
    private static func find(in run: Range<Int>, _ text: FoldedText, _ words: Words, _ finds: inout [Range<Int>]) {
        var digits = 0
        for index in run where digits < 12 { digits += words.all[index].count }
        var first = run.lowerBound
        if digits >= 12 {
            var index = first
            while index < run.upperBound {
                if let end = CardNumber.end(index, in: first..<run.upperBound, text, words) {
                    findPhones(in: first..<index, text, words, &finds)
                    finds.append(Int(words.all[index].start)..<Int(words.all[end - 1].end))
                    (index, first) = (end, end)
                } else {
                    index += 1
                }
            }
        }
        findPhones(in: first..<run.upperBound, text, words, &finds)
    }

    private static func findPhones(in run: Range<Int>, _ text: FoldedText, _ words: Words, _ finds: inout [Range<Int>]) {
        var first = run.lowerBound
        while first < run.upperBound {
            var end = first + 1
            while end < run.upperBound, joins(words.gap(after: end - 1), in: text, isPhone: true) { end += 1 }
            PhoneNumber.find(in: first..<end, text, words, &finds)
            first = end
        }
    }

    private static func joins(_ gap: Range<Int>, in text: FoldedText, isPhone: Bool) -> Bool {
        gap.count <= 3 && gap.allSatisfy { isPhone ? isPhoneSeparator(text[$0]) : isCardSeparator(text[$0]) }
    }

    private static func isPhoneSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "("), UInt8(ascii: ")"): true
        default: false
        }
    }

    private static func isCardSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "_"), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "*"),
            UInt8(ascii: "\\"),
            UInt8(ascii: "~"), UInt8(ascii: "\n"), UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: "'"):
            true
        default: isPhoneSeparator(byte)
        }
    }
}
