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
    package func accept(_ tokenText: some StringProtocol, as caller: Caller, at now: Timestamp) async throws(ShareError) -> Acceptance {
        let token = try genuineToken(tokenText)
        let key = keys.ring.key(in: token.slot)?.fingerprint
        let (rules, name) = (rules, newGrantID())
        // A cart whose id the platform gave away is gone, to those who would join it too.
        if source != nil { _ = try await open(tokenText, as: caller, at: now) }
        return try await store.write(.ordinary) { store throws(ShareError) in
            let (link, cart) = try store.openLink(of: token, madeUnder: key, as: caller, at: now)
            switch try store.prospect(of: link, with: token, for: caller, on: cart, under: rules) {
            case .owns: return .owns(cart.id)
            case .holds(let held): return .held(held)
            case .gains(let gain): return .gained(try store.make(gain, through: link, on: cart, under: rules, name: name, at: now))
            }
        }
    }
}

extension StoreTransaction {
    fileprivate func make(
        _ gain: Prospect.Gain,
        through link: Link,
        on cart: Cart,
        under rules: SharingRules,
        name: GrantID,
        at now: Timestamp
    ) throws(ShareError) -> HeldGrant {
        let (holder, access) = (gain.person.subject, gain.access)
        var grant = try grantToExtend(gain.present, to: holder, on: cart, name: name, under: rules, at: now)
        grant.clearSuspension()
        if !gain.hasAccepted { try take(placeOf: link, for: holder) }
        // What the owner gave by his own word doesn't come to rest on a link.
        let title = gain.held.map(\.title).flatMap { $0.isOwnersWord && $0 == grant[access] ? $0 : nil } ?? .link(link.id)
        grant[access] = title
        try put(grant)
        try record(
            AuditEntry(
                at: now,
                actor: "\(holder)",
                action: .grantAccepted,
                link: link.id,
                cart: cart.id,
                before: gain.held?.access.rawValue,
                after: access.rawValue
            ),
            telling: [.accepted(link, grant, access, at: now)]
        )
        return HeldGrant(grant: grant, access: access, title: title)
    }

    private func take(placeOf link: Link, for holder: Subject) throws(ShareError) {
        var link = link
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
