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
        try await store.read { view throws(ShareError) in try view.glimpse(of: id, for: caller) }
    }

    /// How carts stand, each judged for its caller alone, in one look at the store; answered in the order of the questions.
    package func glimpses(_ questions: [(cart: CartID, caller: Caller)]) async -> [Result<CartGlimpse, ShareError>] {
        do throws(ShareError) {
            return try await store.read { view throws(ShareError) in
                questions.map { question in
                    Result { () throws(ShareError) in try view.glimpse(of: question.cart, for: question.caller) }
                }
            }
        } catch {
            return questions.map { _ in .failure(error) }
        }
    }
}

extension StoreView {
    fileprivate func glimpse(of id: CartID, for caller: Caller) throws(ShareError) -> CartGlimpse {
        guard case .person = caller else { throw caller == .stranger ? .loginRequired : .permissionDenied }
        guard let cart = try cart(id) else { throw .cartNotFound }
        guard try standing(of: caller, in: cart).may(.watch) else { throw .permissionDenied }
        return CartGlimpse(
            incarnation: cart.incarnation,
            version: cart.version,
            comments: try commentMark(of: cart.id, in: cart.incarnation)
        )
    }
}
