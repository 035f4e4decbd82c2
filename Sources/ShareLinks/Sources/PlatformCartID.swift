// SPDX-License-Identifier: Apache-2.0

/// A platform's own name for a cart. Whoever has it may have the cart there, so it is shown to services only and never described.
package struct PlatformCartID: Sendable, CustomStringConvertible, CustomReflectable {
    /// As it was given: what a platform makes of another spelling is its own business.
    package let text: String
    /// The same for every spelling of one id: 128 bits in hexadecimal are often written in either case, and with the dashes of a UUID.
    package let key: String

    /// Nil where the text isn't an id as it may stand in a path here.
    package init?(_ text: some StringProtocol) {
        guard let id = CartID(text) else { return nil }
        self.text = id.text
        let parts = id.text.split(separator: "-", omittingEmptySubsequences: false)
        let digits = String(parts.joined()).lowercased()
        let isHex = [[32], [8, 4, 4, 4, 12]].contains(parts.map(\.utf8.count)) && Hex.bytes(of: digits) != nil
        key = isHex ? digits : id.text
    }

    package var description: String { "PlatformCartID(hidden)" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension PlatformCartID: Hashable {
    package static func == (one: Self, other: Self) -> Bool { one.key == other.key }
    package func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
