// SPDX-License-Identifier: Apache-2.0

/// An exact decimal number, as JSON and prices write it. A floating-point number would turn 0.29 into 0.28999….
struct ExactDecimal: Equatable {
    private let isNegative: Bool
    /// Without zeros at either end; empty for zero.
    private let digits: [UInt8]
    /// The power of ten of the last digit.
    private let exponent: Int

    /// Nil where the text is no number, or one of a size that no cart has.
    init?(_ text: some StringProtocol) {
        var rest = Array(text.utf8)[...]
        guard rest.count <= 64 else { return nil }
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest = rest.dropFirst() }
        let whole = rest.prefix(while: Self.isDigit)
        rest = rest.dropFirst(whole.count)
        var fraction: ArraySlice<UInt8> = []
        if rest.first == UInt8(ascii: ".") {
            fraction = rest.dropFirst().prefix(while: Self.isDigit)
            rest = rest.dropFirst(fraction.count + 1)
            guard !fraction.isEmpty else { return nil }
        }
        guard !whole.isEmpty, let power = Self.power(rest) else { return nil }
        var digits = Array((whole + fraction).drop { $0 == UInt8(ascii: "0") })
        var exponent = power - fraction.count
        while digits.last == UInt8(ascii: "0") {
            digits.removeLast()
            exponent += 1
        }
        self.isNegative = isNegative && !digits.isEmpty
        self.digits = digits
        self.exponent = digits.isEmpty ? 0 : exponent
    }

    /// The number times a power of ten, where that is whole and fits.
    func whole(times places: Int = 0) -> Int64? {
        let zeros = exponent + places
        guard !digits.isEmpty else { return 0 }
        guard (0...18).contains(zeros), digits.count + zeros <= 19 else { return nil }
        return Int64((isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self) + String(repeating: "0", count: zeros))
    }

    /// One text for each number, and valid JSON.
    var text: String {
        if let whole = whole() { return String(whole) }
        let sign = isNegative ? "-" : ""
        let text = String(decoding: digits, as: UTF8.self)
        guard exponent < 0 else { return sign + text + "e\(exponent)" }
        let padded = String(repeating: "0", count: max(0, 1 - exponent - digits.count)) + text
        return sign + padded.dropLast(-exponent) + "." + padded.suffix(-exponent)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// What follows the digits: an exponent, or nothing.
    private static func power(_ text: ArraySlice<UInt8>) -> Int? {
        guard let mark = text.first else { return 0 }
        guard mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") else { return nil }
        guard let power = Int(String(decoding: text.dropFirst(), as: UTF8.self)), (-64...64).contains(power) else { return nil }
        return power
    }
}
