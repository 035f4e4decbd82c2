// SPDX-License-Identifier: Apache-2.0

/// A named person's access to a cart, which Spryker calls a shared cart.
///
/// It rests on titles: the owner's word, or a link that the person accepted. A title through a link counts as long as the link does.
package struct Grant: Sendable, Equatable {
    package let id: GrantID
    package let cart: CartID
    package let incarnation: Incarnation
    package let holder: Subject
    package let createdAt: Timestamp
    package var readOnly: Title?
    package var full: Title?
    /// When the owner last lowered or withdrew it: links issued before give nothing more.
    package var decidedAt: Serial?
    package var withdrawnAt: Timestamp?
    /// Since when it gives nothing, though nobody withdrew it: the store is a restored one, and the owner hasn't confirmed it.
    package var suspendedAt: Timestamp?

    package enum Title: Hashable, Sendable {
        /// The owner's word. Where it was given in a company it counts while the holder is there.
        case owner(inside: CompanyID?)
        case link(LinkID)

        package var link: LinkID? {
            if case .link(let id) = self { id } else { nil }
        }

        var isOwnersWord: Bool { link == nil }
    }

    package init(
        id: GrantID,
        cart: CartID,
        incarnation: Incarnation,
        holder: Subject,
        createdAt: Timestamp,
        readOnly: Title? = nil,
        full: Title? = nil,
        decidedAt: Serial? = nil,
        withdrawnAt: Timestamp? = nil,
        suspendedAt: Timestamp? = nil
    ) {
        self.id = id
        self.cart = cart
        self.incarnation = incarnation
        self.holder = holder
        self.createdAt = createdAt
        self.readOnly = readOnly
        self.full = full
        self.decidedAt = decidedAt
        self.withdrawnAt = withdrawnAt
        self.suspendedAt = suspendedAt
    }

    /// What each access rests on.
    package subscript(access: Access) -> Title? {
        get {
            switch access {
            case .readOnly: readOnly
            case .full: full
            }
        }
        set {
            switch access {
            case .readOnly: readOnly = newValue
            case .full: full = newValue
            }
        }
    }

    /// Leaves nothing of it. `decision` is the owner's; a holder who leaves may come back.
    mutating func withdraw(at now: Timestamp, decision: Serial?) {
        readOnly = nil
        full = nil
        withdrawnAt = now
        if let decision { decidedAt = decision }
    }

    /// Rests on the owner's word alone from now on. Naming full access takes nothing away, so it is no decision against links.
    mutating func set(_ access: Access, inside company: CompanyID?, decision: Serial) {
        readOnly = nil
        full = nil
        self[access] = .owner(inside: company)
        withdrawnAt = nil
        suspendedAt = nil
        if access == .readOnly { decidedAt = decision }
    }

    /// Rests on nothing that it had while it was suspended: a link that is trusted again gives what it gives, and no more.
    mutating func clearSuspension() {
        guard suspendedAt != nil else { return }
        readOnly = nil
        full = nil
        suspendedAt = nil
    }

    /// Gives no more than to look from now on, and that by the titles it has: lowering gives nobody the owner's word.
    mutating func lower(decision: Serial) {
        if let full { readOnly = full.isOwnersWord ? full : readOnly ?? full }
        full = nil
        decidedAt = decision
    }
}

/// A grant with the access that it gives, and the title that gives it.
package struct HeldGrant: Sendable, Equatable {
    package let grant: Grant
    package let access: Access
    package let title: Grant.Title
}
