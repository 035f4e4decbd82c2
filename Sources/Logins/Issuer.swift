// SPDX-License-Identifier: Apache-2.0

/// One identity provider whose logins are taken, and how they are read.
package struct Issuer: Sendable {
    /// Where an issuer's keys come from.
    package enum KeySource: Sendable {
        /// Fetches a JWK set (RFC 7517) of at most 1 MiB. It must end by itself, within seconds.
        case jwks(@Sendable () async throws -> [UInt8])
        case secret(LoginSecret)
    }

    /// The names of the claims that hold a person's ids; top-level claims, whose values are strings.
    package struct ClaimNames: Sendable, Equatable {
        package var user: String
        package var company: String?
        package var businessUnit: String?
        package var companyUser: String?

        package init(user: String = "sub", company: String? = nil, businessUnit: String? = nil, companyUser: String? = nil) {
            self.user = user
            self.company = company
            self.businessUnit = businessUnit
            self.companyUser = companyUser
        }
    }

    package let issuer: String
    package let audience: String
    package let algorithms: [Algorithm]
    package let claims: ClaimNames
    /// Put before every id that this issuer's logins name, so that two issuers' people are never one.
    package let prefix: String?
    /// A claim that names people as the carts of the shop's platform do, such as `email`.
    package let ownerClaim: String?
    let keySource: KeySource

    package init(
        issuer: String,
        audience: String,
        algorithms: [Algorithm],
        keys: KeySource,
        claims: ClaimNames = ClaimNames(),
        prefix: String? = nil,
        ownerClaim: String? = nil
    ) throws(IssuerFault) {
        guard !issuer.isEmpty else { throw .emptyIssuer }
        guard !audience.isEmpty else { throw .emptyAudience }
        guard !algorithms.isEmpty else { throw .noAlgorithms }
        let isShared =
            switch keys {
            case .secret: true
            case .jwks: false
            }
        guard algorithms.allSatisfy({ $0.isSymmetric == isShared }) else { throw .algorithmsDoNotFitKeys }
        let names = [claims.user, claims.company, claims.businessUnit, claims.companyUser, ownerClaim].compactMap { $0 }
        guard names.allSatisfy({ (1...256).contains($0.utf8.count) }) else { throw .badClaimName }
        if let prefix {
            guard prefix.utf8.count <= 64, isIdentifier(prefix.utf8) else { throw .badPrefix }
        }
        self.issuer = issuer
        self.audience = audience
        self.algorithms = algorithms
        self.keySource = keys
        self.claims = claims
        self.prefix = prefix
        self.ownerClaim = ownerClaim
    }
}
