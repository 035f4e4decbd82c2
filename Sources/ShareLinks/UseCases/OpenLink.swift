// SPDX-License-Identifier: Apache-2.0

/// A link that opened: the record, the cart behind it and what the caller is to that cart.
package struct OpenedLink: Sendable {
    package let link: Link
    package let cart: Cart
    package let standing: Standing
    /// The weaker of what record and token grant.
    package let access: Access
}

extension Sharing {
    /// Opens the link that a token names, for whoever asks; changes nothing.
    ///
    /// The store is not asked before the tag holds, so a forged token costs one HMAC.
    package func open(_ tokenText: some StringProtocol, as caller: Caller, at now: Timestamp) async throws(ShareError) -> OpenedLink {
        let token = try genuineToken(tokenText)
        let (link, cart) = try await linkAndCart(of: token)
        guard link.status(at: now) == .active, let cart, link.fits(cart) else { throw .linkGone }
        let standing = try Standing.of(caller, in: cart, through: (link, token))
        return OpenedLink(link: link, cart: cart, standing: standing, access: link.access(with: token))
    }

    func genuineToken(_ text: some StringProtocol) throws(ShareError) -> Token {
        guard let token = Token(text), keys.ring.isGenuine(token) else { throw .tokenNotGenuine }
        return token
    }

    /// The record that a genuine token names, and the cart it was issued for if that still stands.
    func linkAndCart(of token: Token) async throws(ShareError) -> (Link, Cart?) {
        let key = keys.ring.key(in: token.slot)?.fingerprint
        return try await store.read { view throws(ShareError) in
            // A slot that is used again doesn't revive the links of the key that was there before.
            guard let link = try view.link(token.id), link.key == key else { throw .linkNotFound }
            return (link, try view.cart(link.cart))
        }
    }
}

extension Link {
    /// Whether `cart` is still in the life for which the link was issued, and not ordered.
    package func fits(_ cart: Cart) -> Bool {
        cart.id == self.cart && cart.incarnation == incarnation && cart.state != .ordered
    }
}
