// SPDX-License-Identifier: Apache-2.0

/// Cuts personal data out of free text: e-mail addresses, phone numbers, card numbers, IBANs, URLs with user info or tokens, and
/// streets with a number. Each is replaced by "…".
///
/// It is a second net under paths that hold no personal data by their nature; it does not know names, and it sees one text at a
/// time. It takes time in proportion to the text, and leaves sizes, SKUs, EANs, prices and dates alone.
public struct Scrubber: Sendable {
    public init() {}

    public func scrub(_ text: String) -> String {
        scrub(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    /// The text (valid UTF-8) without personal data; nil if there was none to cut.
    ///
    /// What is cut is never shorter than "…", so the result is never longer than the text, also as a JSON string.
    func scrub(_ text: [UInt8]) -> [UInt8]? {
        guard Suspicion.isRaised(by: text) else { return nil }
        guard var clean = Self.pass(text) else { return nil }
        // A cut can change what is beside it. So the result is read again until nothing more is found, which makes scrubbing
        // idempotent. People's texts need one pass and the look that confirms it: who still hides something in the third pass has
        // built a trap, and gets nothing at all.
        for _ in 0..<2 {
            guard let cleaner = Self.pass(clean) else { return clean }
            clean = cleaner
        }
        return Self.mark
    }

    private static let mark = Array("…".utf8)

    /// The text after one reading; nil if nothing was found.
    static func pass(_ text: [UInt8]) -> [UInt8]? {
        var folded = FoldedText(text)
        folded.cut(SecretURL.find(in: folded))
        folded.cut(EmailAddress.find(in: folded))
        if folded.bytes.contains(where: \.isDigit) {
            folded.cut(IBAN.find(in: folded))
            let words = Words(folded)
            folded.cut(DigitRuns.find(in: folded, words))
            folded.cut(Street.find(in: folded, words))
        }
        return folded.finds.isEmpty ? nil : replace(folded.finds.map(folded.source), in: text)
    }

    private static func replace(_ finds: [Range<Int>], in text: [UInt8]) -> [UInt8] {
        var clean: [UInt8] = []
        clean.reserveCapacity(text.count)
        var position = 0
        for find in finds.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            // Finds should not overlap; if two do, what either one holds goes.
            if find.lowerBound >= position {
                clean += text[position..<find.lowerBound]
                clean += mark
            }
            position = max(position, find.upperBound)
        }
        return clean + text[position...]
    }
}
