// SPDX-License-Identifier: Apache-2.0

import SeededRandomness
import Testing

@testable import Logins

struct ServiceKeysTests {
    private let storefront = "storefront"
    private let desk = "desk"
    private let storefrontKey = String(repeating: "s", count: 32)
    private let deskKey = "a key may be any text, even äöü with spaces"

    private func keys() throws -> ServiceKeys<String> {
        try ServiceKeys([(storefront, storefront, ServiceKey.hash(of: storefrontKey)), (desk, desk, ServiceKey.hash(of: deskKey))])
    }

    @Test
    func keyNamesItsService() throws {
        #expect(try keys().holder(of: storefrontKey) == storefront)
        #expect(try keys().holder(of: deskKey) == desk)
        #expect(try keys().holder(of: "Bearer \(deskKey)".dropFirst(7)) == desk)
    }

    @Test
    func otherTextsNameNone() throws {
        let keys = try keys()
        for position in 0..<32 {
            var changed = Array(storefrontKey.utf8)
            changed[position] ^= 1
            #expect(keys.holder(of: String(decoding: changed, as: UTF8.self)) == nil)
        }
        for text in ["", storefrontKey + "s", " " + storefrontKey, storefrontKey.uppercased(), ServiceKey.hash(of: storefrontKey)] {
            #expect(keys.holder(of: text) == nil)
        }
        #expect(try ServiceKeys<String>([]).holder(of: storefrontKey) == nil)
    }

    @Test
    func shortKeyOpensNothingThoughItsHashIsListed() throws {
        let short = String(repeating: "s", count: 31)
        #expect(try ServiceKeys([(storefront, storefront, ServiceKey.hash(of: short))]).holder(of: short) == nil)
    }

    /// FIPS 180-4's one-block example.
    @Test
    func hashIsSHA256OfTheText() {
        #expect(ServiceKey.hash(of: "abc") == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test
    func upperCaseHashIsTaken() throws {
        let hash = "sha256:" + ServiceKey.hash(of: deskKey).dropFirst(7).uppercased()
        #expect(try ServiceKeys([(desk, desk, hash)]).holder(of: deskKey) == desk)
    }

    @Test(arguments: [
        "", "sha256:", "SHA256:" + String(repeating: "0", count: 64), String(repeating: "0", count: 64),
        "sha256:" + String(repeating: "0", count: 63), "sha256:" + String(repeating: "0", count: 65),
        "sha256:" + String(repeating: "g", count: 64),
        "sha256:" + String(repeating: "０", count: 64), "sha512:" + String(repeating: "0", count: 64),
        " sha256:" + String(repeating: "0", count: 64),
    ])
    func badHashIsRefused(hash: String) {
        #expect(throws: ServiceKeyFault.badHash(service: "desk")) { try ServiceKeys([(desk, desk, hash)]) }
    }

    @Test
    func namesAndHashesAreUnique() {
        let hash = ServiceKey.hash(of: deskKey)
        let other = ServiceKey.hash(of: storefrontKey)
        #expect(throws: ServiceKeyFault.duplicateName("desk")) { try ServiceKeys([(desk, desk, hash), (desk, desk, other)]) }
        #expect(throws: ServiceKeyFault.duplicateHash(service: "desk")) {
            try ServiceKeys([(storefront, storefront, hash), (desk, desk, hash)])
        }
        for name in ["", "a b", "a\nb", "-a", String(repeating: "a", count: 129)] {
            #expect(throws: ServiceKeyFault.badName) { try ServiceKeys([(name, desk, hash)]) }
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func newKeysAreLongPlainAndDifferent(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var seen: Set<String> = []
        for _ in 0..<1000 {
            let key = ServiceKey.new(using: &random)
            #expect(key.hasPrefix("csk_") && key.utf8.count == 47)
            #expect(key.dropFirst(4).utf8.allSatisfy { Character(Unicode.Scalar($0)).isLetter || Character(Unicode.Scalar($0)).isNumber })
            #expect(seen.insert(key).inserted)
        }
        let key = try #require(seen.first)
        #expect(try ServiceKeys([(desk, desk, ServiceKey.hash(of: key))]).holder(of: key) == desk)
    }
}
