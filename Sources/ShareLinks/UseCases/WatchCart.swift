// SPDX-License-Identifier: Apache-2.0

/// What someone who watches a cart compares to know what happened.
package struct CartGlimpse: Sendable, Equatable {
    package let incarnation: Incarnation
    package let version: CartVersion
    package let comments: CommentMark
}

extension Sharing {
    /// How a cart stands now, for its owner and the people with a grant; nobody else may watch it.
    package func glimpse(of id: CartID, for caller: Caller) async throws(ShareError) -> CartGlimpse {
        guard case .person = caller else { throw caller == .stranger ? .loginRequired : .permissionDenied }
        return try await store.read { view throws(ShareError) in
            guard let cart = try view.cart(id) else { throw .cartNotFound }
            // Who may comment may watch: both are for people who have a part in the cart.
            guard try view.standing(of: caller, in: cart).may(.comment) else { throw .permissionDenied }
            return CartGlimpse(
                incarnation: cart.incarnation,
                version: cart.version,
                comments: try view.commentMark(of: cart.id, in: cart.incarnation)
            )
        }
    }
}
