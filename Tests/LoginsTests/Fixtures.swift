// SPDX-License-Identifier: Apache-2.0

import Foundation

@testable import Logins

/// Tokens and keys made by another implementation; `Fixtures/make_fixtures.py` has the story of each.
struct Fixtures: Decodable {
    struct Refused: Decodable {
        let fault: String
        let token: String
    }

    let now: Int64
    let issuer: String
    let audience: String
    let secret: String
    let hs256: String
    let keySets: [String: String]
    let badKeys: [String: String]
    let keyWithPrivateMember: String
    let rsa1024Token: String
    let valid: [String: String]
    let refused: [String: Refused]
    let rotated: [String: String]

    static let all: Fixtures = {
        let file = Bundle.module.url(forResource: "logins", withExtension: "json", subdirectory: "Fixtures")!
        return try! JSONDecoder().decode(Fixtures.self, from: Data(contentsOf: file))
    }()

    static let now = all.now
    static let secret = try! LoginSecret(Base64URL.decode(all.secret.utf8)!)

    static func keySet(_ name: String) -> [UInt8] { Array(all.keySets[name]!.utf8) }

    static let claimNames = Issuer.ClaimNames(
        user: "sub",
        company: "company_id",
        businessUnit: "business_unit_id",
        companyUser: "company_user_id"
    )

    static func issuer(
        keys: Issuer.KeySource,
        algorithms: [Algorithm] = [.es256, .rs256, .ps256, .edDSA],
        prefix: String? = nil
    ) -> Issuer {
        try! Issuer(
            issuer: all.issuer,
            audience: all.audience,
            algorithms: algorithms,
            keys: keys,
            claims: claimNames,
            prefix: prefix
        )
    }

    /// Takes the logins of the fixtures' issuer, with its good keys.
    static let verifier = try! LoginVerifier(issuers: [issuer(keys: .jwks { keySet("good") })])

    /// Takes logins under the shared secret, so that a test can sign what it likes.
    static let sharedVerifier = try! LoginVerifier(issuers: [issuer(keys: .secret(secret), algorithms: [.hs256])])

    /// Who every good token of the fixtures names.
    static let ann = Login(
        issuer: all.issuer,
        userId: "ann",
        companyId: "acme",
        businessUnitId: "paris",
        companyUserId: "acme-ann",
        expiresAt: now + 600
    )

    /// An HS256 token with these texts as header and claims, whatever they hold.
    static func signed(header: String = #"{"alg":"HS256"}"#, claims: String, secret: LoginSecret = secret) -> String {
        signed(header: Array(header.utf8), claims: Array(claims.utf8), secret: secret)
    }

    static func signed(header: [UInt8], claims: [UInt8], secret: LoginSecret = secret) -> String {
        let input = Base64URL.encode(header) + "." + Base64URL.encode(claims)
        return input + "." + Base64URL.encode(hmacSHA256(key: secret.bytes, Array(input.utf8)[...]))
    }

    /// Claims of a good login as JSON text, with members changed, added or (nil) left out.
    static func claims(_ changes: KeyValuePairs<String, String?> = [:]) -> String {
        var members = [
            "iss": #""\#(all.issuer)""#, "aud": #""\#(all.audience)""#, "sub": #""ann""#, "company_id": #""acme""#,
            "business_unit_id": #""paris""#, "company_user_id": #""acme-ann""#, "exp": "\(now + 600)",
        ]
        for (name, value) in changes { members[name] = value }
        return "{" + members.map { #""\#($0.key)":\#($0.value)"# }.joined(separator: ",") + "}"
    }
}

/// What became of a token: the login or the fault, so that a test can compare it without printing the token.
func outcome(of token: String, by verifier: LoginVerifier, at now: Int64 = Fixtures.now) async -> Result<Login, LoginFault> {
    do {
        return .success(try await verifier.verify(token, at: now))
    } catch {
        return .failure(error)
    }
}
