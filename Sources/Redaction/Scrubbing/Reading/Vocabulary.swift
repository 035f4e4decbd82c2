// SPDX-License-Identifier: Apache-2.0

/// The words the finders know, in English, Spanish, German and Portuguese.
///
/// They are written as `FoldedText` gives them: lower case, without accents, ß as one `s`.
enum Vocabulary {
    static func roles(of bytes: [UInt8], _ start: Int, _ end: Int) -> WordRoles {
        let count = end - start
        guard count <= 16 else { return endingRoles(of: bytes, start, end) }
        // Most words are told apart by their first letter and their length alone.
        let first = bytes[start].lowercased &- UInt8(ascii: "a")
        guard first < 26 else { return endingRoles(of: bytes, start, end) }
        if firsts[Int(first)] & 1 << UInt32(count) != 0 {
            if let roles = words[letters(bytes, start, end)] { return roles }
        }
        return endingRoles(of: bytes, start, end)
    }

    @inline(__always)
    private static func letters(_ bytes: [UInt8], _ start: Int, _ end: Int) -> UInt128 {
        var (high, low): (UInt64, UInt64) = (0, 0)
        for index in start..<end {
            high = high << 8 | low >> 56
            low = low << 8 | UInt64(bytes[index].lowercased)
        }
        return UInt128(high) << 64 | UInt128(low)
    }

    /// German compounds: `Hauptstraße`, `Bestellnummer`.
    private static func endingRoles(of bytes: [UInt8], _ start: Int, _ end: Int) -> WordRoles {
        guard end - start >= 6, "egrzm".utf8.contains(bytes[end - 1].lowercased) else { return [] }
        for (ending, roles) in endings where end - start >= ending.count + 2 {
            let tail = end - ending.count
            if (0..<ending.count).allSatisfy({ bytes[tail + $0].lowercased == ending[$0] }) { return roles }
        }
        return []
    }

    private static let endings: [([UInt8], WordRoles)] =
        ["strase", "strasse", "str", "weg", "platz", "allee", "gasse", "chaussee", "damm", "ufer"].map { (Array($0.utf8), .compoundStreet) }
        + ["nummer", "nr"].map { (Array($0.utf8), .code) }

    private static let words: WordTable = {
        var words: [UInt128: WordRoles] = [:]
        for (roles, list) in lists {
            for word in list.split(whereSeparator: \.isWhitespace) {
                words[word.utf8.reduce(0) { $0 << 8 | UInt128($1) }, default: []].formUnion(roles)
            }
        }
        return WordTable(words)
    }()

    /// For each first letter the lengths of the words that begin with it, as bits.
    private static let firsts: [UInt32] = {
        var firsts = [UInt32](repeating: 0, count: 26)
        for (_, list) in lists {
            for word in list.utf8.split(whereSeparator: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }) {
                firsts[Int(word.first! - UInt8(ascii: "a"))] |= 1 << UInt32(word.count)
            }
        }
        return firsts
    }()
}
