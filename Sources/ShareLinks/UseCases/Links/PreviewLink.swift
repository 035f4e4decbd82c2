// SPDX-License-Identifier: Apache-2.0

extension Sharing {
    /// The link that `order` would make, as it would open for someone of its audience before accepting.
    ///
    /// Judged as issuing is: what is refused there is refused here, by the same error. Nothing is issued and nothing written; the link's
    /// id is one that no token will ever name.
    package func preview(
        _ order: LinkOrder,
        of cartID: CartID,
        by caller: Caller,
        asShownToGuests: @escaping GuestProjection,
        at now: Timestamp
    ) async throws(ShareError) -> OpenedLink {
        let id = newLinkID()
        let rules = rules
        let keys = keys
        let arrival = try await arrival(of: cartID, for: caller, onBehalfOf: order.onBehalfOf, at: now)
        return try await store.read { view throws(ShareError) in
            let cart = try view.cartToPreview(cartID, arrival, by: caller, onBehalfOf: order.onBehalfOf)
            let link = try view.terms(of: order, to: cart, under: rules, at: now).link(
                id: id,
                to: cart,
                author: cart.author(through: caller),
                key: keys.ring.signing,
                serial: Serial(0),
                at: now
            )
            // Filtered twice, as a link's snapshot is: once when it is pinned, and again when it is shown.
            let guestsCart =
                link.isSnapshot
                ? cart.pinned(to: CartSnapshot(format: cart.format, document: try asShownToGuests(cart, link.showPrices))) : cart
            return OpenedLink(link: link, cart: cart, standing: .owner, access: link.access, guestsCart: guestsCart).asOthersSeeIt
        }
    }
}
