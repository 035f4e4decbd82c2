// SPDX-License-Identifier: Apache-2.0

/// Whose tokens these are: the tenant, and the host of the public URL without its port.
///
/// Every tag covers both, so a token of staging or of another shop is dead here.
public struct Realm: Hashable, Sendable {
    package let tenant: String
    package let host: String

    /// Both are at most 255 bytes of UTF-8, since each is bound with its length in one byte.
    public init?(tenant: String, host: String) {
        // Upper and lower case may differ in length.
        let host = host.lowercased()
        guard (1...255).contains(tenant.utf8.count), (1...255).contains(host.utf8.count) else { return nil }
        self.tenant = tenant
        self.host = host
    }

    /// `"cartlink/1" ‖ len‖tenant ‖ len‖host`: what every signed message starts with.
    var messagePrefix: [UInt8] { prefix("cartlink/1") }

    /// The same for the tokens of forms; no message of the one kind is one of the other.
    var formPrefix: [UInt8] { prefix("cartlink/form/1") }

    private func prefix(_ kind: String) -> [UInt8] {
        Array(kind.utf8) + [UInt8(tenant.utf8.count)] + Array(tenant.utf8) + [UInt8(host.utf8.count)] + Array(host.utf8)
    }
}
