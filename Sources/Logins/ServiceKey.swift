// SPDX-License-Identifier: Apache-2.0

/// The text that a service shows to be let in, and its hash, which is all the configuration holds.
package enum ServiceKey {
    /// A shorter key could be guessed.
    package static let shortest = 32

    /// A new key: `csk_` and 43 letters or digits, which is 256 bits.
    package static func new(using random: inout some RandomNumberGenerator) -> String {
        let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
        return "csk_" + String((0..<43).map { _ in alphabet[Int.random(in: alphabet.indices, using: &random)] })
    }

    /// `sha256:` and the SHA-256 of the key's UTF-8 text in hex, as the configuration writes it.
    package static func hash(of key: some StringProtocol) -> String {
        let digits = Array("0123456789abcdef")
        return "sha256:" + String(sha256(Array(key.utf8)).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    /// The 32 bytes of a hash in that form.
    static func bytes(ofHash text: String) -> [UInt8]? {
        let digits = Array(text.utf8.dropFirst(7))
        guard text.hasPrefix("sha256:"), digits.count == 64 else { return nil }
        let values = digits.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard values.count == 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
    }
}
