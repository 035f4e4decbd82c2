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
        try await glimpses([(id, caller)])[0].get()
    }

    /// How carts stand, each judged for its caller alone, in one look at the store; answered in the order of the questions. A cart is read
    /// once, however many ask of it.
    package func glimpses(_ questions: [(cart: CartID, caller: Caller)]) async -> [Result<CartGlimpse, ShareError>] {
        do throws(ShareError) {
            return try await store.read { view throws(ShareError) in
                var known: [CartID: (cart: Cart, glimpse: CartGlimpse)] = [:]
                return questions.map { question in
                    Result { () throws(ShareError) in try view.glimpse(of: question.cart, for: question.caller, &known) }
                }
            }
        } catch {
            return questions.map { _ in .failure(error) }
        }
    }
}

extension StoreView {
    fileprivate func glimpse(
        of id: CartID,
        for caller: Caller,
        _ known: inout [CartID: (cart: Cart, glimpse: CartGlimpse)]
    ) throws(ShareError) -> CartGlimpse {
        guard case .person = caller else { throw caller == .stranger ? .loginRequired : .permissionDenied }
        if known[id] == nil { known[id] = try look(at: id) }
        guard let (cart, glimpse) = known[id] else { throw .cartNotFound }
        guard try standing(of: caller, in: cart).may(.watch) else { throw .permissionDenied }
        return glimpse
    }

    private func look(at id: CartID) throws(ShareError) -> (cart: Cart, glimpse: CartGlimpse)? {
        guard let cart = try cart(id) else { return nil }
        let comments = try commentMark(of: cart.id, in: cart.incarnation)
        return (cart, CartGlimpse(incarnation: cart.incarnation, version: cart.version, comments: comments))
    }
}
