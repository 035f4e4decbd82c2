// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShareLinks

@Suite("A token has one text")
struct TokenSpellingTests {
    private static let good = Samples.token().text

    @Test func goodTextIsRead() {
        #expect(Token(Self.good) == Samples.token())
    }

    /// A group of eleven digits can write numbers up to 62^11, three times as far as 2^64.
    @Test func groupsBeyondSixtyFourBitsAreRefused() {
        for group in 0..<4 {
            for digits in ["LygHa16AHYG", "M0000000000", "zzzzzzzzzzz"] {
                #expect(Token(replacing(group, with: digits)) == nil, "\(digits) in group \(group)")
            }
            // The largest number of 64 bits is one text of a token, but for the header's group.
            #expect((Token(replacing(group, with: "LygHa16AHYF")) != nil) == (group != 0))
        }
    }

    /// The value of a group plus 2^64 would be the same eight bytes to a decoder that wraps.
    @Test func wrappedSpellingOfTheSameBytesIsRefused() throws {
        let text = Array(Self.good)
        for group in 0..<4 {
            let digits = String(text[(3 + group * 11)..<(14 + group * 11)])
            let wrapped = try #require(Self.sum(digits, "LygHa16AHYG"))
            #expect(Token(replacing(group, with: wrapped)) == nil)
        }
    }

    @Test func lastByteAboveTwoHundredFiftyFiveIsRefused() {
        let stem = Self.good.dropLast(2)
        #expect(Token(stem + "47") != nil)
        for digits in ["48", "4z", "50", "A0", "zz"] {
            #expect(Token(stem + digits) == nil, "\(digits)")
        }
        // The last byte plus 256 would be the same byte to a decoder that cuts.
        for value in 256..<3844 {
            let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
            #expect(Token(stem + String([alphabet[value / 62], alphabet[value % 62]])) == nil)
        }
    }

    @Test func otherLengthsAreRefused() {
        for length in 0..<Self.good.count {
            #expect(Token(Self.good.prefix(length)) == nil)
            #expect(Token(Self.good.suffix(length)) == nil)
        }
        for more in ["0", "00", "/", " ", "\n", "\0", "."] {
            #expect(Token(Self.good + more) == nil)
            #expect(Token(more + Self.good) == nil)
        }
        #expect(Token(String(repeating: "c", count: 10_000)) == nil)
        #expect(Token(Self.good + String(repeating: "0", count: 10_000)) == nil)
    }

    /// After a small last byte a further digit would still write a number of one byte.
    @Test func digitAfterASmallLastByteIsRefused() {
        for last in UInt64(0)..<5 {
            let token = Token(mode: .internalFull, slot: Samples.slotZero, id: Samples.linkID, tag: Token.Tag(high: 1, low: last))
            #expect(Token(token.text) == token)
            #expect(Token(token.text + "0") == nil && Token(token.text + "1") == nil)
        }
    }

    @Test(arguments: ["cl0", "cl2", "CL1", "Cl1", "cL1", "c11", "d11", "   ", "cl\0", "vl1", "cl\u{661}"])
    func otherPrefixesAreRefused(prefix: String) {
        #expect(Token(prefix + Self.good.dropFirst(3)) == nil)
    }

    @Test func swappedCaseIsAnotherToken() {
        let ring = Samples.ring()
        let text = Array(Self.good)
        for place in text.indices where text[place].isLetter {
            var changed = text
            changed[place] = Character(text[place].isLowercase ? text[place].uppercased() : text[place].lowercased())
            #expect(!(Token(String(changed)).map(ring.isGenuine) ?? false), "at \(place)")
        }
        #expect(Token(Self.good.uppercased()) == nil)
        #expect(Token(Self.good.lowercased()).map(ring.isGenuine) != true)
    }

    @Test(arguments: [
        " ", "\t", "\n", "\r", "\0", "-", "_", "+", "/", "%", "=", "é", "０", "А", "\u{200B}", "\u{7F}", "\u{301}", "@", "[", "`", "{", ":",
    ])
    func charactersOutsideTheAlphabetAreRefusedEverywhere(stranger: String) {
        let text = Array(Self.good)
        for place in text.indices {
            var changed = text.map(String.init)
            changed[place] = stranger
            #expect(Token(changed.joined()) == nil, "at \(place)")
            // The same number of bytes as a token, for strangers that take several.
            #expect(Token(bytes: Array(changed.joined().utf8.prefix(Token.length))) == nil, "at \(place)")
        }
    }

    @Test func bytesThatAreNoUTF8AreRefused() {
        for byte in UInt8(0x80)...0xFF {
            var bytes = Array(Self.good.utf8)
            bytes[20] = byte
            #expect(Token(bytes: bytes) == nil)
        }
    }

    @Test func percentEscapesAreNotDecoded() {
        #expect(Token("%63l1" + Self.good.dropFirst(3)) == nil)
        #expect(Token("c%6C1" + Self.good.dropFirst(3)) == nil)
    }

    @Test func linkIDsAndCartIDsAreNoTokens() {
        #expect(Token("\(Samples.linkID)") == nil)
        #expect(Token("cl1\(Samples.linkID)\(Samples.linkID)00").map(Samples.ring().isGenuine) != true)
        #expect(Token("cart-1") == nil)
        #expect(Token(String(repeating: "a", count: 49)) == nil)
    }

    private func replacing(_ group: Int, with digits: String) -> String {
        var text = Array(Self.good)
        text.replaceSubrange((3 + group * 11)..<(14 + group * 11), with: Array(digits))
        return String(text)
    }

    /// The sum of two base62 texts of eleven digits, or nil where it needs twelve.
    private static func sum(_ one: String, _ other: String) -> String? {
        let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
        var carry = 0
        var text = ""
        for (left, right) in zip(one.reversed(), other.reversed()) {
            let digit = alphabet.firstIndex(of: left)! + alphabet.firstIndex(of: right)! + carry
            text = "\(alphabet[digit % 62])\(text)"
            carry = digit / 62
        }
        return carry == 0 ? text : nil
    }
}

extension Token {
    fileprivate init?(bytes: [UInt8]) {
        guard let token = bytes.withUnsafeBytes({ Token(utf8: $0) }) else { return nil }
        self = token
    }
}
