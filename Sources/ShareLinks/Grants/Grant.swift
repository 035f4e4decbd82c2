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
    /// The company in which the holder has to be for the owner's word to count; nil for a private shopper's cart.
    package var company: CompanyID?
    /// When the owner last lowered or withdrew it: links issued before give nothing more.
    package var decidedAt: Serial?
    package var withdrawnAt: Timestamp?
    /// Whether it ended by no decision of the owner's: its holder left, or the directory let him go.
    package var isLeft: Bool

    package enum Title: Hashable, Sendable {
        case owner
        case link(LinkID)

        package var link: LinkID? {
            if case .link(let id) = self { id } else { nil }
        }
    }

    package init(
        id: GrantID,
        cart: CartID,
        incarnation: Incarnation,
        holder: Subject,
        createdAt: Timestamp,
        readOnly: Title? = nil,
        full: Title? = nil,
        company: CompanyID? = nil,
        decidedAt: Serial? = nil,
        withdrawnAt: Timestamp? = nil,
        isLeft: Bool = false
    ) {
        self.id = id
        self.cart = cart
        self.incarnation = incarnation
        self.holder = holder
        self.createdAt = createdAt
        self.readOnly = readOnly
        self.full = full
        self.company = company
        self.decidedAt = decidedAt
        self.withdrawnAt = withdrawnAt
        self.isLeft = isLeft
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

    /// Whether the owner decided otherwise after `link` was issued.
    func wasDecided(after link: Link) -> Bool {
        decidedAt.map { $0 > link.serial } ?? false
    }

    /// Leaves nothing of it. `decision` is the owner's; a holder who leaves may come back.
    mutating func withdraw(at now: Timestamp, decision: Serial?) {
        readOnly = nil
        full = nil
        withdrawnAt = now
        isLeft = decision == nil
        if let decision { decidedAt = decision }
    }

    /// Rests on the owner's word alone from now on. Naming full access takes nothing away, so it is no decision against links.
    mutating func set(_ access: Access, inside company: CompanyID?, decision: Serial) {
        self.company = company
        readOnly = nil
        full = nil
        self[access] = .owner
        withdrawnAt = nil
        isLeft = false
        if access == .readOnly { decidedAt = decision }
    }
}

/// A grant with the access that it gives, and the title that gives it.
package struct HeldGrant: Sendable, Equatable {
    package let grant: Grant
    package let access: Access
    package let title: Grant.Title
}
