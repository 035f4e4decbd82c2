// SPDX-License-Identifier: Apache-2.0

/// The keys of one realm, ready for use: one signs, all check.
///
/// It never changes. It is a class because handing a struct of this size around costs a dozen reference counts each time.
public final class KeyRing: Sendable {
    package let keys: [LinkKey]
    private let states: [PreparedHMAC?]
    let realm: Realm
    package let signing: LinkKey

    package enum Refusal: Error, Equatable {
        case noSigningKey
        case severalSigningKeys
        case slotTwice(KeySlot)
        case keyTwice(KeySlot)
    }

    /// Takes keys of distinct slots and secrets, exactly one of them signing.
    package init(_ keys: [LinkKey], realm: Realm) throws(Refusal) {
        var states = [PreparedHMAC?](repeating: nil, count: KeySlot.allCases.count)
        var seen: Set<LinkKey.Fingerprint> = []
        for key in keys {
            guard states[Int(key.slot.rawValue)] == nil else { throw .slotTwice(key.slot) }
            guard seen.insert(key.fingerprint).inserted else { throw .keyTwice(key.slot) }
            states[Int(key.slot.rawValue)] = PreparedHMAC(key: key.secret, prefix: realm.messagePrefix)
        }
        let signing = keys.filter { $0.state == .signing }
        guard let first = signing.first else { throw .noSigningKey }
        guard signing.count == 1 else { throw .severalSigningKeys }
        self.keys = keys
        self.states = states
        self.realm = realm
        self.signing = first
    }

    /// The ring of a key file's text; nil where the text can't be used.
    public convenience init?(keyFile text: String, realm: Realm) {
        guard let file = try? KeyFile(parsing: text) else { return nil }
        try? self.init(file.keys, realm: realm)
    }

    /// The ring without the keys that were retired; nil where that leaves no signing key.
    package func without(_ dead: Set<LinkKey.Fingerprint>) -> KeyRing? {
        try? KeyRing(keys.filter { !dead.contains($0.fingerprint) }, realm: realm)
    }

    package func key(in slot: KeySlot) -> LinkKey? {
        keys.first { $0.slot == slot }
    }

    package func key(named fingerprint: LinkKey.Fingerprint) -> LinkKey? {
        keys.first { $0.fingerprint == fingerprint }
    }

    /// The token of a link; nil where the ring doesn't have the key in that slot.
    package func token(for id: LinkID, mode: LinkMode, slot: KeySlot) -> Token? {
        guard let tag = tag(header: mode.rawValue << 3 | slot.rawValue, id: id, slot: slot) else { return nil }
        return Token(mode: mode, slot: slot, id: id, tag: tag)
    }

    /// The token of a link under the signing key.
    public func token(for id: LinkID, mode: LinkMode) -> Token {
        guard let token = token(for: id, mode: mode, slot: signing.slot) else { preconditionFailure("a ring has its signing key") }
        return token
    }

    /// Whether this realm's key in the token's slot made the token.
    ///
    /// Costs one HMAC of two blocks and allocates nothing; the comparison takes the same time wherever tags differ.
    public func isGenuine(_ token: Token) -> Bool {
        guard let expected = tag(header: token.header, id: token.id, slot: token.slot) else { return false }
        var one = expected.bytes
        var other = token.tag.bytes
        return withUnsafeBytes(of: &one) { one in
            withUnsafeBytes(of: &other) { other in PreparedHMAC.areEqual(one, other) }
        }
    }

    private func tag(header: UInt8, id: LinkID, slot: KeySlot) -> Token.Tag? {
        guard let state = states[Int(slot.rawValue)] else { return nil }
        return withUnsafeTemporaryAllocation(byteCount: 17, alignment: 8) { message in
            message.storeBytes(of: header, as: UInt8.self)
            message.storeBytes(of: id.high.bigEndian, toByteOffset: 1, as: UInt64.self)
            message.storeBytes(of: id.low.bigEndian, toByteOffset: 9, as: UInt64.self)
            return withUnsafeTemporaryAllocation(byteCount: 32, alignment: 8) { code in
                state.authenticate(UnsafeRawBufferPointer(message), into: code)
                return Token.Tag(
                    high: UInt64(bigEndian: code.load(fromByteOffset: 0, as: UInt64.self)),
                    low: UInt64(bigEndian: code.load(fromByteOffset: 8, as: UInt64.self))
                )
            }
        }
    }
}

extension Token.Tag {
    fileprivate var bytes: (UInt64, UInt64) { (high, low) }
}
