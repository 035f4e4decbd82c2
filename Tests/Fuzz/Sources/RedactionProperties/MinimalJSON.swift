// SPDX-License-Identifier: Apache-2.0

/// The shortest way to write a text as a JSON string (RFC 8259 §7).
enum MinimalJSON {
    /// With the quotes.
    static func string(_ text: [UInt8]) -> [UInt8] {
        [UInt8(ascii: "\"")] + text.flatMap { escapes[$0] ?? [$0] } + [UInt8(ascii: "\"")]
    }

    /// The longest way: every UTF-16 unit as `\uXXXX`.
    static func longString(_ text: String) -> [UInt8] {
        let units = text.utf16.flatMap { unit in
            let digits = String(unit, radix: 16)
            return Array("\\u".utf8) + Array(String(repeating: "0", count: 4 - digits.count).utf8) + Array(digits.utf8)
        }
        return [UInt8(ascii: "\"")] + units + [UInt8(ascii: "\"")]
    }

    private static let escapes: [UInt8: [UInt8]] = {
        var escapes: [UInt8: [UInt8]] = [:]
        for code in UInt8(0)..<0x20 { escapes[code] = Array((code < 0x10 ? "\\u000" : "\\u00").utf8) + Array(String(code, radix: 16).utf8) }
        for (code, letter) in zip([0x08, 0x09, 0x0A, 0x0C, 0x0D, 0x22, 0x5C] as [UInt8], "btnfr\"\\".utf8) {
            escapes[code] = [UInt8(ascii: "\\"), letter]
        }
        return escapes
    }()
}
