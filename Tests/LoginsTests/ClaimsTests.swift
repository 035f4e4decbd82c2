// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Logins

struct ClaimsTests {
    private func result(_ changes: KeyValuePairs<String, String?>, at now: Int64 = Fixtures.now) async -> Result<Login, LoginFault> {
        await outcome(of: Fixtures.signed(claims: Fixtures.claims(changes)), by: Fixtures.sharedVerifier, at: now)
    }

    @Test(arguments: [(-61, false), (-60, false), (-59, true), (0, true), (600, true)])
    func expiryEndsSixtySecondsLate(offset: Int64, isTaken: Bool) async {
        let result = await result(["exp": "\(Fixtures.now + offset)"])
        #expect((try? result.get().expiresAt) == (isTaken ? Fixtures.now + offset : nil))
        if !isTaken { #expect(result == .failure(.expired)) }
    }

    @Test(arguments: ["nbf", "iat"], [(59, true), (60, true), (61, false), (86_400, false)])
    func startMayLieSixtySecondsAhead(name: String, boundary: (offset: Int64, isTaken: Bool)) async {
        let result = await result([name: "\(Fixtures.now + boundary.offset)"])
        #expect(result == (boundary.isTaken ? .success(Fixtures.ann) : .failure(.notYetValid)))
    }

    @Test(arguments: [Int64.min, -1, 0, Int64.max])
    func absurdClockDoesNoHarm(now: Int64) async throws {
        let result = await outcome(of: Fixtures.all.hs256, by: Fixtures.sharedVerifier, at: now)
        #expect(result == .failure(now > 0 ? .expired : .notYetValid))
        // A verifier of its own: one that other tests ask at other times may hold keys that are too old at this one.
        let own = try LoginVerifier(issuers: [Fixtures.issuer(keys: .jwks { Fixtures.keySet("good") })])
        let signed = await outcome(of: Fixtures.all.valid["es256"]!, by: own, at: now)
        #expect(signed == .failure(now > 0 ? .expired : .notYetValid))
    }

    @Test(
        arguments: ["exp", "nbf", "iat"],
        [
            "-1", "-0.5", "1e400", "1e18", "9223372036854775808", "18446744073709551616", "253402300800", "1800000000000", #""1800000600""#,
            "null", "true", "[1800000600]", "{}", #""NaN""#,
        ]
    )
    func absurdTimeIsRefused(name: String, value: String) async {
        #expect(await result([name: value]) == .failure(.badClaim))
    }

    @Test(arguments: [
        "NaN", "Infinity", "-Infinity", "+1800000600", "01800000600", "1800000600.", ".5", "1800000600e", "0x6B49D200", "1_800_000_600",
    ])
    func numberThatIsNoJSONIsRefused(value: String) async {
        #expect(await result(["exp": value]) == .failure(.malformed))
    }

    @Test(arguments: [("1800000600.9", 1_800_000_600), ("1.8000006e9", 1_800_000_600), ("18000006E+2", 1_800_000_600)])
    func fractionsAndExponentsAreRead(value: String, expiresAt: Int64) async throws {
        #expect(try await result(["exp": value]).get().expiresAt == expiresAt)
    }

    @Test
    func fractionsCountAgainstTheLogin() async {
        #expect(await result(["exp": "\(Fixtures.now - 60).9"]) == .failure(.expired))
        #expect(await result(["nbf": "\(Fixtures.now + 60).1"]) == .failure(.notYetValid))
    }

    @Test
    func expiryIsRequired() async {
        #expect(await result(["exp": nil]) == .failure(.badClaim))
    }

    @Test(arguments: [
        #""shop""#, #"["shop"]"#, #"["other","shop"]"#, #"["shop",7]"#, #""\u0073hop""#,
    ])
    func audienceMayBeATextOrAList(value: String) async {
        #expect(await result(["aud": value]) == .success(Fixtures.ann))
    }

    @Test(arguments: [
        #""Shop""#, #""shop ""#, #""shop/""#, #""sho""#, #""""#, "[]", #"["other"]"#, #"[["shop"]]"#, #"{"shop":true}"#, "null", "7",
        #""shop,other""#, nil,
    ])
    func otherAudienceIsRefused(value: String?) async {
        #expect(await result(["aud": value]) == .failure(.wrongAudience))
    }

    @Test(arguments: [
        #""https://id.shop.example/""#, #""https://ID.shop.example""#, #""https://id.shop.exampl""#, #""""#, "null", "7",
        #"["https://id.shop.example"]"#, nil,
    ])
    func otherIssuerIsRefused(value: String?) async {
        #expect(await result(["iss": value]) == .failure(.unknownIssuer))
    }

    @Test(arguments: [
        nil, "null", "7", "true", #"["ann"]"#, #""""#, #"".ann""#, #""-ann""#, #""_ann""#, #""ann b""#, #""ann\n""#, #""ann\u0000""#,
        #""ann/b""#,
        #""auth0|1""#, #""ann@shop""#, #""ann:b""#, #""änn""#, #""\u212Aay""#, #""\uff21nn""#, "\"\(String(repeating: "a", count: 129))\"",
    ])
    func userMustBeAnId(value: String?) async {
        #expect(await result(["sub": value]) == .failure(.badClaim))
    }

    @Test(arguments: ["a", "0", "A.b_c~d-e", String(repeating: "a", count: 128)])
    func idIsTakenAsItIs(value: String) async throws {
        #expect(try await result(["sub": "\"\(value)\""]).get().userId == value)
    }

    @Test(arguments: ["company_id", "business_unit_id", "company_user_id"])
    func otherIdsMayBeAbsentButNotBad(name: String) async throws {
        for absent in [nil, "null"] {
            let login = try await result([name: absent]).get()
            #expect(login.companyId == (name == "company_id" ? nil : "acme"))
            #expect(login.businessUnitId == (name == "business_unit_id" ? nil : "paris"))
            #expect(login.companyUserId == (name == "company_user_id" ? nil : "acme-ann"))
        }
        for bad in [#""""#, "7", "{}", #""a b""#, #"".""#] {
            #expect(await result([name: bad]) == .failure(.badClaim))
        }
    }

    @Test
    func claimsWithoutANameHereAreNotRead() async throws {
        let issuer = try Issuer(
            issuer: Fixtures.all.issuer,
            audience: "shop",
            algorithms: [.hs256],
            keys: .secret(Fixtures.secret),
            claims: .init(user: "uid")
        )
        let token = Fixtures.signed(claims: Fixtures.claims(["uid": #""u1""#, "company_id": "7"]))
        let login = try await LoginVerifier(issuers: [issuer]).verify(token, at: Fixtures.now)
        #expect(login == Login(issuer: Fixtures.all.issuer, userId: "u1", expiresAt: Fixtures.now + 600))
    }

    /// What is compared with what a platform's cart says of its owner.
    @Test(arguments: [
        (#""a@shop.example""#, nil, true), (#""a@shop.example""#, "true", true), (#""a@shop.example""#, "false", false),
        (#""a@shop.example""#, #""true""#, false), (#""a@shop.example""#, "null", false), ("7", nil, false), ("null", nil, false),
        (#"["a@shop.example"]"#, nil, false),
    ])
    func anAddressThatTheIssuerHasNotVerifiedNamesNobody(email: String, isVerified: String?, isTaken: Bool) async throws {
        let issuer = try Issuer(
            issuer: Fixtures.all.issuer,
            audience: "shop",
            algorithms: [.hs256],
            keys: .secret(Fixtures.secret),
            ownerClaim: "email"
        )
        let token = Fixtures.signed(claims: Fixtures.claims(["email": email, "email_verified": isVerified]))
        let login = try await LoginVerifier(issuers: [issuer]).verify(token, at: Fixtures.now)
        #expect(login.ownerName == (isTaken ? "a@shop.example" : nil))
    }

    @Test
    func loginPrintsNothing() {
        var dumped = ""
        dump(Fixtures.ann, to: &dumped)
        #expect(!dumped.contains("ann") && !"\(Fixtures.ann)".contains("ann") && !String(reflecting: Fixtures.ann).contains("ann"))
    }
}
