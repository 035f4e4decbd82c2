// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Logins

struct ServiceKeysTests {
    private let storefront = Service(name: "storefront", scopes: [.issueLinks, .writeCarts])
    private let desk = Service(name: "desk", scopes: [.admin])
    private let storefrontKey = String(repeating: "s", count: 32)
    private let deskKey = "a key may be any text, even äöü with spaces"

    private func keys() throws -> ServiceKeys {
        try ServiceKeys([(storefront, ServiceKeys.hash(of: storefrontKey)), (desk, ServiceKeys.hash(of: deskKey))])
    }

    @Test
    func keyNamesItsService() throws {
        #expect(try keys().service(for: storefrontKey) == storefront)
        #expect(try keys().service(for: deskKey) == desk)
        #expect(try keys().service(for: "Bearer \(deskKey)".dropFirst(7)) == desk)
    }

    @Test
    func otherTextsNameNone() throws {
        let keys = try keys()
        for position in 0..<32 {
            var changed = Array(storefrontKey.utf8)
            changed[position] ^= 1
            #expect(keys.service(for: String(decoding: changed, as: UTF8.self)) == nil)
        }
        for text in ["", storefrontKey + "s", " " + storefrontKey, storefrontKey.uppercased(), ServiceKeys.hash(of: storefrontKey)] {
            #expect(keys.service(for: text) == nil)
        }
        #expect(try ServiceKeys([]).service(for: storefrontKey) == nil)
    }

    @Test
    func shortKeyOpensNothingThoughItsHashIsListed() throws {
        let short = String(repeating: "s", count: 31)
        #expect(try ServiceKeys([(storefront, ServiceKeys.hash(of: short))]).service(for: short) == nil)
    }

    /// FIPS 180-4's one-block example.
    @Test
    func hashIsSHA256OfTheText() {
        #expect(ServiceKeys.hash(of: "abc") == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test
    func upperCaseHashIsTaken() throws {
        let hash = "sha256:" + ServiceKeys.hash(of: deskKey).dropFirst(7).uppercased()
        #expect(try ServiceKeys([(desk, hash)]).service(for: deskKey) == desk)
    }

    @Test(arguments: [
        "", "sha256:", "SHA256:" + String(repeating: "0", count: 64), String(repeating: "0", count: 64),
        "sha256:" + String(repeating: "0", count: 63), "sha256:" + String(repeating: "0", count: 65),
        "sha256:" + String(repeating: "g", count: 64),
        "sha256:" + String(repeating: "０", count: 64), "sha512:" + String(repeating: "0", count: 64),
        " sha256:" + String(repeating: "0", count: 64),
    ])
    func badHashIsRefused(hash: String) {
        #expect(throws: ServiceKeys.Fault.badHash(service: "desk")) { try ServiceKeys([(desk, hash)]) }
    }

    @Test
    func namesAndHashesAreUnique() {
        let hash = ServiceKeys.hash(of: deskKey)
        let other = ServiceKeys.hash(of: storefrontKey)
        #expect(throws: ServiceKeys.Fault.duplicateName("desk")) { try ServiceKeys([(desk, hash), (desk, other)]) }
        #expect(throws: ServiceKeys.Fault.duplicateHash(service: "desk")) { try ServiceKeys([(storefront, hash), (desk, hash)]) }
        for name in ["", "a b", "a\nb", "-a", String(repeating: "a", count: 129)] {
            #expect(throws: ServiceKeys.Fault.badName) { try ServiceKeys([(Service(name: name, scopes: []), hash)]) }
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func newKeysAreLongPlainAndDifferent(seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        var seen: Set<String> = []
        for _ in 0..<1000 {
            let key = ServiceKeys.newKey(using: &random)
            #expect(key.hasPrefix("csk_") && key.utf8.count == 47)
            #expect(key.dropFirst(4).utf8.allSatisfy { Character(Unicode.Scalar($0)).isLetter || Character(Unicode.Scalar($0)).isNumber })
            #expect(seen.insert(key).inserted)
        }
        let key = try #require(seen.first)
        #expect(try ServiceKeys([(desk, ServiceKeys.hash(of: key))]).service(for: key) == desk)
    }

    @Test
    func scopesAreNamedAsInTheConfiguration() {
        #expect(
            Scope.allCases.map(\.rawValue) == ["links:issue", "links:resolve", "carts:write", "carts:read", "directory:write", "admin"]
        )
    }
}
