// SPDX-License-Identifier: Apache-2.0

/// A text by which a platform's cart and a login name the same person, such as an e-mail address. Personal data: it is never described.
package struct OwnerName: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    private let text: String

    package init(_ text: String) {
        self.text = text
    }

    /// Whether a cart that says `named` means this person. E-mail addresses are compared without regard to the case of ASCII letters;
    /// what a platform has masked names nobody.
    func isMeant(by named: String?) -> Bool {
        guard let named, !named.isEmpty, !named.utf8.contains(UInt8(ascii: "*")) else { return false }
        return Self.compared(named) == Self.compared(text)
    }

    /// Byte by byte: `String` takes canonically equivalent texts for equal.
    private static func compared(_ text: String) -> [UInt8] {
        guard text.utf8.contains(UInt8(ascii: "@")) else { return Array(text.utf8) }
        return text.utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
    }

    package var description: String { "OwnerName(hidden)" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
