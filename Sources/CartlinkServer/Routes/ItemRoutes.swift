// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import ShareLinks

/// `/v1/carts/{cartId}/items`: the owner and people with full access add, change and remove lines.
struct ItemRoutes: RouteGroup {
    let sharing: Sharing
    let authenticator: Authenticator
    let projections: Projections
    let now: @Sendable () -> Timestamp

    func add(to router: Router<ServerContext>) {
        router.post("/v1/carts/{cartId}/items", use: add)
        router.patch("/v1/carts/{cartId}/items/{itemId}", use: setQuantity)
        router.delete("/v1/carts/{cartId}/items/{itemId}", use: remove)
    }

    @Sendable private func add(_ request: Request, _ context: ServerContext) async throws -> Response {
        let (cart, standing) = try await edit(request, context) { .add(try NewItem(body: try await request.jsonBody())) }
        return try projections.answer(cart, to: standing, status: .created)
    }

    @Sendable private func setQuantity(_ request: Request, _ context: ServerContext) async throws -> Response {
        let item = try context.itemID()
        let (cart, standing) = try await edit(request, context) {
            .setQuantity(item: item, try Quantity(body: try await request.jsonBody()))
        }
        return try projections.answer(cart, to: standing)
    }

    @Sendable private func remove(_ request: Request, _ context: ServerContext) async throws -> Response {
        let item = try context.itemID()
        let (cart, _) = try await edit(request, context) { .remove(item: item) }
        return Response(status: .noContent, headers: [.eTag: cart.entityTag])
    }

    private func edit(
        _ request: Request,
        _ context: ServerContext,
        _ read: () async throws -> ItemEdit
    ) async throws -> (cart: Cart, standing: Standing) {
        let now = now()
        let person = try await authenticator.person(of: request, at: now)
        let cart = try context.cartID()
        let ifMatch = try request.ifMatch()
        return try await sharing.edit(try await read(), of: cart, by: .person(person), ifMatch: ifMatch, at: now)
    }
}
