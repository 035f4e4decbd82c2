// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Logins

struct DevelopmentIssuerTests {
    private let issuer = Fixtures.issuer(keys: .secret(Fixtures.secret), algorithms: [.hs256])

    @Test
    func tokenIsTakenByTheVerifier() async throws {
        let token = try #require(DevelopmentIssuer(issuer)).token(
            user: "ann",
            company: "acme",
            businessUnit: "paris",
            companyUser: "acme-ann",
            lifetime: 600,
            now: Fixtures.now
        )
        #expect(await outcome(of: token, by: Fixtures.sharedVerifier) == .success(Fixtures.ann))
        #expect(await outcome(of: token, by: Fixtures.sharedVerifier, at: Fixtures.now + 660) == .failure(.expired))
    }

    @Test
    func absentIdsStayAbsentAndThePrefixIsAddedOnce() async throws {
        let issuer = Fixtures.issuer(keys: .secret(Fixtures.secret), algorithms: [.hs256], prefix: "dev-")
        let token = try #require(DevelopmentIssuer(issuer)).token(user: "ann", lifetime: 1, now: Fixtures.now)
        let login = try await LoginVerifier(issuers: [issuer]).verify(token, at: Fixtures.now)
        #expect(login == Login(issuer: Fixtures.all.issuer, userId: "dev-ann", expiresAt: Fixtures.now + 1))
    }

    @Test
    func namesOfAnyTextAreWrittenAsJSON() async throws {
        let issuer = try Issuer(
            issuer: "a\"b\\c\n\u{1}é/",
            audience: "\u{7F}\u{1F}\t",
            algorithms: [.hs256],
            keys: .secret(Fixtures.secret),
            claims: .init(user: "https://shop.example/\"user\"")
        )
        let token = try #require(DevelopmentIssuer(issuer)).token(user: "ann", lifetime: 600, now: Fixtures.now)
        #expect(try await LoginVerifier(issuers: [issuer]).verify(token, at: Fixtures.now).issuer == issuer.issuer)
    }

    @Test
    func jwksIssuerSignsForItself() {
        #expect(DevelopmentIssuer(Fixtures.issuer(keys: .jwks { [] })) == nil)
    }

    @Test
    func whatNoLoginCouldHoldIsRefused() throws {
        let development = try #require(DevelopmentIssuer(issuer))
        for id in ["", "a b", ".a", "a\n", String(repeating: "a", count: 129)] {
            #expect(throws: DevelopmentIssuer.Fault.badId) { try development.token(user: id, lifetime: 600, now: 0) }
            #expect(throws: DevelopmentIssuer.Fault.badId) { try development.token(user: "ann", company: id, lifetime: 600, now: 0) }
        }
        for lifetime in [0, -1, 31_622_401, Int64.max] {
            #expect(throws: DevelopmentIssuer.Fault.badLifetime) { try development.token(user: "ann", lifetime: lifetime, now: 0) }
        }
        for now in [-1, Int64.max] {
            #expect(throws: DevelopmentIssuer.Fault.badLifetime) { try development.token(user: "ann", lifetime: 600, now: now) }
        }
        let plain = try Issuer(issuer: "dev", audience: "shop", algorithms: [.hs256], keys: .secret(Fixtures.secret))
        #expect(throws: DevelopmentIssuer.Fault.claimNotConfigured) {
            try #require(DevelopmentIssuer(plain)).token(user: "ann", company: "acme", lifetime: 600, now: 0)
        }
    }
}
