// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CartlinkServer

struct ColourTests {
    /// Ratios as WCAG's own examples and tools give them.
    static let contrasts: [(one: String, other: String, ratio: Double)] = [
        ("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#777777", "#ffffff", 4.48), ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.00), ("#0000ff", "#ffffff", 8.59), ("#14532d", "#ffffff", 9.11),
    ]

    @Test(arguments: contrasts)
    func contrastIsWCAGs(one: String, other: String, ratio: Double) throws {
        let (one, other) = (try #require(Colour(one)), try #require(Colour(other)))
        #expect(abs(one.contrast(with: other) - ratio) < 0.01)
        #expect(one.contrast(with: other) == other.contrast(with: one))
    }

    @Test func theTextOnAColourIsReadable() throws {
        for (colour, text) in [
            ("#14532d", "#ffffff"), ("#86efac", "#000000"), ("#ff0000", "#000000"), ("#0000ff", "#ffffff"), ("#ffff00", "#000000"),
        ] {
            #expect(try #require(Colour(colour)).textOnIt.css == text, "\(colour)")
        }
        for red in stride(from: 0, through: 255, by: 15) {
            for green in stride(from: 0, through: 255, by: 15) {
                for blue in stride(from: 0, through: 255, by: 51) {
                    let digits = [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                    let colour = try #require(Colour("#\(digits)"))
                    #expect(colour.css == "#\(digits)")
                    #expect(colour.contrast(with: colour.textOnIt) >= 4.5, "#\(digits)")
                }
            }
        }
    }

    @Test(arguments: ["", "#", "red", "#fff", "14532d", "#14532", "#14532dd", "#14532g", "#+4532d", "# 4532d", "#1453２d", "#12345\n"])
    func otherSpellingsAreNone(text: String) {
        #expect(Colour(text) == nil)
    }
}
