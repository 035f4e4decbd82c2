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

    /// The number that `text` writes in up to eleven digits, or nil where a character is no digit or the number needs more than 64 bits.
    static func number(in text: UnsafeRawBufferPointer) -> UInt64? {
        precondition((1...digitsPerGroup).contains(text.count), "a group has eleven digits at most")
        return values.withUnsafeBufferPointer { values in
            // Ten digits always fit into 64 bits, so that only the last step can overflow. What is no digit is found at the end.
            var number: UInt64 = 0
            var bits: UInt8 = 0
            for place in 0..<text.count - 1 {
                let value = values[Int(text[place])]
                bits |= value
                number = number &* 62 &+ UInt64(value)
            }
            let value = values[Int(text[text.count - 1])]
            guard bits | value < stranger else { return nil }
            let (product, overflow) = number.multipliedReportingOverflow(by: 62)
            let (sum, carry) = product.addingReportingOverflow(UInt64(value))
            return overflow || carry ? nil : sum
        }
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

    /// What each character is worth. A table, since a processor can't foresee whether a token's next character is a figure or a letter,
    /// and a wrong guess costs it more than ten digits.
    private static let values: [UInt8] = (UInt8.min...UInt8.max).map { character in
        digits.firstIndex(of: character).map(UInt8.init) ?? stranger
    }

    /// What is no digit: a bit that no digit's value has.
    private static let stranger: UInt8 = 0x80
}
