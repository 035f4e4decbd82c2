// SPDX-License-Identifier: Apache-2.0

/// Shows that a form comes from a link's own page as it was made for one person: other sites can't read that page.
///
/// The first 16 bytes of an HMAC over link and person under the link's key, so it holds on every node and dies with the key.
/// A parsed one is well formed, not yet genuine: `KeyRing.isGenuine` says that.
package struct FormToken: Sendable {
    fileprivate let high: UInt64
    fileprivate let low: UInt64
}

extension FormToken {
    /// Reads the one text of a form token, 22 base62 digits.
    package init?(_ text: some StringProtocol) {
        guard let (high, low) = Base62.halves(of: text) else { return nil }
        self.init(high: high, low: low)
    }

    /// What stands in the form. It is a credential: never log it.
    package var text: String { Base62.text(high: high, low: low) }
}

extension FormToken: CustomStringConvertible, CustomReflectable {
    package var description: String { "FormToken" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension KeyRing {
    /// What the forms on the page of a link hold for `subject`; nil where the ring has no key in the link's slot.
    package func formToken(for subject: Subject, on link: LinkID, slot: KeySlot) -> FormToken? {
        guard let key = key(in: slot) else { return nil }
        var message: [UInt8] = []
        for half in [link.high, link.low] { withUnsafeBytes(of: half.bigEndian) { message.append(contentsOf: $0) } }
        // An id has at most 128 bytes, and its kind is named by at most 13.
        let name = Array("\(subject)".utf8)
        message.append(UInt8(name.count))
        message.append(contentsOf: name)
        return PreparedHMAC(key: key.secret, prefix: realm.formPrefix).code(for: message).withUnsafeBytes { code in
            FormToken(
                high: UInt64(bigEndian: code.load(fromByteOffset: 0, as: UInt64.self)),
                low: UInt64(bigEndian: code.load(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }

    /// Whether `form` was made for `subject` on the page of this link; takes the same time wherever it differs.
    package func isGenuine(_ form: FormToken, of subject: Subject, on link: LinkID, slot: KeySlot) -> Bool {
        guard let expected = formToken(for: subject, on: link, slot: slot) else { return false }
        return withUnsafeBytes(of: (expected.high, expected.low)) { one in
            withUnsafeBytes(of: (form.high, form.low)) { other in PreparedHMAC.areEqual(one, other) }
        }
    }
}
