// SPDX-License-Identifier: Apache-2.0

/// Where a string's contents lie in a document that the scanner has checked: between the quotes, escapes not yet decoded.
struct JSONString {
    var start: Int
    var end: Int
    var isEscaped: Bool

    @inline(__always)
    var count: Int { end - start }

    /// The string's text as UTF-8. The scanner has already refused bad escapes and lone surrogates.
    func decoded(in bytes: UnsafePointer<UInt8>) -> [UInt8] {
        guard isEscaped else { return Array(UnsafeBufferPointer(start: bytes + start, count: count)) }
        var text: [UInt8] = []
        text.reserveCapacity(count)
        var index = start
        while index < end {
            guard bytes[index] == UInt8(ascii: "\\") else {
                text.append(bytes[index])
                index += 1
                continue
            }
            switch bytes[index + 1] {
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "f"): text.append(0x0C)
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "u"):
                var scalar = Self.codeUnit(bytes + index + 2)
                if scalar & 0xFC00 == 0xD800 {
                    scalar = 0x10000 + (scalar & 0x3FF) << 10 + Self.codeUnit(bytes + index + 8) & 0x3FF
                    index += 6
                }
                text.append(contentsOf: UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter)
                index += 4
            default: text.append(bytes[index + 1])
            }
            index += 2
        }
        return text
    }

    /// The value of four hexadecimal digits.
    private static func codeUnit(_ digits: UnsafePointer<UInt8>) -> UInt32 {
        (0..<4).reduce(0) { $0 << 4 | UInt32(JSONScanner.hexadecimalValue(digits[$1]) ?? 0) }
    }

    /// Appends `text`, valid UTF-8, as the inside of a JSON string; never longer than any escaped form of the same text.
    static func appendEscaped(_ text: [UInt8], to output: inout [UInt8]) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
            case 0x08: output += Array(#"\b"#.utf8)
            case 0x09: output += Array(#"\t"#.utf8)
            case 0x0A: output += Array(#"\n"#.utf8)
            case 0x0C: output += Array(#"\f"#.utf8)
            case 0x0D: output += Array(#"\r"#.utf8)
            case 0x00..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                output += Array(#"\u00"#.utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
            default: output.append(byte)
            }
        }
    }
}
