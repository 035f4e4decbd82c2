// SPDX-License-Identifier: Apache-2.0

/// A cart's document after an edit, with the ids of the lines that the shop hasn't pushed.
package struct EditedDocument: Sendable, Equatable {
    package let document: [UInt8]
    package let unconfirmed: Set<String>

    package init(document: [UInt8], unconfirmed: Set<String>) {
        self.document = document
        self.unconfirmed = unconfirmed
    }
}

extension Sharing {
    /// Changes the items of an open cart of the format `cartlink`, for its owner or someone with a full grant.
    ///
    /// Edits come one after the other, each on what the one before it left: two people who add at once both succeed.
    package func edit(
        _ id: CartID,
        by caller: Caller,
        ifMatch: VersionCondition? = nil,
        at now: Timestamp,
        _ edit: @escaping @Sendable (Cart) throws(ShareError) -> EditedDocument
    ) async throws(ShareError) -> (cart: Cart, standing: Standing) {
        try await store.write(.ordinary) { store throws(ShareError) in
            let (cart, standing) = try store.cartToEdit(id, by: caller)
            guard cart.format == .cartlink else { throw .formatNotEditable }
            try ifMatch?.check(cart.version)
            guard standing.canEdit(in: cart.state) else { throw .cartLocked }
            let edited = try edit(cart)
            var changed = cart
            changed.document = edited.document
            changed.unconfirmed = edited.unconfirmed
            changed.version = try store.nextVersion()
            changed.updatedAt = now
            try store.put(changed)
            try store.record(
                AuditEntry(
                    at: now,
                    actor: caller.auditName,
                    action: .cartEdited,
                    cart: id,
                    before: "version \(cart.version)",
                    after: "version \(changed.version)"
                ),
                telling: [.changed(changed, at: now)]
            )
            return (changed, standing)
        }
    }
}

extension StoreView {
    /// The cart and what the caller is to it, if he may edit the cart.
    func cartToEdit(_ id: CartID, by caller: Caller) throws(ShareError) -> (cart: Cart, standing: Standing) {
        if case .stranger = caller { throw .loginRequired }
        guard let cart = try cart(id) else { throw .cartNotFound }
        let standing = try standing(of: caller, in: cart)
        guard standing.may(.editItems) else { throw .permissionDenied }
        return (cart, standing)
    }
}
