// SPDX-License-Identifier: Apache-2.0

extension StoreView {
    /// The cart that `caller` means by `id`. Services may call a platform's cart as the platform does; people know its alias alone.
    func cart(_ id: CartID, calledSoBy caller: Caller) throws(ShareError) -> Cart? {
        if case .service = caller, let platformID = PlatformCartID(id.text), let cart = try cart(at: platformID) { return cart }
        return try cart(id)
    }

    /// The name here of a cart that an administrator may call as its platform does.
    func alias(of id: CartID, for admin: ServiceAccount) throws(ShareError) -> CartID {
        try cart(id, calledSoBy: .service(admin))?.id ?? id
    }
}

extension Sharing {
    /// What `caller` calls a cart: services get the platform's own id, with which they can go on there; everyone else the alias.
    package func name(of cart: CartID, for caller: Caller) async throws(ShareError) -> String {
        guard case .service = caller, source != nil else { return cart.text }
        return try await store.glance { view throws(ShareError) in try view.cart(cart)?.origin?.id.text ?? cart.text }
    }
}

extension Cart {
    /// The same where the cart is at hand.
    package func name(for caller: Caller) -> String {
        if case .service = caller, let origin { origin.id.text } else { id.text }
    }
}
