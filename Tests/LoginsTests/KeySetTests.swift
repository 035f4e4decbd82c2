// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Logins

struct KeySetTests {
    private static let asymmetric: [Algorithm] = [.es256, .rs256, .ps256, .edDSA]
    private static let goodKeys = String(decoding: Fixtures.keySet("good"), as: UTF8.self)

    private func read(_ text: String, algorithms: [Algorithm] = asymmetric) -> KeySet? {
        KeySet(parsing: Array(text.utf8), algorithms: algorithms)
    }

    /// The good set with more keys before and behind the others.
    private func goodSet(adding keys: String) -> String {
        Self.goodKeys.replacing(#"{"keys": ["#, with: #"{"keys": [\#(keys), "#, maxReplacements: 1).dropLast(2) + ", \(keys)]}"
    }

    @Test
    func goodKeysAreRead() throws {
        let set = try #require(read(Self.goodKeys))
        #expect(set.count == 7 && set.skipped == 0)
        #expect(set.keys[Array("rsa".utf8)]?.algorithms == [.rs256, .ps256])
        #expect(set.keys[Array("rs".utf8)]?.algorithms == [.rs256])
    }

    @Test(arguments: Fixtures.all.badKeys.keys.sorted())
    func badKeyIsSkippedAndSpoilsNoOther(name: String) async throws {
        let bad = Fixtures.all.badKeys[name]!
        let text = goodSet(adding: bad)
        let set = try #require(read(text))
        #expect(set.count == 7 && set.skipped == 2)
        // Alone, so that it isn't skipped for being there twice.
        #expect(read(#"{"keys":[\#(bad)]}"#) == nil)
        let verifier = try LoginVerifier(issuers: [Fixtures.issuer(keys: .jwks { Array(text.utf8) })])
        for token in Fixtures.all.valid.values { #expect(await outcome(of: token, by: verifier) == .success(Fixtures.ann)) }
    }

    @Test
    func keyThatNamesAMemberTwiceIsSkipped() throws {
        let key = Fixtures.all.keyWithPrivateMember.dropLast() + #","kid":"twice"}"#
        #expect(read(#"{"keys":[\#(key)]}"#) == nil)
        #expect(try #require(read(goodSet(adding: String(key)))).count == 7)
    }

    @Test
    func tokenOfAWeakKeyIsRefused() async throws {
        let text = goodSet(adding: Fixtures.all.badKeys["rsa of 1024 bits"]!)
        let verifier = try LoginVerifier(issuers: [Fixtures.issuer(keys: .jwks { Array(text.utf8) })])
        #expect(await outcome(of: Fixtures.all.rsa1024Token, by: verifier) == .failure(.unknownKey))
    }

    @Test
    func sharedKidMakesBothKeysUnusable() throws {
        let set = try #require(read(Self.goodKeys.replacing(#""kid": "ed""#, with: #""kid": "es""#)))
        #expect(set.count == 5 && set.skipped == 2)
        #expect(set.keys[Array("es".utf8)] == nil)
    }

    @Test
    func kidOfAnUnusableKeyIsStillFree() throws {
        let encryption = #"{"kty":"OKP","crv":"Ed25519","x":"\#(String(repeating: "A", count: 43))","kid":"es","use":"enc"}"#
        #expect(try #require(read(goodSet(adding: encryption))).count == 7)
    }

    /// The Kelvin sign is equal to a K as a `String`, and composed to decomposed letters; as a key's name it is another.
    @Test(arguments: [("K", "\u{212A}"), ("\u{E9}", "e\u{301}")])
    func unicodeTwinIsAnotherKey(kid: String, twin: String) throws {
        #expect(kid == twin)
        let text = String(decoding: Fixtures.keySet("one"), as: UTF8.self).replacing(#""kid": "es""#, with: #""kid": "\#(kid)""#)
        let set = try #require(read(text))
        #expect(set.keys[Array(kid.utf8)] != nil)
        #expect(set.keys[Array(twin.utf8)] == nil)
    }

    @Test
    func privateMembersAreNotRead() throws {
        #expect(try #require(read(#"{"keys":[\#(Fixtures.all.keyWithPrivateMember)]}"#)).count == 1)
    }

    @Test
    func keysOfUnlistedAlgorithmsAreSkipped() throws {
        let set = try #require(read(Self.goodKeys, algorithms: [.ps256]))
        #expect(Set(set.keys.keys) == [Array("ps".utf8), Array("rsa".utf8)])
        #expect(set.skipped == 5)
        #expect(set.keys[Array("rsa".utf8)]?.algorithms == [.ps256])
    }

    @Test(arguments: [
        "", "null", "[]", "{}", #"{"keys":{}}"#, #"{"keys":[]}"#, #"{"keys":null}"#, #"{"keys":[{}]}"#, "<html>", "{\"keys\":[",
        #"{"keys":[],"keys":[]}"#,
    ])
    func garbageIsNoSet(text: String) {
        #expect(read(text) == nil)
    }

    @Test
    func setIsAtMostOneMebibyte() {
        let padding = String(repeating: " ", count: 1 << 20)
        #expect(read(padding.dropLast(Self.goodKeys.utf8.count) + Self.goodKeys) != nil)
        #expect(read(padding.dropLast(Self.goodKeys.utf8.count - 1) + Self.goodKeys) == nil)
    }
}
