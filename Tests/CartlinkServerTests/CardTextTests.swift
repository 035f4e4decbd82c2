// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CartlinkServer

struct CardTextTests {
    static let lines: [(text: String, line: String)] = [
        ("", ""), ("Mug", "Mug"), ("  Mug \t\n of   tea ", "Mug of tea"), ("abcdefghij", "abcdefghij"), ("abcdefghijk", "abcdefghi…"),
        ("abcdefgh, jk", "abcdefgh…"), ("a\u{0}b\u{7}c\u{9B}", "abc"), ("a\u{2028}b\u{2029}c", "a b c"),
        ("\u{202E}txt\u{202C}", "txt"), ("\u{2066}a\u{2069}\u{200E}b\u{200F}\u{061C}", "ab"), ("\u{FEFF}a\u{200B}b\u{2060}\u{AD}", "ab"),
        ("مرحبا", "مرحبا"), ("日本茶", "日本茶"), ("e\u{301}e\u{301}", "e\u{301}e\u{301}"),
        ("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦"), ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"), ("می‌خواهم", "می‌خواهم"), ("\u{E000}\u{F0000}a", "a"), (" \u{200B} ", ""),
        (String(repeating: "👨🏽‍🚀", count: 11), String(repeating: "👨🏽‍🚀", count: 9) + "…"),
        ("</title><script>", "</title><…"),
    ]

    @Test(arguments: lines)
    func aTextBecomesALineOfTenCharacters(text: String, line: String) {
        #expect(CardText.line(text, most: 10) == line)
    }

    @Test func aCharacterOfManyMarksIsBounded() {
        let line = CardText.line(String(repeating: "Z" + String(repeating: "\u{301}", count: 5_000), count: 50), most: 10)
        #expect(line.unicodeScalars.count <= 10 * 16)
        #expect(line.unicodeScalars.starts(with: "Z\u{301}".unicodeScalars))
    }
}
