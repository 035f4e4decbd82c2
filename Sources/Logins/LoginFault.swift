// SPDX-License-Identifier: Apache-2.0

/// Why a login is refused.
///
/// No case carries a part of the token, so a fault may be logged.
package enum LoginFault: Error, CaseIterable, Sendable {
    /// Not a signed JWT in compact form: size, segments, base64url or JSON.
    case malformed
    /// A header that this service doesn't honour: any `crit`, `b64`, or a `typ` of another kind of token.
    case unsupportedHeader
    /// `alg` is not in the issuer's list, or not the key's.
    case algorithmNotAllowed
    case unknownIssuer
    /// No usable key has the token's `kid`.
    case unknownKey
    case badSignature
    case expired
    case notYetValid
    case wrongAudience
    /// A claim is missing, has the wrong type, or holds text that can't be an id.
    case badClaim
    /// The issuer's keys can't be had: a matter of time, not of the login.
    case unavailable
}
