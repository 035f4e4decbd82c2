// SPDX-License-Identifier: Apache-2.0

import Testing

/// What each kind of mask draws.
@Suite struct MaskTests {
    /// The pairs that VTEX publishes of one cart, plain and masked in its current style: field, plain, VTEX's mask, and ours
    /// where it shows less.
    @Test(
        "VTEX's own samples",
        arguments: [
            ("name", "Kristian", "K***", nil), ("name", "Kuhlman", "K***", nil),
            ("name", "Crystal Strosin I", "C*** S*** I***", nil),
            ("tail", "01234567890", "***90", nil), ("tail", "+556589796821", "***21", nil), ("tail", "96935744", "***44", nil),
            ("place", "Randallport", "Ran***", nil), ("place", "Edmond Rempel", "Edm*** ***", nil),
            ("street", "1632 Elisa Common", "163*** *** ***mon", nil),
            ("hidden", "3", "***", nil),
            // Half of a value of two letters: of three or fewer nothing is shown.
            ("hidden", "TI", "*I", "***"),
        ] as [(String, String, String, String?)]
    )
    func vtex(kind: String, plain: String, theirs: String, ours: String?) throws {
        #expect(try Masked.text(plain, as: kind) == ours ?? theirs)
        #expect(try Masked.text(theirs, as: kind) == ours ?? theirs, "what VTEX has masked stays as it is")
    }

    @Test(
        "our repairs and their edges",
        arguments: [
            // Constant, so that not even the length shows.
            ("hidden", "x", "***"), ("hidden", "a rather long text, with commas", "***"), ("email", "a@b.example", "***@***"),
            ("email", "no address at all", "***@***"),
            // Nothing of up to three letters, half of few.
            ("tail", "123", "***"), ("tail", "1234", "***34"), ("tail", "(1) 23", "***"), ("tail", "0123 4", "***4"),
            ("tail", "12-34-5", "***5"), ("tail", "12-34-", "***"),
            ("name", "Ana", "***"), ("name", "Li Bo", "L*** B***"), ("name", "A B C", "*** *** ***"),
            ("name", "A B C D", "A*** B*** *** ***"), ("name", "  Ana   Lima ", "A*** L***"),
            ("name", "Ana (Lima)", "A*** ***"), ("name", "D'Arcy", "D***"),
            ("place", "Rio", "***"), ("place", "Rome", "Ro***"), ("place", "Genoa", "Ge***"), ("place", "Bergen", "Ber***"),
            ("place", "Rio de Janeiro", "Rio *** ***"), ("place", "A Coruña", "A ***"), ("place", "St. Gallen", "St*** ***"),
            // Eleven letters show nothing, twelve do; a house number at the end at most half.
            ("street", "Rua A", "*** ***"), ("street", "Main Street", "*** ***"), ("street", "12 Main Rd X", "*** *** *** ***"),
            ("street", "Calle Alta 9 B", "*** *** *** ***"), ("street", "12 Main Street", "12 *** ***eet"),
            ("street", "Hauptstrasse", "Hau***"), ("street", "Hauptstrasse 5", "Hau*** ***"),
            ("street", "Hauptstrasse 1250", "Hau*** ***50"), ("street", "Rua Felicidade", "Rua ***"),
            ("street", "Avenida Brasil 7b", "Ave*** *** ***"),
            // White space alone.
            ("name", " ", "***"), ("place", "\n\t", "***"), ("street", " ", "***"), ("tail", " ", "***"),
        ]
    )
    func repairs(kind: String, plain: String, masked: String) throws {
        #expect(try Masked.text(plain, as: kind) == masked)
    }

    /// VTEX's older style keeps lengths, its paid one structure.
    @Test(
        "what was masked in another style shows no more than it did",
        arguments: [
            ("name", "Jon**", "J***"), ("name", "Alv** ** ********", "A*** *** ***"), ("place", "Ame******", "Ame***"),
            ("place", "Rio ** *******", "Rio *** ***"), ("place", "N***** ***", "N*** ***"), ("name", "Gui***rme", "G***"),
            ("street", "JOÃ* ******* **MES", "JOÃ*** *** ***ES"), ("tail", "*****103", "***03"), ("tail", "******000", "***00"),
            ("tail", "*8*9*5*1*8*", "***"), ("tail", "2****-0**", "***"), ("tail", "*****1258", "***58"),
            ("email", "j***.d**@e******.c**", "***@***"), ("hidden", "****** ***** ****", "***"), ("street", "F*****", "F***"),
        ]
    )
    func olderStyles(kind: String, masked: String, ours: String) throws {
        #expect(try Masked.text(masked, as: kind) == ours)
    }

    @Test(
        "letters are whole, in any script",
        arguments: [
            // Composed and decomposed, marks, conjuncts, syllables of jamo, right to left.
            ("name", "João Álvares", "J*** Á***"), ("name", "A\u{301}lvares", "A\u{301}***"),
            ("place", "Sa\u{303}o Paulo", "Sa\u{303}o ***"),
            ("name", "क्षितिज शर्मा", "क्षि*** श***"), ("place", "\u{1112}\u{1161}\u{11AB}국어로씁니다", "\u{1112}\u{1161}\u{11AB}국어***"),
            ("place", "ירושלים", "ירו***"), ("place", "王府井大街", "王府***"), ("tail", "١٢٣٤٥٦", "***٥٦"),
            // No letters: flags, families, punctuation, what joins its neighbour, marks without a letter.
            ("name", "🇧🇷🇩🇪🇫🇷🇯🇵 Ana Lima", "*** A*** L***"), ("name", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", "***"),
            ("place", "\u{0600}1234567", "***"), ("name", "\u{301}Anabela", "***"), ("place", "\u{202E}abcdef", "***"),
            // Invisible characters don't make a text longer.
            ("name", "J\u{200B}\u{200B}\u{200B}\u{200B}", "***"),
        ]
    )
    func scripts(kind: String, plain: String, masked: String) throws {
        #expect(try Masked.text(plain, as: kind) == masked)
    }

    @Test("null and the empty text stay, numbers and words go", arguments: Masked.kinds)
    func otherValues(kind: String) throws {
        #expect(try Masked.raw(Array("null".utf8), as: kind) == Array("null".utf8))
        #expect(try Masked.raw(Array(#""""#.utf8), as: kind) == Array(#""""#.utf8))
        for value in ["0", "-1.5e9", "true", "false"] {
            // Nothing is left: {}.
            #expect(try Masked.raw(Array(value.utf8), as: kind).isEmpty, "\(value)")
        }
    }
}
