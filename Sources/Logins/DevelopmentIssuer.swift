// SPDX-License-Identifier: Apache-2.0

/// Makes logins for an HS256 issuer, so that a shop can be tried without an identity provider.
package struct DevelopmentIssuer: Sendable {
    /// Why no login can be made.
    package enum Fault: Error, Sendable {
        /// An id doesn't have the form of an id.
        case badId
        /// The issuer's configuration names no claim for one of the ids.
        case claimNotConfigured
        /// A lifetime must be 1 second to 366 days.
        case badLifetime
    }

    private let issuer: Issuer
    private let secret: LoginSecret

    /// Takes an issuer whose secret is known here; a JWKS issuer signs for itself.
    package init?(_ issuer: Issuer) {
        guard case .secret(let secret) = issuer.keySource else { return nil }
        self.issuer = issuer
        self.secret = secret
    }

    /// A token that names these ids, without the issuer's prefix; times in seconds.
    package func token(
        user: String,
        company: String? = nil,
        businessUnit: String? = nil,
        companyUser: String? = nil,
        lifetime: Int64,
        now: Int64
    ) throws(Fault) -> String {
        guard (1...31_622_400).contains(lifetime), (0...Claims.latestTime - lifetime).contains(now) else { throw .badLifetime }
        var claims = [("iss", issuer.issuer), ("aud", issuer.audience)]
        let names = issuer.claims
        for (name, id) in [
            (names.user, user), (names.company, company), (names.businessUnit, businessUnit), (names.companyUser, companyUser),
        ] {
            guard let id else { continue }
            guard let name else { throw .claimNotConfigured }
            guard isIdentifier(((issuer.prefix ?? "") + id).utf8), isIdentifier(id.utf8) else { throw .badId }
            // Two ids may come from one claim; it is written once and must be the same.
            if let earlier = claims.first(where: { $0.0 == name }) {
                guard earlier.1 == id else { throw .badId }
            } else {
                claims.append((name, id))
            }
        }
        let texts = claims.map { "\(quoted($0.0)):\(quoted($0.1))" }
        let payload = "{\(texts.joined(separator: ",")),\"iat\":\(now),\"exp\":\(now + lifetime)}"
        let header = #"{"alg":"HS256","typ":"JWT"}"#
        let signingInput = "\(Base64URL.encode(header.utf8)).\(Base64URL.encode(payload.utf8))"
        let tag = hmacSHA256(key: secret.bytes, Array(signingInput.utf8)[...])
        return "\(signingInput).\(Base64URL.encode(tag))"
    }
}

/// The text as a JSON string.
private func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"", "\\": quoted += "\\\(scalar)"
        case "\u{0}"..<" ": quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
        default: quoted.unicodeScalars.append(scalar)
        }
    }
    return quoted + "\""
}
