// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

/// Carts as resources, each as its reader may see it.
struct GlueCarts: Sendable {
    let sharing: Sharing
    let projections: Projections
    let now: @Sendable () -> Timestamp

    /// The cart, for its owner and for who has a grant on it. An order ends a Spryker cart: to its clients it is gone.
    func cart(_ id: CartID, for person: Person, _ query: GlueQuery) async throws -> GlueResource {
        try await found(id, for: person, query).resource
    }

    /// A cart that was just read or edited, in the standing in which that was done.
    func shown(_ cart: Cart, _ standing: Standing, to person: Person, _ query: GlueQuery) async throws -> GlueResource {
        let grants = query.includes(.sharedCarts) ? try await sharing.cartWithGrants(cart.id, for: person, at: now()).grants : []
        return try resource(cart, standing, grants, query)
    }

    /// A person's own carts, then those shared with him; of more than fit, the ones that changed last.
    func list(for person: Person, _ query: GlueQuery) async throws -> [GlueResource] {
        var space = GlueListSpace()
        var own: [GlueResource] = []
        var shared: [GlueResource] = []
        var before: CartVersion?
        repeat {
            let page = try await sharing.carts(of: person, before: before, limit: GlueListSpace.page)
            for one in page.carts where one.summary.state != .ordered && space.isLeft {
                do {
                    let (resource, size) = try await found(one.summary.id, for: person, query)
                    space.takeCart(of: size)
                    if one.held == nil { own.append(resource) } else { shared.append(resource) }
                } catch ShareError.cartNotFound {
                    // Ordered, deleted or withdrawn meanwhile.
                    continue
                }
            }
            space.takePage()
            before = page.next
        } while before != nil && space.isLeft
        return own + shared
    }

    /// Whether the person sees a line of this key in the cart.
    func hasLine(_ key: String, _ cart: Cart, _ standing: Standing) throws(Problem) -> Bool {
        GlueItem.lines(of: try parts(of: cart, for: standing), format: cart.format).contains { $0.groupKey == key }
    }

    /// - Returns: the cart and the size of its document in bytes.
    private func found(_ id: CartID, for person: Person, _ query: GlueQuery) async throws -> (resource: GlueResource, size: Int) {
        let cart: Cart, standing: Standing, grants: [KnownGrant]
        if query.includes(.sharedCarts) {
            (cart, standing, grants) = try await sharing.cartWithGrants(id, for: person, at: now())
        } else {
            (cart, standing) = try await sharing.cart(id, for: .person(person), at: now())
            grants = []
        }
        guard cart.state != .ordered else { throw ShareError.cartNotFound }
        return (try resource(cart, standing, grants, query), cart.document.count)
    }

    private func parts(of cart: Cart, for standing: Standing) throws(Problem) -> [String: JSONNode] {
        JSONNode(try projections.view(of: cart, for: standing.viewer).document).parts
    }

    private func resource(
        _ cart: Cart,
        _ standing: Standing,
        _ grants: [KnownGrant],
        _ query: GlueQuery
    ) throws(Problem) -> GlueResource {
        let parts = try parts(of: cart, for: standing)
        var resource = GlueResource(.carts, id: cart.id.text, attributes: GlueCart(parts, format: cart.format).attributes)
        if query.includes(.items) {
            resource.relate(.items, GlueItem.lines(of: parts, format: cart.format).map { $0.resource(in: cart.id.text) })
        }
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
        case .owner, .unconfirmedOwner, .memberByLink, .guest, .service: nil
        }
    }
}
