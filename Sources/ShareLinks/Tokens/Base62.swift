// SPDX-License-Identifier: Apache-2.0

/// Base62 in fixed groups: eight bytes are eleven digits, one byte is two.
///
/// Letters and digits only, because linkifiers cut a final `-` or `_`. Digits are big-endian, `0-9A-Za-z`.
enum Base62 {
    static let digitsPerGroup = 11
    static let digitsPerByte = 2

    private static let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// Appends `number` as exactly `count` digits.
    static func append(_ number: UInt64, count: Int, to text: inout [UInt8]) {
        let start = text.count
        text.append(contentsOf: repeatElement(digits[0], count: count))
        var rest = number
        for place in stride(from: start + count - 1, through: start, by: -1) {
            text[place] = digits[Int(rest % 62)]
            rest /= 62
        }
    }

    /// The number that `text` writes, or nil where a character is no digit or the number needs more than 64 bits.
    static func number(in text: UnsafeRawBufferPointer) -> UInt64? {
        var number: UInt64 = 0
        for character in text {
            guard let digit = value(of: character) else { return nil }
            let (product, overflow) = number.multipliedReportingOverflow(by: 62)
            let (sum, carry) = product.addingReportingOverflow(digit)
            if overflow || carry { return nil }
            number = sum
        }
        return number
    }

    /// The 16 bytes that 22 digits write, as two big-endian halves; every other text is none.
    static func halves(of text: some StringProtocol) -> (high: UInt64, low: UInt64)? {
        var copy = String(text)
        return copy.withUTF8 { utf8 in
            let bytes = UnsafeRawBufferPointer(utf8)
            guard bytes.count == 2 * digitsPerGroup else { return nil }
            guard
                let high = number(in: .init(rebasing: bytes[..<digitsPerGroup])),
                let low = number(in: .init(rebasing: bytes[digitsPerGroup...]))
            else { return nil }
            return (high, low)
        }
    }

    static func text(high: UInt64, low: UInt64) -> String {
        var text: [UInt8] = []
        append(high, count: digitsPerGroup, to: &text)
        append(low, count: digitsPerGroup, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    private static func value(of character: UInt8) -> UInt64? {
        switch character {
        case 0x30...0x39: UInt64(character - 0x30)
        case 0x41...0x5A: UInt64(character - 0x41 + 10)
        case 0x61...0x7A: UInt64(character - 0x61 + 36)
        default: nil
        }
    }
}
