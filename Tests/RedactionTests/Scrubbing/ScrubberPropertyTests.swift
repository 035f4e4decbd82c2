// SPDX-License-Identifier: Apache-2.0

import SeededRandomness
import Testing

@testable import Redaction

/// What must hold for every text.
@Suite struct ScrubberPropertyTests {
    /// 40 texts a seed, short ones and long ones.
    private static func texts(_ seed: UInt64) -> [String] {
        (0..<40).map { NearMatches.random(Int($0) + 1, seed: seed * 100 + $0) }
    }

    @Test("scrubbing twice equals scrubbing once", arguments: 1...100 as ClosedRange<UInt64>)
    func isIdempotent(seed: UInt64) {
        for text in Self.texts(seed) {
            let once = Scrubber().scrub(text)
            #expect(Scrubber().scrub(once) == once, "\(text.debugDescription)")
        }
    }

    /// The first cut uncovers the second find.
    @Test(
        "what a cut uncovers is cut as well",
        arguments: [
            ("612345678PO Box 5", "……"), (" +44 7700 900123 004406 12 341-/", " … …-/"), ("DE89)5555555555554444-612345678", "DE89)…-…"),
            ("91234-5678Hauptstr.0171", "……"),
        ]
    )
    func findsWhatCutsUncover(text: String, clean: String) {
        #expect(Scrubber().scrub(text) == clean)
    }

    /// The filter writes into a buffer as long as the cart: what takes the place of a text may never be longer, escapes included.
    @Test("the result is UTF-8 and never longer, also as JSON", arguments: 1...100 as ClosedRange<UInt64>)
    func neverGrows(seed: UInt64) {
        for text in Self.texts(seed) {
            guard let clean = Scrubber().scrub(Array(text.utf8)) else { continue }
            #expect(String(validating: clean, as: UTF8.self) != nil)
            #expect(clean.count <= text.utf8.count)
            #expect(Self.escapedCount(clean) <= Self.escapedCount(Array(text.utf8)), "\(text.debugDescription)")
        }
    }

    private static func escapedCount(_ text: [UInt8]) -> Int {
        var escaped: [UInt8] = []
        JSONString.appendEscaped(text, to: &escaped)
        return escaped.count
    }

    /// Short texts of pieces without digits and slashes, which alone raise suspicion.
    @Test("what raises no suspicion holds nothing to find", arguments: 1...100 as ClosedRange<UInt64>)
    func suspicionIsEnough(seed: UInt64) {
        let pieces = [
            "a", "@", "b.com", " at ", " AT ", "(at)", "ä", "t", " dot ", "gmail", " arroba ", "[punkt]", "é", "＠", "(a)", "[en]", "\u{AD}",
            "://",
            "?sid=", "…", " ā", "á", "rroba ", "eyJhbGciOiJub.abcdefgh", "_at_", " a\u{301}t ", "ţ ", "\u{A0}",
        ]
        var random = SeededGenerator(seed: seed)
        var finds = 0
        for count in 0..<100 {
            let text = Array((0...count % 7).map { _ in pieces.randomElement(using: &random)! }.joined().utf8)
            let isFind = Scrubber.pass(text) != nil
            finds += isFind ? 1 : 0
            #expect(!isFind || Suspicion.isRaised(by: text), "\(String(decoding: text, as: UTF8.self))")
        }
        #expect(finds > 0)
    }

    @Test("texts without a sign of anything raise no suspicion")
    func mostTextsAreClean() {
        for text in ["Navy blue", "Größe: groß", "Für Mama", "Happy Birthday", "algodón", "São Paulo – azul", "“Ann”…"] {
            #expect(!Suspicion.isRaised(by: Array(text.utf8)))
        }
        for text in ["made at home", "a/b", "Size 42", "１", "a\u{200B}t", "a\u{AD}t", "ät"] {
            #expect(Suspicion.isRaised(by: Array(text.utf8)) == (text != "ät"))
        }
    }

    /// Cuts that uncover one thing after another would make the time depend on how often the text is read.
    @Test("a text that still holds something in the third reading is given up as a whole")
    func trapsAreGivenUp() {
        #expect(Scrubber().scrub("612345678Hauptstr.678Calle at 39200(Hauptstr. and more") == "…")
        let passes = (1...1000 as ClosedRange<UInt64>).map { seed in
            var text = Array(NearMatches.random(30, seed: seed).utf8)
            var passes = 0
            while let clean = Scrubber.pass(text) { (text, passes) = (clean, passes + 1) }
            return passes
        }
        #expect(passes.max()! <= 3)
        #expect(passes.count { $0 > 1 } < 20)
    }

    @Test("what is found alone is found between anything, with spaces around", arguments: 1...100 as ClosedRange<UInt64>)
    func survivesNowhere(seed: UInt64) {
        let planted = [
            "ann.lee@mail.example", "5555-5555-5555-4444", "DE89370400440532013000", "+44 7700 900123", "https://ann:pw@shop.example/a",
        ]
        for (index, text) in Self.texts(seed).enumerated() {
            let find = planted[index % planted.count]
            let other = NearMatches.random(index + 1, seed: seed * 7)
            #expect(!Scrubber().scrub("\(text) \(find) \(other)").contains(find), "\(text.debugDescription) \(other.debugDescription)")
        }
    }

    /// Each kind between harmless words, behind every kind of mark: the words stay.
    @Test(
        "what stands beside a find is kept",
        arguments: [
            "ann@mail.example", "+34 612 345 678", "4111 1111 1111 1111", "DE89 3704 0044 0532 0130 00", "https://a:b@shop.example/",
            "https://shop.example/?token=1", "Calle Mayor, 5",
        ]
    )
    func keepsNeighbours(find: String) {
        for (before, after) in [
            ("Blue ", " mug"), ("(", ")"), ("„", "“"), ("x\n", "\ny"), ("a; ", "; b"), ("ö ", " ö"), ("😀", "😀"), ("…", "…"),
        ] {
            #expect(Scrubber().scrub(before + find + after) == before + "…" + after)
        }
    }
}
