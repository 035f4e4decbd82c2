// SPDX-License-Identifier: Apache-2.0

/// National numbers in several groups, by the ways they are grouped.
enum NationalPhone {
    /// How many groups belong to the number that begins here, if one does.
    ///
    /// - Parameter isFresh: nothing that could be part of the same number stands before.
    static func count(_ groups: PhoneGroups, isFresh: Bool, in text: FoldedText) -> Int? {
        guard isFresh || groups.followsQuantity(in: text) else { return nil }
        let isLoose = isFresh && (groups.firstDigit(0, in: text) == 0 || text[groups.start(0) - 1] == UInt8(ascii: "("))
        var longest: Int?
        var shape = 0
        var digits = 0
        for count in 1...min(7, groups.count) {
            shape = shape * 10 + min(groups.count(of: count - 1), 9)
            digits += groups.count(of: count - 1)
            guard digits <= 15, isLoose || isBeginning(shape) else { break }
            let isFull = groups.ends(with: count - 1, in: text)
            guard digits >= 8, count > 1, isFull || groups.precedesQuantity(count, in: text) else { continue }
            let isPlain = isShaped(shape, groups, in: text) || hasCountryCode(groups, shape, in: text)
            let isTrunk = isLoose && isFull && (hasTrunkZero(groups, count, digits, in: text) || hasBrackets(groups, digits, in: text))
            if isPlain || isTrunk, !groups.mixesDots(count, in: text), !groups.isRow(count, in: text) { longest = count }
            // ` / ` behind enough digits: what follows is another number.
            if count < groups.count, groups.isWide(groups.separator(after: count - 1), in: text) { break }
        }
        return longest
    }

    /// `612 345 678`, `11 91234-5678`, `212-555-0147`.
    private static func isShaped(_ shape: Int, _ groups: PhoneGroups, in text: FoldedText) -> Bool {
        guard shape < heads.count, heads[shape] != 0 else { return false }
        // Dashes, dots and slashes stand between the parts of article numbers and measures, too: mobile numbers only.
        if shape == 333, text[groups.end(1)] != UInt8(ascii: " "), ![6, 7, 9].contains(groups.firstDigit(0, in: text)) { return false }
        // Brazil's mobiles: a 9 behind the region.
        switch shape {
        case 254, 29, 2144: if text[groups.start(1)] != 0x39 { return false }
        case 74: if text[groups.start(0) + 2] != 0x39 { return false }
        default: break
        }
        return heads[shape] & 1 << UInt16(groups.firstDigit(0, in: text)) != 0
    }

    /// `0171 3920012`, `020 7946 0958`, `06 12 34 56 78`, `(0)7700 900123`.
    private static func hasTrunkZero(_ groups: PhoneGroups, _ count: Int, _ digits: Int, in text: FoldedText) -> Bool {
        guard (9...14).contains(digits), groups.firstDigit(0, in: text) == 0 else { return false }
        let size = groups.count(of: 0)
        if size == 1 { return text[groups.start(0) - 1] == UInt8(ascii: "(") && text[groups.end(1)] == UInt8(ascii: ")") }
        guard size <= 6, text[groups.start(0) + 1] != 0x30 else { return false }
        guard (0..<count).allSatisfy({ groups.count(of: $0) <= 2 }) else { return true }
        // Pairs only: a French number, with the same sign between all of them.
        return digits == 10 && !(1..<count - 1).contains { text[groups.end($0)] != text[groups.end($0 + 1)] }
    }

    /// `(91) 123 45 67`, `(31) 3333.4444`.
    private static func hasBrackets(_ groups: PhoneGroups, _ digits: Int, in text: FoldedText) -> Bool {
        (8...12).contains(digits) && (2...5).contains(groups.count(of: 0)) && text[groups.start(0) - 1] == UInt8(ascii: "(")
            && text[groups.end(1)] == UInt8(ascii: ")") && !groups.isYear(0, in: text)
    }

    /// `34 612 345 678`: a country code that lost its `+`.
    private static func hasCountryCode(_ groups: PhoneGroups, _ shape: Int, in text: FoldedText) -> Bool {
        guard shape < withCodeShapes.count, withCodeShapes[shape], let codes = withCode[shape] else { return false }
        return codes.contains(groups.value(0, in: text))
    }

    /// The country codes before such groups.
    private static let withCode: [Int: [Int]] = [
        2333: [33, 34], 23222: [34], 22322: [34], 3333: [351], 2254: [55], 2244: [52, 55], 229: [55], 237: [49], 238: [49], 246: [44],
        2433: [44], 2334: [57],
    ]

    /// The same tables by the shape's own number: hashing would take most of the time.
    private static let withCodeShapes = (0..<beginnings.count).map { withCode[$0] != nil }
    private static let heads = (0..<beginnings.count).map { shapes[$0] ?? 0 }

    /// Digits in each group, and the digits such a number begins with.
    private static let shapes: [Int: UInt16] = {
        let table: [(Int, String)] = [
            // Spain, Portugal, France without its zero, Poland, Peru
            (333, "256789"), (3222, "6789"), (2322, "2389"), (234, "289"), (36, "679"), (27, "89"), (12222, "679"),
            // Chile, Brazil's mobiles without a region
            (144, "9"), (54, "9"),
            // North America, Colombia, Italy
            (334, "23456789"), (1334, "1"), (37, "3456789"), (3322, "59"), (13322, "78"),
            // Brazil, Mexico, Argentina
            (244, "123456789"), (254, "123456789"), (29, "123456789"), (2144, "123456789"), (74, "123456789"), (22222, "3456789"),
            // India, China
            (55, "6789"), (344, "1"),
        ]
        return table.reduce(into: [:]) { shapes, row in shapes[row.0] = row.1.utf8.reduce(0) { $0 | 1 << UInt16($1 - 0x30) } }
    }()

    private static func isBeginning(_ shape: Int) -> Bool {
        shape < beginnings.count && beginnings[shape]
    }

    /// Whether a known shape begins with these groups: reading stops where none does.
    private static let beginnings: [Bool] = {
        let all = Array(shapes.keys) + Array(withCode.keys)
        var beginnings = [Bool](repeating: false, count: all.max()! + 1)
        for var shape in all {
            while shape > 0 {
                beginnings[shape] = true
                shape /= 10
            }
        }
        return beginnings
    }()
}
