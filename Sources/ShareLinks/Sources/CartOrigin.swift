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

/// Where a cart lives that isn't kept here.
package struct CartOrigin: Sendable, Equatable {
    package let id: PlatformCartID
    /// What told the cart from others when it was last shared or changed here.
    package var fingerprint: CartFingerprint
    /// When the platform last confirmed it.
    package var matchedAt: Timestamp

    package init(id: PlatformCartID, fingerprint: CartFingerprint, matchedAt: Timestamp) {
        self.id = id
        self.fingerprint = fingerprint
        self.matchedAt = matchedAt
    }
}

/// What tells a cart from another that the platform may give the same id one day: a digest for each of its lasting traits.
package struct CartFingerprint: Sendable, Equatable {
    /// By the trait's name: letters and digits.
    package let traits: [String: String]

    package init(_ traits: [String: String]) {
        self.traits = traits
    }

    /// Whether a cart with the traits `now` can be the one with these.
    ///
    /// A trait may come, as when a guest logs in; one that was there neither goes nor changes.
    package func fits(_ now: CartFingerprint) -> Bool {
        traits.allSatisfy { now.traits[$0.key] == $0.value }
    }

    /// `name=digest` in the order of the names, with spaces between.
    package var text: String {
        traits.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }

    package init?(text: String) {
        var traits: [String: String] = [:]
        for part in text.split(separator: " ") {
            let pieces = part.split(separator: "=", omittingEmptySubsequences: false)
            guard pieces.count == 2, traits.updateValue(String(pieces[1]), forKey: String(pieces[0])) == nil else { return nil }
        }
        self.traits = traits
    }
}
