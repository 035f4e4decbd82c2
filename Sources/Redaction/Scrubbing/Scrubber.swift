// SPDX-License-Identifier: Apache-2.0

/// Cuts personal data out of free text: e-mail addresses, phone numbers, card numbers, IBANs, URLs with user info, and streets
/// with a number. Each is replaced by "…".
///
/// It is a second net under paths that hold no personal data by their nature; it does not know names. It takes time in
/// proportion to the text, and leaves sizes, SKUs, EANs, prices and dates alone.
public struct Scrubber: Sendable {
    public init() {}

    public func scrub(_ text: String) -> String {
        scrub(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    /// The text (valid UTF-8) without personal data; nil if there was none to cut.
    func scrub(_ text: [UInt8]) -> [UInt8]? {
        // Everything that is looked for holds a digit or an at sign.
        guard text.contains(where: { $0.isDigit || $0 == UInt8(ascii: "@") }) else { return nil }
        let finds = Addresses.find(in: text) + IBAN.find(in: text) + DigitRuns.find(in: text) + Streets.find(in: text)
        guard !finds.isEmpty else { return nil }
        return Self.cut(finds, from: text)
    }

    private static let mark = Array("…".utf8)

    private static func cut(_ finds: [Range<Int>], from text: [UInt8]) -> [UInt8] {
        var clean: [UInt8] = []
        clean.reserveCapacity(text.count)
        var position = 0
        for find in finds.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if find.lowerBound < position {
                position = max(position, find.upperBound)
                continue
            }
            clean += text[position..<find.lowerBound]
            clean += mark
            position = find.upperBound
        }
        return clean + text[position...]
    }
}

extension UInt8 {
    var isDigit: Bool { self &- UInt8(ascii: "0") <= 9 }
    /// An ASCII letter, or part of a character outside ASCII.
    var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 || self >= 0x80 }
    var isUppercase: Bool { self &- UInt8(ascii: "A") < 26 }
    var lowercased: UInt8 { isUppercase ? self | 0x20 : self }
}
