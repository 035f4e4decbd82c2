// SPDX-License-Identifier: Apache-2.0

/// The 33 bytes under a token's text, packed and unpacked here without the code under test.
struct TokenBytes {
    var bytes: [UInt8] = []

    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")

    init?(_ text: String) {
        var rest = Array(text)[3...]
        for (digits, size) in Self.groups {
            var number: UInt64 = 0
            for character in rest.prefix(digits) {
                guard let digit = Self.alphabet.firstIndex(of: character) else { return nil }
                number = number * 62 + UInt64(digit)
            }
            rest = rest.dropFirst(digits)
            for place in (0..<size).reversed() { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * place))) }
        }
    }

    var text: String {
        var rest = bytes[...]
        var text = "cl1"
        for (digits, size) in Self.groups {
            var number = rest.prefix(size).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            rest = rest.dropFirst(size)
            var group = ""
            for _ in 0..<digits {
                group = "\(Self.alphabet[Int(number % 62)])\(group)"
                number /= 62
            }
            text += group
        }
        return text
    }

    /// Flips one of the 264 bits, counted from the header's highest.
    mutating func flip(_ bit: Int) {
        bytes[bit / 8] ^= 0x80 >> (bit % 8)
    }

    private static let groups = [(11, 8), (11, 8), (11, 8), (11, 8), (2, 1)]
}
