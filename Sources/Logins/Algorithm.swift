// SPDX-License-Identifier: Apache-2.0

/// A way to sign a login, by its name in the `alg` header (RFC 7518 §3.1, RFC 8037 §3.1).
package enum Algorithm: String, CaseIterable, Sendable {
    /// ECDSA on P-256 with SHA-256.
    case es256 = "ES256"
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    case rs256 = "RS256"
    /// RSASSA-PSS with SHA-256 and a salt of 32 bytes.
    case ps256 = "PS256"
    /// Ed25519.
    case edDSA = "EdDSA"
    /// HMAC with SHA-256 under a shared secret.
    case hs256 = "HS256"

    /// Whether signer and verifier hold the same secret.
    package var isSymmetric: Bool { self == .hs256 }

    /// The algorithm with exactly this name. A `String` would also be equal to its Unicode twins.
    init?(name: [UInt8]) {
        guard let match = Self.allCases.first(where: { $0.rawValue.utf8.elementsEqual(name) }) else { return nil }
        self = match
    }
}
