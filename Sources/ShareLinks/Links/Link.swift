// SPDX-License-Identifier: Apache-2.0

/// A record that opens one cart for one audience with one access.
package struct Link: Sendable, Equatable {
    package let id: LinkID
    package let cart: CartID
    package let incarnation: Incarnation
    package let audience: Audience
    /// What the token's header says; it never changes after the link was sent.
    package let mode: LinkMode
    package var access: Access
    package var label: LinkLabel?
    package let showPrices: Bool
    package let card: LinkCard
    /// Whether guests see the cart as it was when the link was issued.
    package let isSnapshot: Bool
    /// How many people may accept it; nil for any number.
    package let maxAccepts: Int?
    /// Whether who accepted it may become the cart's owner.
    package let allowsTakeOver: Bool
    package let createdAt: Timestamp
    /// Its place among the owner's decisions.
    package let serial: Serial
    package let author: Author
    /// How many people accepted it so far.
    package var accepts: Int
    package var opens: LinkOpens
    package var expiresAt: Timestamp
    package var pauses: Set<PauseHolder>
    package var revokedAt: Timestamp?
    package let keySlot: KeySlot
    package let key: LinkKey.Fingerprint

    /// On whose behalf the link was made, and by which service if it wasn't the person.
    package struct Author: Hashable, Sendable {
        /// The cart's owner when the link was issued; nil for a guest's cart.
        package let owner: Person?
        package let service: String?

        package init(owner: Person?, service: String?) {
            self.owner = owner
            self.service = service
        }

        /// `createdBy` on the wire: the owner's subject, else the service's name.
        package var name: String {
            owner.map { "\($0.subject)" } ?? "service:\(service ?? "unknown")"
        }
    }

    package init(
        id: LinkID,
        cart: CartID,
        incarnation: Incarnation,
        audience: Audience,
        mode: LinkMode,
        access: Access,
        label: LinkLabel?,
        showPrices: Bool,
        card: LinkCard = .neutral,
        isSnapshot: Bool = false,
        maxAccepts: Int? = nil,
        allowsTakeOver: Bool = false,
        createdAt: Timestamp,
        serial: Serial,
        author: Author,
        accepts: Int = 0,
        opens: LinkOpens = LinkOpens(),
        expiresAt: Timestamp,
        pauses: Set<PauseHolder> = [],
        revokedAt: Timestamp? = nil,
        keySlot: KeySlot,
        key: LinkKey.Fingerprint
    ) {
        self.id = id
        self.cart = cart
        self.incarnation = incarnation
        self.audience = audience
        self.mode = mode
        self.access = access
        self.label = label
        self.showPrices = showPrices
        self.card = card
        self.isSnapshot = isSnapshot
        self.maxAccepts = maxAccepts
        self.allowsTakeOver = allowsTakeOver
        self.createdAt = createdAt
        self.serial = serial
        self.author = author
        self.accepts = accepts
        self.opens = opens
        self.expiresAt = expiresAt
        self.pauses = pauses
        self.revokedAt = revokedAt
        self.keySlot = keySlot
        self.key = key
    }

    package enum Status: String, Sendable, CaseIterable {
        case active, paused, expired, revoked
    }

    /// What the link's own record says at `now`. A retired key's links were revoked with it.
    package func status(at now: Timestamp) -> Status {
        if revokedAt != nil { return .revoked }
        if expiresAt <= now { return .expired }
        return pauses.isEmpty ? .active : .paused
    }

    /// Whether the grants that rest on it give anything. Expiry only ends new accepts.
    var givesAccess: Bool { revokedAt == nil && pauses.isEmpty }

    /// The weaker of what the record and the token grant.
    package func access(with token: Token) -> Access {
        min(access, token.mode.access, audience == .external ? .readOnly : .full)
    }
}

/// What social networks show of a link; it stays public for ever, also after the link was revoked.
package enum LinkCard: String, Sendable, CaseIterable {
    /// The shop's name and that a cart was shared.
    case neutral
    /// Also the products' names and the first one's picture.
    case items
}

/// Who holds a link's pause; each lifts only its own.
package enum PauseHolder: String, Sendable, CaseIterable {
    case owner, admin, directory
}

/// The owner's note on a link, at most 200 characters on one line; strangers never see it.
package struct LinkLabel: Hashable, Sendable {
    package let text: String

    package init?(_ text: String) {
        guard (1...200).contains(text.count), text.utf8.count <= 800 else { return nil }
        guard text.isOneLine else { return nil }
        self.text = text
    }
}
