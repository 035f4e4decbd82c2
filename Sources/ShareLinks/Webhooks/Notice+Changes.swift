// SPDX-License-Identifier: Apache-2.0

/// What is told of each kind of change; one kind always has the same members.
extension Notice {
    static func created(_ link: Link, at now: Timestamp) -> Notice {
        let facts = link.facts + [.text("expiresAt", "\(link.expiresAt)")]
        return Notice(.linkCreated, at: now, link: link.id, cart: link.cart, facts: facts)
    }

    static func accepted(_ link: Link, _ grant: Grant, _ access: Access, at now: Timestamp) -> Notice {
        let facts: [Fact] = [
            .text("grantId", "\(grant.id)"), .text("personId", "\(grant.holder)"), .text("access", access.rawValue),
        ]
        return Notice(.linkAccepted, at: now, link: link.id, cart: link.cart, facts: facts)
    }

    package static func revoked(_ link: Link, at now: Timestamp) -> Notice {
        Notice(.linkRevoked, at: now, link: link.id, cart: link.cart, facts: link.facts)
    }

    static func changed(_ cart: Cart, at now: Timestamp) -> Notice {
        Notice(.cartChanged, at: now, cart: cart.id, facts: cart.facts, isReplaceable: true)
    }

    /// That a cart is gone isn't replaced by what is told of the next cart with its id.
    static func deleted(_ cart: Cart, at now: Timestamp) -> Notice {
        Notice(.cartChanged, at: now, cart: cart.id, facts: cart.facts + [.yes("deleted")])
    }

    /// - Parameter link: the link through which the cart was taken over.
    static func ownerChanged(_ cart: Cart, through link: LinkID? = nil, at now: Timestamp) -> Notice {
        let owner: Fact? = cart.owner.map { .text("ownerId", "\($0.subject)") }
        return Notice(.cartOwnerChanged, at: now, link: link, cart: cart.id, facts: cart.facts + [owner])
    }
}

extension Link {
    fileprivate var facts: [Notice.Fact?] {
        [
            .text("audience", audience.name), .text("access", access.rawValue),
            audience.circle.map { .text("within", $0.kind.rawValue) },
        ]
    }
}

extension Cart {
    fileprivate var facts: [Notice.Fact?] {
        [.number("version", version.number), .text("state", state.rawValue)]
    }
}
