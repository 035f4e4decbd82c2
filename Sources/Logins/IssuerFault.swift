// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a configured issuer.
package enum IssuerFault: Error, CaseIterable, Sendable {
    case emptyIssuer
    case emptyAudience
    case noAlgorithms
    /// HS256 beside a JWKS, or another algorithm beside a secret: the way to key confusion (RFC 8725 §2.1).
    case algorithmsDoNotFitKeys
    case secretTooShort
    case secretAllZero
    case badClaimName
    case badPrefix
    case duplicateIssuer
    /// With several issuers, ids could be taken for one another.
    case prefixMissing
    /// One issuer's prefix begins another's, so two people could get one id.
    case prefixesOverlap
}

extension IssuerFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .emptyIssuer: "the issuer is empty"
        case .emptyAudience: "the audience is empty"
        case .noAlgorithms: "no algorithm is listed"
        case .algorithmsDoNotFitKeys: "HS256 needs a secret; ES256, RS256, PS256 and EdDSA need a JWKS; they can't be mixed"
        case .secretTooShort: "the secret must hold at least 32 bytes"
        case .secretAllZero: "the secret is all zero bytes"
        case .badClaimName: "a claim name must hold 1 to 256 bytes"
        case .badPrefix: "a prefix must begin with a letter or digit, go on with letters, digits or . _ ~ -, and hold at most 64"
        case .duplicateIssuer: "an issuer is listed twice"
        case .prefixMissing: "with several issuers each needs a prefix for its ids"
        case .prefixesOverlap: "no issuer's prefix may be the beginning of another's"
        }
    }
}
