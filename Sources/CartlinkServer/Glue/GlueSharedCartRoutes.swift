// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import ShareLinks

/// `/glue/shared-carts`: grants, made, changed and withdrawn by a cart's owner. That one can be read is ours.
struct GlueSharedCartRoutes: RouteGroup {
    let door: GlueDoor
    let sharing: Sharing

    func add(to router: Router<ServerContext>) {
        router.post("/glue/carts/{cartId}/shared-carts", use: door.handler(.sharedCarts, .sharing, share))
        router.get("/glue/shared-carts/{grantId}", use: door.handler(.sharedCarts, .sharing, read))
        // The cart's part of the longer address is not compared: a grant's id says which cart is meant.
        for path: RouterPath in ["/glue/shared-carts/{grantId}", "/glue/carts/{cartId}/shared-carts/{grantId}"] {
            router.patch(path, use: door.handler(.sharedCarts, .sharing, change))
            router.delete(path, use: door.handler(.sharedCarts, .sharing, withdraw))
        }
    }

    @Sendable private func share(_ visit: GlueVisit) async throws -> Response {
        let attributes = try await visit.attributes()
        let person = try await visit.person()
        let order = try GlueShareOrder(attributes)
        try await sharing.checkColleague(order.colleague, of: person)
        let cart = try visit.cartID()
        let shared = try await sharing.cart(cart, for: .person(person), at: visit.now).cart
        guard shared.state != .ordered else { throw ShareError.cartOrdered }
        guard let colleague = order.colleague, let group = order.group else {
            throw GlueRefusal(.permissionGroupNotFound(.unprocessableContent))
        }
        let (held, _) = try await sharing.grant(
            group.access,
            to: .companyUser(colleague),
            on: cart,
            by: .person(person),
            onBehalfOf: nil,
            heldAlready: .refuse,
            at: visit.now
        )
        // The colleague was found active in the caller's company, which a cart without one doesn't tell.
        let isActive = shared.owner?.companyID == nil ? nil : true
        return visit.one(.sharedCart(KnownGrant(held: held, isHolderActive: isActive), for: visit.query), status: .created)
    }

    @Sendable private func read(_ visit: GlueVisit) async throws -> Response {
        let person = try await visit.person()
        return visit.one(.sharedCart(try await grant(visit, for: person), for: visit.query))
    }

    @Sendable private func change(_ visit: GlueVisit) async throws -> Response {
        var attributes = try await visit.attributes()
        let person = try await visit.person()
        guard let value = attributes.value("idCartPermissionGroup") else { throw attributes.refusal }
        let known = try await grant(visit, for: person)
        guard let group = GluePermissionGroup(value) else {
            throw GlueRefusal(.permissionGroupNotFound(.unprocessableContent))
        }
        let held = try await sharing.setAccess(
            of: known.held.grant.id,
            to: group.access,
            by: .person(person),
            onBehalfOf: nil,
            at: visit.now
        )
        return visit.one(.sharedCart(KnownGrant(held: held, isHolderActive: known.isHolderActive), for: visit.query))
    }

    /// An ordered cart is gone, and its shares with it.
    private func grant(_ visit: GlueVisit, for person: Person) async throws -> KnownGrant {
        let (known, state) = try await sharing.grant(try visit.grantID(), for: person)
        guard state != .ordered else { throw ShareError.grantNotFound }
        return known
    }

    /// Also of an ordered cart: to take access away is always possible.
    @Sendable private func withdraw(_ visit: GlueVisit) async throws -> Response {
        let person = try await visit.person()
        let (known, _) = try await sharing.grant(try visit.grantID(), for: person)
        try await sharing.withdraw(known.held.grant.id, by: .person(person), onBehalfOf: nil, at: visit.now)
        return Answer.noContent
    }
}
