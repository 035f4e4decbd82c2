// SPDX-License-Identifier: Apache-2.0

/// The shop's name for an article as a person sends it: 1 to 128 letters, digits and `._~:/+#-`, a letter or digit first.
///
/// Other people with a part in the cart see it until the shop prices the cart anew; guests never do. It holds no blank, so hardly a
/// sentence, and no `//`; a web address without one still fits. Whether the shop sells it is for the shop to say.
package struct SKU: Hashable, Sendable {
    package let text: String

    package init?(_ text: String) {
        guard (1...128).contains(text.utf8.count), let first = text.utf8.first, Self.isLetterOrDigit(first) else { return nil }
        guard text.utf8.allSatisfy({ Self.isLetterOrDigit($0) || Self.marks.contains($0) }) else { return nil }
        guard !text.contains("//") else { return nil }
        self.text = text
    }

    private static let marks = Set("._~:/+#-".utf8)

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        let character = Character(Unicode.Scalar(byte))
        return character.isASCII && (character.isLetter || character.isNumber)
    }
}
