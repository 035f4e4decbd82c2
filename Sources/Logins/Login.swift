// SPDX-License-Identifier: Apache-2.0

/// Who a verified login names, until when.
package struct Login: Sendable, Equatable {
    package let issuer: String
    package let userId: String
    package let companyId: String?
    package let businessUnitId: String?
    package let companyUserId: String?
    /// The text of the claim that ``Issuer/ownerClaim`` names; personal data.
    package let ownerName: String?
    /// The `exp` claim in seconds since 1970; fractions are cut off.
    package let expiresAt: Int64

    package init(
        issuer: String,
        userId: String,
        companyId: String? = nil,
        businessUnitId: String? = nil,
        companyUserId: String? = nil,
        ownerName: String? = nil,
        expiresAt: Int64
    ) {
        self.issuer = issuer
        self.userId = userId
        self.companyId = companyId
        self.businessUnitId = businessUnitId
        self.companyUserId = companyUserId
        self.ownerName = ownerName
        self.expiresAt = expiresAt
    }
}

extension Login: CustomStringConvertible, CustomReflectable {
    package var description: String { "Login(redacted)" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Whether the text can be an id: `[A-Za-z0-9][A-Za-z0-9._~-]{0,127}`.
func isIdentifier(_ text: some Collection<UInt8>) -> Bool {
    guard let first = text.first, text.count <= 128, isLetterOrDigit(first) else { return false }
    return text.dropFirst().allSatisfy { isLetterOrDigit($0) || "._~-".utf8.contains($0) }
}

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
    default: false
    }
}
