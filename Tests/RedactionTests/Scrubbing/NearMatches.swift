// SPDX-License-Identifier: Apache-2.0

/// Texts that look like personal data without being any, or almost.
enum NearMatches {
    /// Pieces to repeat: each makes one of the finders look hard and long.
    static let repeated = [
        "@", "a@", "a@a.", "a.a.a@", "\"@", "a%40", "(at) ", "a (at) ", " at ", "at dot ", "x at a dot ", "_at_", "a arroba ",
        "a (dot) b (at) ",
        "1 ", "1-", "12.", "4 ", "41 11 ", "411111 ", "4111 1111 1111 1112 ", "4111111111111111 ", "0049 ", "+34 ", "(11) ", "06 12 34 ",
        "612345678 ", "612345678,5 ", "no no no no 612345678 ", "tel 12 34 ", "01.02.2024 ", "1 2 3 4 5 6 7 8 9 0 ", "4 4 4 4 44 4 4 ",
        "ES12", "ES12 ", "DE89 ", "E S 1 2 ", "http://", "x://@", "https://a.example/?k=1&", "?a=1", "eyJ", "/aA1", "…1", "\u{200B}",
        "1\u{200B}", "٤ ",
        "calle ", "Calle a ", "calle calle 5 ", "Rua 7 de ", "Calle 13 # ", "5 Street ", "5 a a a street ", "Am a 5 ", "Hauptstraße ",
        "po box ", "a 12 b ",
    ]

    /// Pieces to put together at random: parts of finds, what may stand between them, and what parts them.
    static let pieces = [
        "a", "@", "b.com", ".", "-", " ", "+", "34", "612", "345", "678", "4111", "1111", "://", "https", "/", "Calle", "Rosa", "5", "12",
        "DE89",
        "3704", "0044", "0532", "0130", "00", "…", "é", "(", ")", "Street", "Baker", "straße", "#", ",", "2026", "01", " at ", "(at)",
        "dot", "gmail",
        "arroba", "punto", "＠", "１２３", "٤٥٦", "\u{200B}", "\u{AD}", "\u{A0}", "\n", "\"", "?token=", "&k=", "eyJhbGciOiJIUzI1NiJ9", "x",
        "tel ",
        "SKU ", "Visa ", "PO Box ", "nº", "5555555555554444", "4006381333931", "612345678", " / ", "ä", "t", "😀", "\u{1}", "\\", "e\u{301}",
        "%40",
    ]

    static func random(_ count: Int, seed: UInt64) -> String {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in pieces.randomElement(using: &random)! }.joined()
    }
}
