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
    /// The link that the person accepted last: it gave him his place and asks for no other when he comes back.
    package var arrivedThrough: LinkID?
    /// When the owner last lowered or withdrew it: links issued before give nothing more.
    package var decidedAt: Serial?
    package var withdrawnAt: Timestamp?

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
        arrivedThrough: LinkID? = nil,
        decidedAt: Serial? = nil,
        withdrawnAt: Timestamp? = nil
    ) {
        self.id = id
        self.cart = cart
        self.incarnation = incarnation
        self.holder = holder
        self.createdAt = createdAt
        self.readOnly = readOnly
        self.full = full
        self.arrivedThrough = arrivedThrough
        self.decidedAt = decidedAt
        self.withdrawnAt = withdrawnAt
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
        if let decision { decidedAt = decision }
    }

    /// Rests on the owner's word alone from now on.
    mutating func set(_ access: Access, decision: Serial) {
        readOnly = nil
        full = nil
        self[access] = .owner
        withdrawnAt = nil
        decidedAt = decision
    }
}

/// A grant with the access that it gives, and the title that gives it.
package struct HeldGrant: Sendable, Equatable {
    package let grant: Grant
    package let access: Access
    package let title: Grant.Title
}

/// A number from the store's counter: of two it tells which came first, where clocks can't.
package struct Serial: Hashable, Comparable, Sendable {
    package let number: Int64
    package init(_ number: Int64) { self.number = number }
    package static func < (one: Serial, other: Serial) -> Bool { one.number < other.number }
}
