// SPDX-License-Identifier: Apache-2.0

/// What a caller asks of a new link.
package struct LinkOrder: Sendable {
    package var audience: AudienceKind
    package var access: Access
    package var circle: Audience.Circle.Kind?
    package var person: Subject?
    package var label: LinkLabel?
    package var lifetime: Lifetime
    package var showPrices: Bool?
    package var card: LinkCard
    package var isSnapshot: Bool
    package var maxAccepts: Int?
    package var allowsTakeOver: Bool
    package var onBehalfOf: Person?

    package enum AudienceKind: String, Sendable, CaseIterable {
        case external, `internal`
    }

    package enum Lifetime: Sendable, Equatable {
        case standard
        case seconds(Int64)
        case until(Timestamp)
    }

    package init(
        audience: AudienceKind,
        access: Access,
        circle: Audience.Circle.Kind? = nil,
        person: Subject? = nil,
        label: LinkLabel? = nil,
        lifetime: Lifetime = .standard,
        showPrices: Bool? = nil,
        card: LinkCard = .neutral,
        isSnapshot: Bool = false,
        maxAccepts: Int? = nil,
        allowsTakeOver: Bool = false,
        onBehalfOf: Person? = nil
    ) {
        self.audience = audience
        self.access = access
        self.circle = circle
        self.person = person
        self.label = label
        self.lifetime = lifetime
        self.showPrices = showPrices
        self.card = card
        self.isSnapshot = isSnapshot
        self.maxAccepts = maxAccepts
        self.allowsTakeOver = allowsTakeOver
        self.onBehalfOf = onBehalfOf
    }
}

/// A client's `Idempotency-Key` with a hash of what it asked.
package struct IssueAttempt: Sendable {
    package let key: String
    package let requestHash: String

    package init(key: String, requestHash: String) {
        self.key = key
        self.requestHash = requestHash
    }
}

/// Makes what guests may see of a cart, with prices or without.
package typealias GuestProjection = @Sendable (_ cart: Cart, _ showPrices: Bool) throws(ShareError) -> [UInt8]

extension Sharing {
    /// Issues a link to a cart, by its owner or by a service on the owner's behalf.
    ///
    /// The same attempt within 24 hours gives the same link again. `asShownToGuests` makes what a snapshot keeps of the cart, in the
    /// same transaction: nothing is added to the cart between the two.
    package func issue(
        _ order: LinkOrder,
        to cartID: CartID,
        by caller: Caller,
        attempt: IssueAttempt? = nil,
        asShownToGuests: @escaping GuestProjection,
        at now: Timestamp
    ) async throws(ShareError) -> Link {
        let id = newLinkID()
        let rules = rules
        let keys = keys
        let arrival = try await arrival(of: cartID, for: caller, onBehalfOf: order.onBehalfOf, at: now)
        return try await store.write(.ordinary) { store throws(ShareError) in
            let cart = try store.cartToShare(cartID, arrival, by: caller, onBehalfOf: order.onBehalfOf)
            if let attempt, let earlier = try store.earlierIssue(attempt, to: cart, by: caller, at: now) { return earlier }
            let terms = try store.terms(of: order, to: cart, under: rules, at: now)
            // The ring is read inside the transaction: a key that was retired before it signs nothing, nor one that another node retired.
            let key = keys.ring.signing
            try store.checkInForce(key)
            let link = terms.link(
                id: id,
                to: cart,
                author: cart.author(through: caller),
                key: key,
                serial: try store.nextSerial(),
                at: now
            )
            try store.insert(link)
            if link.isSnapshot {
                let shown = try asShownToGuests(cart, link.showPrices)
                try store.insert(CartSnapshot(format: cart.format, document: shown), of: link.id)
            }
            try store.record(.issued(link, by: caller, at: now), telling: [.created(link, at: now)])
            if let attempt { try store.remember(attempt, link: link, to: cart, by: caller, at: now) }
            return link
        }
    }
}

extension StoreView {
    /// What a new link to the cart will be, where its state, the shop's rules and the room that is left allow one.
    func terms(of order: LinkOrder, to cart: Cart, under rules: SharingRules, at now: Timestamp) throws(ShareError) -> LinkTerms {
        guard cart.state != .ordered else { throw .cartOrdered }
        if order.allowsTakeOver, cart.origin != nil { throw .invalidInput([InputFault("/allowTakeOver", .keptElsewhere)]) }
        // The directory knows better than the cart in which unit its owner is now.
        let owner = try cart.owner.map { owner throws(ShareError) in try present(owner) }
        let terms = try LinkTerms(order, for: owner, under: rules, at: now)
        try checkRoom(for: cart.id, in: cart.incarnation, under: rules, at: now)
        // Expired links keep their snapshots: without a bound an owner could fill the disk with short-lived ones.
        if terms.isSnapshot, try snapshotCount(of: cart.id, in: cart.incarnation) >= rules.linksPerCart { throw .limitReached }
        return terms
    }

    /// Throws where the store says that the key is dead: this process has a key file from before that.
    func checkInForce(_ key: LinkKey) throws(ShareError) {
        guard try knownKeys().contains(where: { $0.fingerprint == key.fingerprint && $0.retiredAt != nil }) else { return }
        throw .storeUnavailable(StoreError(.readOnly, cause: "the signing key in slot \(key.slot) was retired; reload the key file"))
    }

    /// Throws where the cart has as many live links as it may.
    func checkRoom(
        for cart: CartID,
        in incarnation: Incarnation,
        under rules: SharingRules,
        at now: Timestamp
    ) throws(ShareError) {
        guard try liveLinks(of: cart, in: incarnation, at: now) < rules.linksPerCart else { throw .limitReached }
    }
}

extension StoreTransaction {
    fileprivate func earlierIssue(
        _ attempt: IssueAttempt,
        to cart: Cart,
        by caller: Caller,
        at now: Timestamp
    ) throws(ShareError) -> Link? {
        let key = attempt.key(to: cart, by: caller)
        guard let earlier = try issue(for: key, since: now.adding(seconds: -IdempotencyKey.lifetime)) else { return nil }
        // A cart id that was used again is another cart: its attempts are new.
        guard let link = try link(earlier.link), link.incarnation == cart.incarnation else { return nil }
        guard earlier.requestHash == attempt.requestHash else { throw .idempotencyConflict }
        return link
    }

    fileprivate func remember(
        _ attempt: IssueAttempt,
        link: Link,
        to cart: Cart,
        by caller: Caller,
        at now: Timestamp
    ) throws(ShareError) {
        try forgetIssues(before: now.adding(seconds: -IdempotencyKey.lifetime))
        try remember(IdempotentIssue(requestHash: attempt.requestHash, link: link.id), under: attempt.key(to: cart, by: caller), at: now)
    }
}

extension IssueAttempt {
    fileprivate func key(to cart: Cart, by caller: Caller) -> IdempotencyKey {
        IdempotencyKey(caller: caller.auditName, cart: cart.id, subject: cart.owner.map { "\($0.subject)" } ?? "", text: key)
    }
}

extension Cart {
    func author(through caller: Caller) -> Link.Author {
        guard case .service(let service) = caller else { return Link.Author(owner: owner, service: nil) }
        return Link.Author(owner: owner, service: service.name)
    }
}
