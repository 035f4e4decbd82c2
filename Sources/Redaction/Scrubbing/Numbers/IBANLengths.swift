// SPDX-License-Identifier: Apache-2.0

/// How long each country's account numbers are (the IBAN registry of SWIFT, and countries that use the form without being in it).
enum IBANLengths {
    /// The length for the two lower-case letters of a country, the first one in the upper byte; nil where it has none.
    @inline(__always)
    static func length(of country: UInt64) -> Int? {
        let (first, second) = (Int(country >> 8) - 0x61, Int(country & 0xFF) - 0x61)
        guard (0..<26).contains(first), (0..<26).contains(second) else { return nil }
        let length = table[first * 26 + second]
        return length > 0 ? length : nil
    }

    /// Whether a country's account numbers are digits only, so that the first letter ends the search: es, de, pt, at, be, pl, dk,
    /// fi, no, se, hr, cz, sk, hu.
    @inline(__always)
    static func isNumeric(_ country: UInt64) -> Bool {
        switch country {
        case 0x6573, 0x6465, 0x7074, 0x6174, 0x6265, 0x706C, 0x646B, 0x6669, 0x6E6F, 0x7365, 0x6872, 0x637A, 0x736B, 0x6875: true
        default: false
        }
    }

    private static let table: [Int] = {
        let countries = [
            15: "no", 16: "be", 18: "dk fi fo fk gl nl sd", 19: "mk si", 20: "at ba ee kz lt lu mn xk", 21: "ch cr hr li lv",
            22: "bg bh de gb ge ie me rs va", 23: "ae gi il iq om so tl", 24: "ad cz es md pk ro sa se sk tn vg",
            25: "ao cv gw ly mz pt st",
            26: "dz ir is tr", 27: "bi cf cg cm dj fr ga gq gr it km mc mg mr sm td",
            28: "al az bf bj by ci cy do gt hn hu lb ma ml ne ni pl sn sv tg",
            29: "br eg ps qa ua", 30: "jo kw mu ye", 31: "mt sc", 32: "lc", 33: "ru",
        ]
        var lengths = [Int](repeating: 0, count: 26 * 26)
        for (length, codes) in countries {
            for code in codes.split(separator: " ").map({ Array($0.utf8) }) {
                lengths[(Int(code[0]) - 0x61) * 26 + Int(code[1]) - 0x61] = length
            }
        }
        return lengths
    }()
}
