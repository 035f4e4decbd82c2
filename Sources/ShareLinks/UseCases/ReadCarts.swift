// SPDX-License-Identifier: Apache-2.0

extension Sharing {
    /// A cart for its owner or for a service that reads carts; to others it doesn't exist.
    package func cart(_ id: CartID, for caller: Caller) async throws(ShareError) -> (cart: Cart, standing: Standing) {
        switch caller {
        case .stranger: throw .loginRequired
        case .service(let service):
            guard Standing.service(service.scopes).may(.readCart) else { throw .scopeMissing(.readCarts) }
        case .person: break
        }
        return try await store.read { view throws(ShareError) in
            guard let cart = try view.cart(id) else { throw .cartNotFound }
            return (cart, try Standing.of(caller, in: cart, through: nil))
        }
    }

    /// A person's own carts, the last changed first.
    package func carts(of person: Person, before: CartVersion?, limit: Int) async throws(ShareError) -> [Cart.Summary] {
        try await store.read { view throws(ShareError) in
            try view.carts(of: person, before: before, limit: limit)
        }
    }
}
