// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// Carts as resources, each as its reader may see it.
struct GlueCarts: Sendable {
    let sharing: Sharing
    let projections: Projections

    /// More carts than this are in nobody's list; Glue's own list has no pages.
    static let mostListed = 200

    /// The cart, for its owner and for who has a grant on it. An order ends a Spryker cart: to its clients it is gone.
    func cart(_ id: CartID, for person: Person, _ query: GlueQuery) async throws -> GlueResource {
        let (cart, standing, grants) = try await sharing.cartWithGrants(id, for: person)
        guard cart.state != .ordered else { throw ShareError.cartNotFound }
        return try resource(cart, standing, grants, query)
    }

    /// A person's own carts, then those shared with him; of more than fit, the ones that changed last.
    func list(for person: Person, _ query: GlueQuery) async throws -> [GlueResource] {
        let known = try await sharing.carts(of: person, before: nil, limit: Self.mostListed).carts
        let own = known.filter { $0.held == nil }
        let shared = known.filter { $0.held != nil }
        var resources: [GlueResource] = []
        for one in own + shared {
            do {
                resources.append(try await cart(one.summary.id, for: person, query))
            } catch ShareError.cartNotFound {
                // Ordered, deleted or withdrawn meanwhile.
                continue
            }
        }
        return resources
    }

    private func resource(
        _ cart: Cart,
        _ standing: Standing,
        _ grants: [KnownGrant],
        _ query: GlueQuery
    ) throws(Problem) -> GlueResource {
        let shown = GlueCart(projection: try projections.view(of: cart, for: standing.viewer).document, format: cart.format)
        var resource = GlueResource(.carts, id: cart.id.text, attributes: shown.attributes)
        if query.includes(.items) { resource.relate(.items, shown.items.map { $0.resource(in: cart.id.text) }) }
        // Only carts of others name a group: that is how clients tell them from their own.
        if query.includes(.permissionGroups), let access = standing.grantedAccess {
            resource.relate(.permissionGroups, [GluePermissionGroup(access: access).resource])
        }
        if query.includes(.sharedCarts) { resource.relate(.sharedCarts, grants.map { .sharedCart($0, for: query) }) }
        return resource
    }
}

extension Standing {
    /// What a grant gives to someone who is in the cart's people by one.
    fileprivate var grantedAccess: Access? {
        switch self {
        case .fullGrant: .full
        case .readOnlyGrant: .readOnly
        case .owner, .memberByLink, .guest, .service: nil
        }
    }
}
