// SPDX-License-Identifier: Apache-2.0

extension Sharing {
    /// A cart for its owner, for who holds a grant, or for a service that reads carts; to others it doesn't exist.
    package func cart(
        _ id: CartID,
        for caller: Caller,
        at now: Timestamp
    ) async throws(ShareError) -> (cart: Cart, standing: Standing) {
        switch caller {
        case .stranger: throw .loginRequired
        case .service(let service):
            guard Standing.service(service.scopes).may(.readCart) else { throw .scopeMissing(.readCarts) }
        case .person: break
        }
        let (cart, standing) = try await store.glance { view throws(ShareError) in
            guard let cart = try view.cart(id, calledSoBy: caller) else { throw .cartNotFound }
            return (cart, try view.standing(of: caller, in: cart))
        }
        return try await read(cart, as: caller, in: standing, at: now)
    }

    /// A person's own carts and those shared with him, the last changed first; those before the version `before`.
    package func carts(
        of claimed: Person,
        before: CartVersion?,
        limit: Int
    ) async throws(ShareError) -> (carts: [KnownCart], next: CartVersion?) {
        try await store.read { view throws(ShareError) in
            let person = try view.present(claimed)
            let own = try view.carts(of: person, before: before, limit: limit + 1).map { KnownCart(summary: $0, held: nil) }
            // Nobody's cart stands twice in his list: a grant from before it was his own says nothing more.
            let owned = Set(own.map(\.summary.id))
            let shared = try view.carts(heldBy: person.subject, before: before, limit: limit + 1).filter { !owned.contains($0.summary.id) }
            // A grant that counts for nothing now still takes its row in the page: the cursor goes by versions.
            let rows =
                try own.map { ($0, isShown: true) }
                + shared.map { row throws(ShareError) in
                    let held = try view.held(row.grant, by: person)
                    return (KnownCart(summary: row.summary, held: held), isShown: held != nil)
                }
            let page = rows.sorted { $0.0.summary.version > $1.0.summary.version }
            let shown = page.prefix(limit)
            return (
                shown.filter(\.isShown).map(\.0),
                page.count > limit ? shown.last?.0.summary.version : nil
            )
        }
    }
}

/// A cart in a person's list: his own, or one shared with him.
package struct KnownCart: Sendable {
    package let summary: Cart.Summary
    /// What he holds on it; nil for the owner.
    package let held: HeldGrant?
}
