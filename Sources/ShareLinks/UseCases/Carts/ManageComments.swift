// SPDX-License-Identifier: Apache-2.0

extension Sharing {
    /// The comments on a cart, the oldest first, for its owner and the people with a grant.
    package func comments(on cart: CartID, for caller: Caller) async throws(ShareError) -> [Comment] {
        try await store.read { view throws(ShareError) in
            let (cart, _, _) = try view.cartToComment(cart, as: caller)
            return try view.comments(on: cart.id, in: cart.incarnation)
        }
    }

    package func comment(_ text: CommentText, on cart: CartID, by caller: Caller, at now: Timestamp) async throws(ShareError) -> Comment {
        let (rules, id) = (rules, newCommentID())
        return try await store.write(.ordinary) { store throws(ShareError) in
            let (cart, author, _) = try store.cartToComment(cart, as: caller)
            guard try store.commentMark(of: cart.id, in: cart.incarnation).count < rules.commentsPerCart else { throw .limitReached }
            let comment = Comment(id: id, cart: cart.id, incarnation: cart.incarnation, author: author, text: text, createdAt: now)
            try store.insert(comment)
            try store.record(AuditEntry(at: now, actor: "\(author)", action: .commentMade, cart: cart.id, after: "comment \(id)"))
            return comment
        }
    }

    /// Deletes one's own comment; the cart's owner deletes any.
    package func deleteComment(_ id: CommentID, on cart: CartID, by caller: Caller, at now: Timestamp) async throws(ShareError) {
        try await store.write(.takingAway) { store throws(ShareError) in
            let (cart, author, standing) = try store.cartToComment(cart, as: caller)
            guard let comment = try store.comment(id), comment.cart == cart.id, comment.incarnation == cart.incarnation else {
                throw .commentNotFound
            }
            guard comment.author == author || standing.may(.deleteAnyComment) else { throw .permissionDenied }
            try store.deleteComment(id)
            try store.record(AuditEntry(at: now, actor: "\(author)", action: .commentDeleted, cart: cart.id, before: "comment \(id)"))
        }
    }
}

extension StoreView {
    /// The cart that `caller` may comment on, under which name he does, and what he is to it.
    fileprivate func cartToComment(_ id: CartID, as caller: Caller) throws(ShareError) -> (Cart, Subject, Standing) {
        guard case .person(let claimed) = caller else { throw caller == .stranger ? .loginRequired : .permissionDenied }
        guard let cart = try cart(id) else { throw .cartNotFound }
        let standing = try standing(of: caller, in: cart)
        guard standing.may(.comment) else { throw .permissionDenied }
        return (cart, try present(claimed).subject, standing)
    }
}
