// SPDX-License-Identifier: Apache-2.0

/// The claims of a token whose signature holds (RFC 7519 §4.1).
struct Claims {
    /// Seconds by which clocks may differ.
    static let leeway: Int64 = 60
    /// The last second of the year 9999. A later time is a mistake, such as milliseconds, not a date.
    static let latestTime: Int64 = 253_402_300_799

    private let members: JSON.Object

    init(_ members: JSON.Object) {
        self.members = members
    }

    /// Who the claims name, if they hold at `now` and were made for this service.
    func login(from issuer: Issuer, at now: Int64) throws(LoginFault) -> Login {
        guard isMeant(for: issuer.audience) else { throw .wrongAudience }
        guard let expiry = try time("exp", rounded: .down) else { throw .badClaim }
        guard now < expiry + Self.leeway else { throw .expired }
        for name in ["nbf", "iat"] {
            if let start = try time(name, rounded: .up), start - Self.leeway > now { throw .notYetValid }
        }
        guard let userId = try id(issuer.claims.user, of: issuer) else { throw .badClaim }
        return Login(
            issuer: issuer.issuer,
            userId: userId,
            companyId: try id(issuer.claims.company, of: issuer),
            businessUnitId: try id(issuer.claims.businessUnit, of: issuer),
            companyUserId: try id(issuer.claims.companyUser, of: issuer),
            ownerName: ownerName(issuer.ownerClaim),
            expiresAt: expiry
        )
    }

    /// An e-mail address that the issuer says it hasn't verified names nobody (OpenID Connect Core section 5.1).
    private func ownerName(_ name: String?) -> String? {
        guard let name, let bytes = members[name]?.string else { return nil }
        let isAddress = name == "email" || bytes.contains(UInt8(ascii: "@"))
        if isAddress, let isVerified = members["email_verified"], isVerified != .bool(true) { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    private func isMeant(for audience: String) -> Bool {
        switch members["aud"] {
        case .array(let audiences): audiences.contains { $0.isText(audience) }
        case let value?: value.isText(audience)
        case nil: false
        }
    }

    /// A NumericDate (RFC 7519 §2), which may have a fraction.
    private func time(_ name: String, rounded rule: FloatingPointRoundingRule) throws(LoginFault) -> Int64? {
        guard let value = members[name] else { return nil }
        guard case .number(let digits) = value, let seconds = Double(String(decoding: digits, as: UTF8.self)) else { throw .badClaim }
        guard seconds >= 0, seconds <= Double(Self.latestTime) else { throw .badClaim }
        return Int64(seconds.rounded(rule))
    }

    /// An id with the issuer's prefix; `nil` if the claim has no name here, is absent or null.
    private func id(_ name: String?, of issuer: Issuer) throws(LoginFault) -> String? {
        guard let name, let value = members[name], value != .null else { return nil }
        guard let bytes = value.string, isIdentifier(bytes) else { throw .badClaim }
        let id = (issuer.prefix ?? "") + String(decoding: bytes, as: UTF8.self)
        guard isIdentifier(id.utf8) else { throw .badClaim }
        return id
    }
}
