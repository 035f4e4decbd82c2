// SPDX-License-Identifier: Apache-2.0

/// A link that opened: the record, the cart as the link shows it to this caller, and what the caller is to that cart.
package struct OpenedLink: Sendable {
    package let link: Link
    /// For guests of a link that pins the cart, what was pinned: no door for them has the live document at hand.
    package let cart: Cart
    package let standing: Standing
    /// The weaker of what record and token grant.
    package let access: Access
    /// The cart as the link shows it to guests: what its card may tell of, whoever looks.
    package let guestsCart: Cart

    /// The same link as it opens for someone else of its audience, before accepting: what the owner may want to check.
    package var asOthersSeeIt: OpenedLink {
        let isForMembers = link.audience.circle.map { $0 != .shop } ?? false
        return OpenedLink(
            link: link,
            cart: isForMembers ? cart : guestsCart,
            standing: isForMembers ? .memberByLink : .guest,
            access: access,
            guestsCart: guestsCart
        )
    }
}

extension OpenedLink {
    /// The same link with its cart as its platform has it. What was pinned stays as it was.
    fileprivate func showing(_ cart: Cart, in standing: Standing) -> OpenedLink {
        let guests = link.isSnapshot ? guestsCart.pinned(to: cart.reading) : cart
        return OpenedLink(
            link: link,
            cart: standing.relation == .guest ? guests : cart,
            standing: standing,
            access: access,
            guestsCart: guests
        )
    }
}

extension Sharing {
    /// Opens the link that a token names, for whoever asks; changes nothing.
    ///
    /// The store is not asked before the tag holds, so a forged token costs one HMAC.
    package func open(_ tokenText: some StringProtocol, as caller: Caller, at now: Timestamp) async throws(ShareError) -> OpenedLink {
        let token = try genuineToken(tokenText)
        let key = keys.ring.key(in: token.slot)?.fingerprint
        let opened = try await store.glance { view throws(ShareError) in
            try view.opened(view.link(token.id), through: token, madeUnder: key, as: caller, at: now)
        }
        return try await read(opened, as: caller, at: now)
    }

    /// The opened link with what its cart's platform has; a cart that is kept here is there already.
    func read(_ opened: OpenedLink, as caller: Caller, at now: Timestamp) async throws(ShareError) -> OpenedLink {
        guard opened.cart.origin != nil || opened.guestsCart.origin != nil else { return opened }
        do throws(ShareError) {
            let (cart, standing) = try await read(opened.cart, as: caller, in: opened.standing, at: now)
            return opened.showing(cart, in: standing)
        } catch .cartNotFound {
            throw .linkGone
        }
    }

    /// The token that a text is, if a key here made it.
    package func genuineToken(_ text: some StringProtocol) throws(ShareError) -> Token {
        guard let token = Token(text), keys.ring.isGenuine(token) else { throw .tokenNotGenuine }
        return token
    }
}

extension StoreView {
    /// What a genuine token opens for `caller`, when the store has `record` under its id.
    func opened(
        _ record: Link?,
        through token: Token,
        madeUnder key: LinkKey.Fingerprint?,
        as caller: Caller,
        at now: Timestamp
    ) throws(ShareError) -> OpenedLink {
        let (link, cart) = try inForce(record, madeUnder: key, as: caller, at: now)
        let standing = try standing(of: caller, in: cart, through: (link, token))
        let guestsCart = try self.cart(cart, asShownToGuestsOf: link, orNothing: standing.relation != .guest)
        return OpenedLink(
            link: link,
            cart: standing.relation == .guest ? guestsCart : cart,
            standing: standing,
            access: link.access(with: token),
            guestsCart: guestsCart
        )
    }

    /// The record that a genuine token names, with the cart it was issued for, while both are in force.
    func openLink(
        of token: Token,
        madeUnder key: LinkKey.Fingerprint?,
        as caller: Caller,
        at now: Timestamp
    ) throws(ShareError) -> (Link, Cart) {
        try inForce(link(token.id), madeUnder: key, as: caller, at: now)
    }

    private func inForce(
        _ record: Link?,
        madeUnder key: LinkKey.Fingerprint?,
        as caller: Caller,
        at now: Timestamp
    ) throws(ShareError) -> (Link, Cart) {
        // A slot that is used again doesn't revive the links of the key that was there before.
        guard let link = record, link.key == key else { throw .linkNotFound }
        guard link.status(at: now) == .active, let cart = try cart(link.cart), cart.incarnation == link.incarnation else { throw .linkGone }
        guard link.fits(cart) else { throw try isKept(cart, for: caller) ? .alreadyOrdered : .linkGone }
        return (link, cart)
    }

    /// The cart as guests see it through `link`: as it was pinned, or as it is.
    ///
    /// Where the snapshot is missing a link shows nothing, rather than what was added since. Guests are told that it can't be shown.
    fileprivate func cart(_ cart: Cart, asShownToGuestsOf link: Link, orNothing isForInsiders: Bool) throws(ShareError) -> Cart {
        guard link.isSnapshot else { return cart }
        if let snapshot = try snapshot(of: link.id) { return cart.pinned(to: snapshot) }
        guard isForInsiders else { throw .storeUnavailable(StoreError(.damaged, cause: "the link's snapshot is missing")) }
        return cart.pinned(to: CartSnapshot(format: cart.format, document: Array("{}".utf8)))
    }

    /// Whether the caller owns the cart or has a grant on it.
    private func isKept(_ cart: Cart, for caller: Caller) throws(ShareError) -> Bool {
        do throws(ShareError) {
            return try standing(of: caller, in: cart).may(.comment)
        } catch .cartNotFound {
            return false
        }
    }
}

extension Link {
    /// Whether `cart` is still in the life for which the link was issued, and not ordered.
    package func fits(_ cart: Cart) -> Bool {
        cart.id == self.cart && cart.incarnation == incarnation && cart.state != .ordered
    }
}
