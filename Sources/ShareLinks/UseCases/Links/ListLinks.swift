// SPDX-License-Identifier: Apache-2.0

extension Sharing {
    /// All links of a cart's present life, for its owner.
    package func links(of cart: CartID, by caller: Caller, onBehalfOf named: Subject?) async throws(ShareError) -> [Link] {
        try await store.read { view throws(ShareError) in
            let cart = try view.cartToManage(cart, by: caller, onBehalfOf: named)
            return try view.links(of: cart.id, in: cart.incarnation)
        }
    }

    package func link(_ id: LinkID, by caller: Caller, onBehalfOf named: Subject?) async throws(ShareError) -> Link {
        try await store.read { view throws(ShareError) in
            try view.linkToManage(id, by: caller, onBehalfOf: named)
        }
    }
}
