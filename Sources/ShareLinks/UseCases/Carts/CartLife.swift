// SPDX-License-Identifier: Apache-2.0

extension Sharing {
    /// Opens, locks or closes a cart as ordered; its document and version number's cart stay.
    package func setState(
        of id: CartID,
        to state: CartState,
        by service: ServiceAccount,
        ifMatch: VersionCondition? = nil,
        at now: Timestamp
    ) async throws(ShareError) -> Cart {
        guard Standing.service(service.scopes).may(.writeCart) else { throw .scopeMissing(.writeCarts) }
        return try await store.write(.ordinary) { store throws(ShareError) in
            guard let cart = try store.cart(id, calledSoBy: .service(service)) else { throw .cartNotFound }
            // The version of a platform's cart isn't known here.
            if case .anyOf? = ifMatch, cart.origin != nil { throw .cartSourceIsUpstream }
            try ifMatch?.check(cart.version)
            guard cart.state != state else { return cart }
            var changed = cart
            changed.state = state
            changed.version = try store.nextVersion()
            changed.updatedAt = now
            try store.put(changed)
            try store.record(
                AuditEntry(
                    at: now,
                    actor: Caller.service(service).auditName,
                    action: .cartStateChanged,
                    cart: cart.id,
                    before: cart.state.rawValue,
                    after: state.rawValue
                ),
                telling: [.changed(changed, at: now)]
            )
            return changed
        }
    }

    /// Deletes a cart with its personal data. Its links are gone for good, also when the id is used again.
    package func deleteCart(
        _ id: CartID,
        by service: ServiceAccount,
        ifMatch: VersionCondition? = nil,
        at now: Timestamp
    ) async throws(ShareError) {
        guard Standing.service(service.scopes).may(.writeCart) else { throw .scopeMissing(.writeCarts) }
        guard source == nil else { throw .cartSourceIsUpstream }
        try await store.write(.takingAway) { store throws(ShareError) in
            guard let cart = try store.cart(id) else { throw .cartNotFound }
            try ifMatch?.check(cart.version)
            try store.deleteCart(id)
            try store.record(
                AuditEntry(
                    at: now,
                    actor: Caller.service(service).auditName,
                    action: .cartDeleted,
                    cart: id,
                    before: "version \(cart.version)"
                ),
                telling: [.deleted(cart, at: now)]
            )
        }
    }
}
