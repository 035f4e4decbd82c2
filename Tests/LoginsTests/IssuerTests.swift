// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Logins

struct IssuerTests {
    private static let noKeys = Issuer.KeySource.jwks { [] }
    private static let shared = Issuer.KeySource.secret(Fixtures.secret)

    private func issuer(
        _ issuer: String = "dev",
        audience: String = "shop",
        _ algorithms: [Algorithm] = [.hs256],
        _ keys: Issuer.KeySource = shared,
        claims: Issuer.ClaimNames = .init(),
        prefix: String? = nil
    ) throws(IssuerFault) -> Issuer {
        try Issuer(issuer: issuer, audience: audience, algorithms: algorithms, keys: keys, claims: claims, prefix: prefix)
    }

    @Test
    func incompleteIssuersAreRefused() {
        #expect(throws: IssuerFault.emptyIssuer) { try issuer("") }
        #expect(throws: IssuerFault.emptyAudience) { try issuer(audience: "") }
        #expect(throws: IssuerFault.noAlgorithms) { try issuer("dev", []) }
    }

    @Test(arguments: Algorithm.allCases)
    func algorithmMustFitTheKeys(algorithm: Algorithm) throws {
        let (fitting, other) = algorithm == .hs256 ? (Self.shared, Self.noKeys) : (Self.noKeys, Self.shared)
        #expect(try issuer("dev", [algorithm], fitting).algorithms == [algorithm])
        #expect(throws: IssuerFault.algorithmsDoNotFitKeys) { try issuer("dev", [algorithm], other) }
        let mixed: [Algorithm] = [algorithm, algorithm == .hs256 ? .es256 : .hs256]
        #expect(throws: IssuerFault.algorithmsDoNotFitKeys) { try issuer("dev", mixed, fitting) }
    }

    @Test
    func weakSecretsAreRefused() throws {
        #expect(throws: IssuerFault.secretTooShort) { try LoginSecret([UInt8](repeating: 1, count: 31)) }
        #expect(throws: IssuerFault.secretAllZero) { try LoginSecret([UInt8](repeating: 0, count: 64)) }
        #expect(try LoginSecret([UInt8](repeating: 1, count: 32)).bytes.count == 32)
    }

    @Test
    func oneNewlineAtTheEndOfASecretFileIsIgnored() throws {
        let bytes = [UInt8](repeating: 65, count: 32)
        #expect(try LoginSecret(fileContents: bytes + [10]).bytes == bytes)
        #expect(try LoginSecret(fileContents: bytes + [10, 10]).bytes == bytes + [10])
        #expect(throws: IssuerFault.secretTooShort) { try LoginSecret(fileContents: bytes.dropLast() + [10]) }
    }

    @Test
    func secretIsNeverPrinted() throws {
        let secret = try LoginSecret([UInt8](repeating: 65, count: 32))
        let issuer = try issuer("dev", [.hs256], .secret(secret))
        var dumped = ""
        dump(issuer, to: &dumped)
        dump(secret, to: &dumped)
        #expect(!(dumped + "\(secret) \(issuer) \(String(reflecting: issuer))").contains("65"))
    }

    @Test
    func claimNamesAndPrefixesAreChecked() throws {
        #expect(throws: IssuerFault.badClaimName) { try issuer(claims: .init(user: "")) }
        #expect(throws: IssuerFault.badClaimName) { try issuer(claims: .init(company: String(repeating: "c", count: 257))) }
        for prefix in ["", "-a", "a b", "a:", "é", String(repeating: "a", count: 65)] {
            #expect(throws: IssuerFault.badPrefix) { try issuer(prefix: prefix) }
        }
        #expect(try issuer(prefix: "b2b-").prefix == "b2b-")
    }

    @Test
    func severalIssuersNeedPrefixesThatCannotBeConfused() throws {
        func verifier(_ prefixes: String?...) throws(IssuerFault) {
            var issuers: [Issuer] = []
            for (index, prefix) in prefixes.enumerated() { issuers.append(try issuer("issuer-\(index)", prefix: prefix)) }
            _ = try LoginVerifier(issuers: issuers)
        }
        try verifier()
        try verifier(nil)
        try verifier("a-", "b-", "ab-")
        #expect(throws: IssuerFault.prefixMissing) { try verifier(nil, nil) }
        #expect(throws: IssuerFault.prefixMissing) { try verifier("a-", nil) }
        #expect(throws: IssuerFault.prefixesOverlap) { try verifier("a-", "b-", "a-") }
        #expect(throws: IssuerFault.prefixesOverlap) { try verifier("ab", "b-", "a") }
        #expect(throws: IssuerFault.prefixesOverlap) { try verifier("a", "a-", "a0", "aZ") }
        #expect(throws: IssuerFault.duplicateIssuer) {
            try LoginVerifier(issuers: [try issuer(prefix: "a-"), try issuer(prefix: "b-")])
        }
    }

    @Test
    func eachIssuerHasItsOwnKeysAudienceAndPrefix() async throws {
        let other = try LoginSecret([UInt8](repeating: 9, count: 32))
        let verifier = try LoginVerifier(issuers: [
            try issuer("one", prefix: "one-"),
            try issuer("two", audience: "desk", [.hs256], .secret(other), claims: .init(company: "org"), prefix: "two-"),
        ])
        let claims = { (issuer: String, audience: String) in
            #"{"iss":"\#(issuer)","aud":"\#(audience)","sub":"ann","org":"acme","exp":\#(Fixtures.now)}"#
        }
        func result(_ claims: String, _ secret: LoginSecret) async -> Result<Login, LoginFault> {
            await outcome(of: Fixtures.signed(claims: claims, secret: secret), by: verifier)
        }
        #expect(
            await result(claims("one", "shop"), Fixtures.secret)
                == .success(Login(issuer: "one", userId: "one-ann", expiresAt: Fixtures.now))
        )
        #expect(
            await result(claims("two", "desk"), other)
                == .success(Login(issuer: "two", userId: "two-ann", companyId: "two-acme", expiresAt: Fixtures.now))
        )
        #expect(await result(claims("two", "desk"), Fixtures.secret) == .failure(.badSignature))
        #expect(await result(claims("one", "shop"), other) == .failure(.badSignature))
        #expect(await result(claims("two", "shop"), other) == .failure(.wrongAudience))
        #expect(await result(claims("three", "shop"), other) == .failure(.unknownIssuer))
    }

    @Test
    func idWithItsPrefixIsAtMost128Characters() async throws {
        let verifier = try LoginVerifier(issuers: [try issuer("one", prefix: "one-")])
        for (length, isTaken) in [(124, true), (125, false)] {
            let claims = #"{"iss":"one","aud":"shop","sub":"\#(String(repeating: "a", count: length))","exp":\#(Fixtures.now)}"#
            let result = await outcome(of: Fixtures.signed(claims: claims), by: verifier)
            #expect((try? result.get().userId.utf8.count) == (isTaken ? 128 : nil))
        }
    }
}
