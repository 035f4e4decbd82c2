// SPDX-License-Identifier: Apache-2.0

/// What came of accepting a link.
package enum Acceptance: Sendable, Equatable {
    /// A grant was made, or raised.
    case gained(HeldGrant)
    /// The person held as much before.
    case held(HeldGrant)
    /// The cart is the person's own.
    case owns(CartID)
}

extension Sharing {
    /// Makes the grant that an internal link offers, or raises the one the person holds; never lowers it.
    ///
    /// The owner's later decision wins: whoever was withdrawn or lowered gains nothing through a link issued before.
    package func accept(_ tokenText: some StringProtocol, as caller: Caller, at now: Timestamp) async throws(ShareError) -> Acceptance {
        let token = try genuineToken(tokenText)
        let key = keys.ring.key(in: token.slot)?.fingerprint
        let (rules, name) = (rules, newGrantID())
        return try await store.write(.ordinary) { store throws(ShareError) in
            let (link, cart) = try store.openLink(of: token, madeUnder: key, as: caller, at: now)
            guard case .internal = link.audience, token.mode.isInternal else { throw .notAcceptable }
            guard case .person(let claimed) = caller else { throw caller == .stranger ? .loginRequired : .notAcceptable }
            let person = try store.present(claimed)
            let others = try store.subjects(of: person.userID).union([claimed.subject]).subtracting([person.subject])
            if cart.isOwned(by: person) { return .owns(cart.id) }
            // Asked for the link's sake alone: a grant held already doesn't make anyone a member of its audience.
            _ = try Standing.of(.person(person), in: cart, holding: nil, through: (link, token))
            let access = link.access(with: token)
            for other in others {
                let decided = try store.grant(of: other, on: cart.id, in: cart.incarnation)
                if let decided, decided.wasDecided(after: link), decided.full == nil { throw .grantWithdrawn }
            }
            return try store.accept(link, offering: access, to: person, on: cart, under: rules, name: name, at: now)
        }
    }
}

extension StoreTransaction {
    fileprivate func accept(
        _ link: Link,
        offering access: Access,
        to person: Person,
        on cart: Cart,
        under rules: SharingRules,
        name: GrantID,
        at now: Timestamp
    ) throws(ShareError) -> Acceptance {
        let present = try grant(of: person.subject, on: cart.id, in: cart.incarnation)
        let held = try present.map { grant throws(ShareError) in try self.held(grant, by: person) } ?? nil
        // A link that gives the cart away has to be accepted itself, whatever the person holds.
        let hasAccepted = try acceptance(of: link.id, by: person.subject) != nil
        if let held, held.access >= access {
            if hasAccepted || !link.allowsTakeOver || present?.wasDecided(after: link) ?? false { return .held(held) }
        } else if let present, present.wasDecided(after: link) {
            guard let held else { throw .grantWithdrawn }
            return .held(held)
        }
        guard rules.allow(link.audience, access) else { throw .notAllowedHere }
        var grant = try grantToExtend(present, to: person.subject, on: cart, name: name, under: rules, at: now)
        // Whoever came through this link before has his place.
        if !hasAccepted { try take(placeOf: link, for: person.subject) }
        // What the owner gave by his own word doesn't come to rest on a link.
        let title = held?.title == .owner && grant[access] == .owner ? Grant.Title.owner : .link(link.id)
        grant[access] = title
        try put(grant)
        try record(
            AuditEntry(
                at: now,
                actor: "\(person.subject)",
                action: .grantAccepted,
                link: link.id,
                cart: cart.id,
                before: held?.access.rawValue,
                after: access.rawValue
            )
        )
        return .gained(HeldGrant(grant: grant, access: access, title: title))
    }

    private func take(placeOf link: Link, for holder: Subject) throws(ShareError) {
        var link = link
        guard link.maxAccepts.map({ link.accepts < $0 }) ?? true else { throw .acceptLimitReached }
        link.accepts += 1
        try update(link)
        try remember(acceptanceOf: link.id, by: holder, at: try nextSerial())
    }

    /// The holder's grant, or a new one without a title: one that was withdrawn stays dead, and its id with it.
    func grantToExtend(
        _ present: Grant?,
        to holder: Subject,
        on cart: Cart,
        name: GrantID,
        under rules: SharingRules,
        at now: Timestamp
    ) throws(ShareError) -> Grant {
        if let present, present.withdrawnAt == nil { return present }
        guard try grantCount(on: cart.id, in: cart.incarnation) < rules.grantsPerCart else { throw .limitReached }
        var grant = Grant(id: name, cart: cart.id, incarnation: cart.incarnation, holder: holder, createdAt: now)
        grant.decidedAt = present?.decidedAt
        return grant
    }
}
