// SPDX-License-Identifier: Apache-2.0

/// The secret that an HS256 issuer and this service share.
package struct LoginSecret: Sendable {
    let bytes: [UInt8]

    /// Takes at least 32 bytes (RFC 7518 §3.2), not all zero.
    package init(_ bytes: [UInt8]) throws(IssuerFault) {
        guard bytes.count >= 32 else { throw .secretTooShort }
        guard bytes.contains(where: { $0 != 0 }) else { throw .secretAllZero }
        self.bytes = bytes
    }

    /// Takes what a secret file holds; one newline at its end is ignored.
    package init(fileContents: [UInt8]) throws(IssuerFault) {
        try self.init(fileContents.last == UInt8(ascii: "\n") ? Array(fileContents.dropLast()) : fileContents)
    }
}

extension LoginSecret: CustomStringConvertible, CustomReflectable {
    package var description: String { "LoginSecret(redacted)" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
