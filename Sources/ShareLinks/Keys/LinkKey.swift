// SPDX-License-Identifier: Apache-2.0

/// One key that signs and checks tokens.
public struct LinkKey: Sendable {
    package let slot: KeySlot
    package let created: Timestamp
    package let state: State
    package let fingerprint: Fingerprint
    let secret: [UInt8]

    package enum State: String, Sendable {
        /// Signs new tokens; exactly one key does.
        case signing
        /// Checks tokens only: a new key before its promotion, or an old one after.
        case verifying
    }

    /// Names a key without revealing it: the first 16 hex digits of an HMAC under the key.
    package struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
        package let text: String
        package init(text: String) { self.text = text }
        package var description: String { text }
    }

    /// Takes 32 random bytes; anything shorter, longer or all zero is refused.
    package init?(slot: KeySlot, secret: [UInt8], created: Timestamp, state: State) {
        guard secret.count == 32, secret.contains(where: { $0 != 0 }) else { return nil }
        self.slot = slot
        self.secret = secret
        self.created = created
        self.state = state
        let code = PreparedHMAC(key: secret).code(for: Array("cartlink/fingerprint".utf8))
        fingerprint = Fingerprint(text: Hex.text(of: code.prefix(8)))
    }

    package func with(state: State) -> LinkKey? {
        LinkKey(slot: slot, secret: secret, created: created, state: state)
    }
}

extension LinkKey: CustomStringConvertible, CustomReflectable {
    public var description: String { "LinkKey(slot \(slot), \(fingerprint))" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
