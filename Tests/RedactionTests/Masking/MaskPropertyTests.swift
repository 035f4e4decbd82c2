// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeededRandomness
import Testing

/// What holds for every text: texts are made by a seed, from pieces that are hard to cut.
@Suite struct MaskPropertyTests {
    @Test("at most half is shown, nothing of up to three, and nothing that was not there", arguments: Masked.kinds)
    func showsLittle(kind: String) throws {
        for text in Self.texts {
            let masked = try Masked.text(text, as: kind)
            let shown = Array(masked).filter { $0 != "*" && !$0.isWhitespace && !(kind == "email" && $0 == "@") }
            // Arrays: in a text, letters that come to stand side by side may become one.
            let letters = Array(text).filter { !$0.isWhitespace }
            #expect(shown.count <= letters.count / 2, "\(text.debugDescription): \(masked.debugDescription)")
            #expect(letters.count > 3 || shown.isEmpty, "\(text.debugDescription): \(masked.debugDescription)")
            #expect(shown.count <= 6 || kind == "name")
            #expect(masked.contains("***"))
            var rest = letters[...]
            for character in shown {
                let place = rest.firstIndex(of: character)
                #expect(place != nil, "\(text.debugDescription): \(masked.debugDescription)")
                rest = place.map { rest[($0 + 1)...] } ?? rest
            }
        }
    }

    @Test("masking twice is masking once", arguments: Masked.kinds)
    func isIdempotent(kind: String) throws {
        for text in Self.texts {
            let once = try Masked.text(text, as: kind)
            #expect(try Masked.text(once, as: kind) == once, "\(text.debugDescription)")
            // Also byte for byte: Swift's == lets equivalent texts pass.
            #expect(try Array(Masked.text(once, as: kind).utf8) == Array(once.utf8))
        }
    }

    /// The projection's buffer counts on it: a mask draws at most 4 n + 3 bytes for n, in either spelling of the text.
    @Test("a masked text stays within its bound", arguments: Masked.kinds)
    func growsWithinBound(kind: String) throws {
        let short = (0x20...0x7E).map { String(UnicodeScalar($0)) }
        for text in Self.texts + short + ["a b c d", "é", "\u{0}", "\u{10FFFF}", "***", "* *", String(repeating: "a ", count: 400)] {
            let written = Array(try JSONEncoder().encode(text))
            let masked = try Masked.raw(written, as: kind)
            #expect(masked.count - 2 <= 4 * text.utf8.count + 3, "\(text.debugDescription)")
            #expect(!masked.contains(UInt8(ascii: "\\")))
            // Every UTF-16 unit as an escape: longer in the document, the same mask.
            let escaped = text.utf16.map { "\\u" + String(repeating: "0", count: 4 - String($0, radix: 16).count) + String($0, radix: 16) }
            #expect(try Masked.raw(Array("\"\(escaped.joined())\"".utf8), as: kind) == masked)
        }
    }

    @Test("a mask takes linear time", arguments: Masked.kinds)
    func isLinear(kind: String) throws {
        // Many words, a long word, and a letter with many marks: a mask that looked back at each would need minutes.
        let texts = ["a ", "a", "\u{301}"].map { "abcd" + String(repeating: $0, count: 1 << 17) }
        for text in texts {
            let start = ContinuousClock.now
            _ = try Masked.text(text, as: kind)
            #expect(ContinuousClock.now - start < .seconds(10))
        }
    }

    // MARK: Making texts

    private static let pieces = [
        "a", "Ana", "Z", "é", "e\u{301}", "\u{301}", "ß", "İ", "ﬁ", "1", "42", "½", "٣", "१", "王", "한", "\u{1112}\u{1161}", "\u{11AB}", "क्ष",
        "\u{94D}",
        "ש", "ا", "\u{0600}", "\u{0D4E}", "\u{110BD}", "\u{E33}", "*", "**", "***", "*\u{301}", "＊", "•", " ", "  ", "\u{A0}", "\u{2003}",
        "\n", "\r\n",
        "\t", "\u{0}", "\u{200B}", "\u{200D}", "\u{202E}", "\u{FE0F}", "\u{E0041}", "🇧", "🇧🇷", "👍🏽", "👩‍👩‍👧", "❤️", "-", ".", "@", "'", "\"", "\\",
        "/", "<", "a*b",
        "K***", "***90", "Ran***", "*I", "163***",
    ]

    private static let texts: [String] = {
        var random = SeededGenerator(seed: 3)
        return (0..<1500).map { _ in
            (0..<Int.random(in: 1...14, using: &random)).map { _ in pieces.randomElement(using: &random)! }.joined()
        }
    }()
}
