// SPDX-License-Identifier: Apache-2.0

/// What each character outside printable ASCII is read as.
enum FoldedScalar {
    /// Left out: controls, marks on letters, and what has no width.
    static let ignored: UInt8 = 0
    /// "…", which stands for something cut: nothing is found across it.
    static let mark: UInt8 = 1
    /// A picture or sign that is neither a letter nor punctuation.
    static let symbol: UInt8 = 2
    /// A picture of a telephone.
    static let telephone: UInt8 = 3
    /// A letter with no Latin likeness.
    static let letter: UInt8 = 0x80

    @inline(__always)
    static func ascii(_ byte: UInt8) -> UInt8 {
        if byte >= 0x20, byte < 0x7F { return byte }
        switch byte {
        case 0x09: return UInt8(ascii: " ")
        case 0x0A...0x0D: return UInt8(ascii: "\n")
        default: return ignored
        }
    }

    static func fold(_ scalar: UInt32) -> UInt8 {
        switch scalar {
        case 0x80...0xBF: latinSign(scalar)
        case 0xC0...0x17F: latin[Int(scalar - 0xC0)]
        case 0x300...0x36F, 0x483...0x489, 0x610...0x61A, 0x61C, 0x64B...0x65F, 0x180B...0x180F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF: ignored
        case 0x115F, 0x1160, 0x3164, 0xFFA0: ignored  // Hangul fillers: letters without a shape.
        case 0x1680: UInt8(ascii: " ")
        case 0x2000...0x2BFF: sign(scalar)
        case 0x3000...0x303F: ideographicSign(scalar)
        case 0x30FB, 0xFE52, 0xFF61: UInt8(ascii: ".")
        case 0xFE58, 0xFE63: UInt8(ascii: "-")
        case 0xFE6B: UInt8(ascii: "@")
        case 0xFE00...0xFE0F, 0xFE20...0xFE2F, 0xFEFF, 0xFFF0...0xFFFB, 0xE0000...0xE0FFF: ignored
        case 0xFF01...0xFF5E: UInt8(scalar - 0xFF01 + 0x21)
        case 0x1D7CE...0x1D7FF: UInt8(ascii: "0") + UInt8((scalar - 0x1D7CE) % 10)
        case 0x1F4DE, 0x1F4DF, 0x1F4F1, 0x1F4F2, 0x1F919: telephone
        case 0x1F000...0x1FAFF: symbol
        default: digit(scalar) ?? letter
        }
    }

    /// The decimal digits of scripts in daily use (Unicode category Nd), by the code point of their zero.
    private static func digit(_ scalar: UInt32) -> UInt8? {
        switch scalar {
        case 0x0660...0x0669, 0x06F0...0x06F9: UInt8(ascii: "0") + UInt8(scalar & 0xF % 10)
        case 0x0966...0x096F, 0x09E6...0x09EF, 0x0A66...0x0A6F, 0x0AE6...0x0AEF, 0x0BE6...0x0BEF, 0x0C66...0x0C6F, 0x0CE6...0x0CEF,
            0x0D66...0x0D6F:
            UInt8(ascii: "0") + UInt8(scalar & 0xF - 6)
        case 0x0E50...0x0E59, 0x0ED0...0x0ED9: UInt8(ascii: "0") + UInt8(scalar & 0xF)
        default: nil
        }
    }

    private static func latinSign(_ scalar: UInt32) -> UInt8 {
        switch scalar {
        case 0x85: UInt8(ascii: "\n")
        case 0x80...0x9F, 0xAD: ignored
        case 0xA0: UInt8(ascii: " ")
        case 0xA2...0xA5: UInt8(ascii: "$")
        case 0xAA: UInt8(ascii: "a")
        case 0xB5: UInt8(ascii: "u")
        case 0xBA: UInt8(ascii: "o")
        case 0xB4: UInt8(ascii: "'")
        case 0xAB, 0xBB: UInt8(ascii: "\"")
        case 0xB7: UInt8(ascii: ".")
        default: symbol
        }
    }

    private static func sign(_ scalar: UInt32) -> UInt8 {
        switch scalar {
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0x20D0...0x20FF: ignored
        case 0x2000...0x200A, 0x202F, 0x205F, 0x2800: UInt8(ascii: " ")
        case 0x2028, 0x2029: UInt8(ascii: "\n")
        case 0x2010...0x2015, 0x2043, 0x2212: UInt8(ascii: "-")
        case 0x2018...0x201B, 0x2032: UInt8(ascii: "'")
        case 0x201C...0x201F, 0x2033: UInt8(ascii: "\"")
        case 0x2022, 0x2024, 0x2027, 0x2219: UInt8(ascii: ".")
        case 0x2026: mark
        case 0x2044, 0x2215: UInt8(ascii: "/")
        case 0x20A0...0x20CF: UInt8(ascii: "$")
        case 0x2116: UInt8(ascii: "#")
        case 0x260E, 0x260F, 0x2706, 0x2121: telephone
        default: symbol
        }
    }

    private static func ideographicSign(_ scalar: UInt32) -> UInt8 {
        switch scalar {
        case 0x3000: UInt8(ascii: " ")
        case 0x3001: UInt8(ascii: ",")
        case 0x3002: UInt8(ascii: ".")
        case 0x3010, 0x3014, 0x3008: UInt8(ascii: "[")
        case 0x3011, 0x3015, 0x3009: UInt8(ascii: "]")
        case 0x301C, 0x3030: UInt8(ascii: "-")
        default: symbol
        }
    }

    /// U+00C0 to U+017F without their accents, one letter each: ß is a single `s`. × is read as `x`, ÷ as a sign.
    private static let latin: [UInt8] = Array(
        ("AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty"
            + "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLl"
            + "NnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs").utf8
    )
}
