// SPDX-License-Identifier: Apache-2.0

import SeededRandomness
import Testing

@testable import ShareLinks

@Suite("Tokens that a key ring makes")
struct TokenTests {
    /// Made by Python's `hmac` from the layout alone: key `bytes(range(1, 33))`, tenant `default`, host `shop.example`.
    @Test(arguments: [
        (LinkMode.externalReadOnly, UInt8(0), "cl10005Lf9xr0wAGH1FpOQ6DWLvGulclJqQwFc73padmqnu0s"),
        (.externalReadOnly, 7, "cl10bGG07lfjGAAGH1FpOQ6DWLwY4UkVvflSKUIR35tQ3QO19"),
        (.internalReadOnly, 5, "cl117CP8EZhuKMAGH1FpOQ6DWLwKmVpTlrUcJ1wDEazbpWy0m"),
        (.internalFull, 3, "cl11d8YGLNk5OYAGH1FpOQ6DWLyNRCXkizHY5WVDxAUtP7U3G"),
    ])
    func tokenHasTheBytesOfTheLayout(mode: LinkMode, slot: UInt8, text: String) throws {
        let ring = Samples.ring(Samples.key(slot))
        let token = try #require(ring.token(for: Samples.linkID, mode: mode, slot: Samples.slot(slot)))
        #expect(token.text == text)
        let parsed = try #require(Token(text))
        #expect(parsed == token)
        #expect(parsed.mode == mode && parsed.slot.rawValue == slot && parsed.id == Samples.linkID)
        #expect(ring.isGenuine(parsed))
    }

    /// The lengths that are bound are those of the UTF-8 text.
    @Test func tenantIsBoundAsUTF8() throws {
        let realm = try #require(Realm(tenant: "bücher", host: "a.b"))
        let ring = Samples.ring(Samples.key(secret: Array(33...64)), realm: realm)
        let token = ring.token(for: LinkID(high: 0, low: 0), mode: .externalReadOnly, slot: Samples.slotZero)
        #expect(token?.text == "cl1000000000000000000000004MQua6mg3T9r6TayeruAr2L")
    }

    @Test func everyTokenComesBackAndIsGenuine() throws {
        var random = SeededGenerator(seed: 264)
        let keys = (UInt8(0)..<8).map { Samples.key($0, secret: Samples.secret($0), state: $0 == 0 ? .signing : .verifying) }
        let ring = try KeyRing(keys, realm: Samples.realm)
        for _ in 0..<2000 {
            let mode = try #require(LinkMode.allCases.randomElement(using: &random))
            let slot = try #require(KeySlot.allCases.randomElement(using: &random))
            let id = LinkID(high: random.next(), low: random.next())
            let token = try #require(ring.token(for: id, mode: mode, slot: slot))
            let parsed = try #require(Token(token.text))
            #expect(parsed == token && parsed.text == token.text)
            #expect(ring.isGenuine(parsed))
            #expect(token.text.utf8.count == Token.length)
        }
    }

    @Test func extremeIDsComeBack() throws {
        for id in [LinkID(high: 0, low: 0), LinkID(high: .max, low: .max), LinkID(high: 0, low: .max), LinkID(high: .max, low: 0)] {
            let token = try #require(Samples.ring().token(for: id, mode: .internalFull, slot: Samples.slotZero))
            #expect(Token(token.text)?.id == id)
        }
    }

    @Test func tokenIsReadFromASubstring() throws {
        let path = "/s/\(Samples.token().text)?x=1"
        #expect(Token(path.dropFirst(3).prefix(Token.length)) == Samples.token())
    }

    @Test func slotWithoutKeyMakesNoToken() {
        #expect(Samples.ring().token(for: Samples.linkID, mode: .externalReadOnly, slot: Samples.slot(1)) == nil)
    }

    @Test(arguments: [
        (Audience.external, Access.readOnly, LinkMode.externalReadOnly), (.external, .full, .externalReadOnly),
        (.internal(.shop), .readOnly, .internalReadOnly), (.internal(.shop), .full, .internalFull),
    ])
    func externalModeIsReadOnlyAlways(audience: Audience, access: Access, mode: LinkMode) {
        #expect(LinkMode(audience: audience, access: access) == mode)
        #expect(mode.access == (mode == .internalFull ? .full : .readOnly))
        #expect(mode.isInternal == (audience != .external))
    }
}
