// SPDX-License-Identifier: Apache-2.0

/// What a caller presents in the `Authorization` header.
package enum Credential: Sendable, Equatable {
    case jwt(String)
    case serviceKey(String)

    /// Why a header value is no credential.
    package enum Fault: Error, Sendable {
        /// Another scheme than Bearer.
        case otherScheme
        /// Bearer, but nothing usable behind it.
        case malformed
    }

    /// Reads a header value, `Bearer` in any case (RFC 6750 §2.1, RFC 9110 §11.1).
    ///
    /// A text with exactly two dots is a JWT, every other one a service key; so a key must not have two dots.
    package static func parse(_ header: some StringProtocol) throws(Fault) -> Credential {
        let scheme = header.prefix { $0 != " " }
        guard scheme.lowercased() == "bearer" else { throw .otherScheme }
        let text = header.dropFirst(scheme.count).drop { $0 == " " }
        guard !text.isEmpty, text.last != " " else { throw .malformed }
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else { throw .malformed }
        let dots = text.utf8.count { $0 == UInt8(ascii: ".") }
        return dots == 2 ? .jwt(String(text)) : .serviceKey(String(text))
    }
}

extension Credential: CustomStringConvertible, CustomReflectable {
    package var description: String {
        switch self {
        case .jwt: "jwt(redacted)"
        case .serviceKey: "serviceKey(redacted)"
        }
    }

    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
