// SPDX-License-Identifier: Apache-2.0

import SeededRandomness
import Testing

@testable import ShareLinks

@Suite("Tokens that are refused")
struct TokenForgeryTests {
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")

    /// Keys in all eight slots, so that a changed slot doesn't fail for want of a key.
    private let ring = try! KeyRing(
        (UInt8(0)..<8).map { Samples.key($0, secret: Samples.secret($0), state: $0 == 0 ? .signing : .verifying) },
        realm: Samples.realm
    )

    private func token(_ mode: LinkMode = .internalReadOnly, slot: UInt8 = 2) throws -> Token {
        try #require(ring.token(for: Samples.linkID, mode: mode, slot: Samples.slot(slot)))
    }

    private func opens(_ text: String) -> Bool {
        Token(text).map(ring.isGenuine) ?? false
    }

    @Test(arguments: LinkMode.allCases)
    func everyFlippedBitIsRefused(mode: LinkMode) throws {
        let text = try token(mode).text
        try #require(opens(text))
        for bit in 0..<264 {
            var bytes = try #require(TokenBytes(text))
            bytes.flip(bit)
            #expect(!opens(bytes.text), "bit \(bit)")
        }
    }

    @Test func everyReplacedCharacterIsRefused() throws {
        let text = Array(try token().text)
        for place in text.indices {
            for character in Self.alphabet where character != text[place] {
                var changed = text
                changed[place] = character
                #expect(!opens(String(changed)), "\(character) at \(place)")
            }
        }
    }

    @Test func everySwappedPairIsRefused() throws {
        let text = Array(try token().text)
        for one in text.indices {
            for other in text.indices[(one + 1)...] where text[one] != text[other] {
                var changed = text
                changed.swapAt(one, other)
                #expect(!opens(String(changed)), "\(one) and \(other)")
            }
        }
    }

    @Test func randomTextsAreRefused() {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<20_000 {
            let text = "cl1" + String((0..<46).map { _ in Self.alphabet.randomElement(using: &random)! })
            #expect(!opens(text))
        }
    }

    @Test func headerOfAnotherVersionOrModeIsNoToken() throws {
        let good = try #require(TokenBytes(try token().text))
        for header in UInt8.min...UInt8.max {
            var bytes = good
            bytes.bytes[0] = header
            let isKnown = header >> 5 == 0 && header >> 3 & 0b11 != 3
            #expect((Token(bytes.text) != nil) == isKnown, "header \(header)")
        }
    }

    @Test func tokenOfAnotherRealmIsRefused() throws {
        let key = Samples.key()
        let token = Samples.token()
        #expect(Samples.ring(key).isGenuine(token))
        for (tenant, host) in [
            ("defaul", "shop.example"), ("defaulT", "shop.example"), ("default", "staging.shop.example"), ("default", "shop.exampl"),
            ("defaults", "hop.example"), ("defaul", "tshop.example"), ("shop.example", "default"), ("default\0", "shop.example"),
        ] {
            let realm = try #require(Realm(tenant: tenant, host: host))
            #expect(!Samples.ring(key, realm: realm).isGenuine(token), "\(tenant) at \(host)")
        }
    }

    @Test func boundaryOfTenantAndHostIsBound() throws {
        let one = Samples.ring(realm: try #require(Realm(tenant: "ab", host: "c")))
        let other = Samples.ring(realm: try #require(Realm(tenant: "a", host: "bc")))
        let token = try #require(one.token(for: Samples.linkID, mode: .externalReadOnly, slot: Samples.slotZero))
        #expect(one.isGenuine(token))
        #expect(!other.isGenuine(token))
    }

    @Test func tokenOfAnotherKeyIsRefused() {
        #expect(!Samples.ring(Samples.key(secret: Samples.secret(1))).isGenuine(Samples.token()))
    }

    @Test func tokenIsDeadInASlotWithoutKeyAndInAReusedOne() throws {
        let token = try token(slot: 2)
        #expect(!Samples.ring(Samples.key(0)).isGenuine(token))
        #expect(!Samples.ring(Samples.key(2, secret: Samples.secret(99))).isGenuine(token))
    }

    @Test func sameKeyInAnotherSlotMakesOtherTokens() throws {
        let token = Samples.token()
        let moved = Token(mode: token.mode, slot: Samples.slot(1), id: token.id, tag: token.tag)
        #expect(!Samples.ring(Samples.key(1)).isGenuine(moved))
    }

    @Test func tagOfOneLinkIsDeadOnAnother() throws {
        let token = try token()
        let other = Token(mode: token.mode, slot: token.slot, id: LinkID(high: token.id.low, low: token.id.high), tag: token.tag)
        #expect(!ring.isGenuine(other))
    }

    @Test func tagWithOnlyOneHalfRightIsRefused() throws {
        let token = try token()
        for tag in [Token.Tag(high: token.tag.high, low: 0), Token.Tag(high: 0, low: token.tag.low), Token.Tag(high: 0, low: 0)] {
            #expect(!ring.isGenuine(Token(mode: token.mode, slot: token.slot, id: token.id, tag: tag)))
        }
    }
}
