// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Redaction
import ShareLinks

/// `/v1/carts`: services push, lock and delete carts; owners and services read them.
struct CartRoutes: RouteGroup {
    let sharing: Sharing
    let authenticator: Authenticator
    let projections: Projections
    let now: @Sendable () -> Timestamp

    func add(to router: Router<ServerContext>) {
        router.get("/v1/carts", use: list)
        router.get("/v1/carts/{cartId}", use: read)
        router.put("/v1/carts/{cartId}", use: push)
        router.delete("/v1/carts/{cartId}", use: delete)
        router.put("/v1/carts/{cartId}/state", use: setState)
    }

    @Sendable private func push(_ request: Request, _ context: ServerContext) async throws -> Response {
        let now = now()
        let service = try await authenticator.service(of: request, for: .writeCart, needing: .writeCarts, at: now)
        let id = try context.cartID()
        let push = try CartPush(id: id, body: try await request.jsonBody(upTo: Request.cartBody), ifMatch: try request.ifMatch())
        let (cart, isNew) = try await sharing.push(push, by: service, at: now)
        return Answer.json(
            .object([("cartId", .string(cart.id.text)), ("version", .number(cart.version.number))]),
            status: isNew ? .created : .ok,
            headers: [.eTag: cart.entityTag]
        )
    }

    @Sendable private func read(_ request: Request, _ context: ServerContext) async throws -> Response {
        let caller = try await authenticator.caller(of: request, at: now())
        let (cart, standing) = try await sharing.cart(try context.cartID(), for: caller)
        return try answer(cart, to: standing)
    }

    @Sendable private func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        let person = try await authenticator.person(of: request, at: now())
        let limit = try request.limit(standard: 50, most: 200)
        let before = try request.parameter("cursor") { Int64($0).map(CartVersion.init) }
        let carts = try await sharing.carts(of: person, before: before, limit: limit + 1)
        return Answer.json(
            .object([
                ("carts", .array(carts.prefix(limit).map(\.json))),
                ("nextCursor", carts.count > limit ? JSON.string(carts[limit - 1].version.description) : nil),
            ])
        )
    }

    @Sendable private func setState(_ request: Request, _ context: ServerContext) async throws -> Response {
        let now = now()
        let service = try await authenticator.service(of: request, for: .writeCart, needing: .writeCarts, at: now)
        let id = try context.cartID()
        let state = try CartState.read(try await request.jsonBody())
        let cart = try await sharing.setState(of: id, to: state, by: service, ifMatch: try request.ifMatch(), at: now)
        return Answer.json(
            .object([
                ("cartId", .string(cart.id.text)), ("version", .number(cart.version.number)), ("state", .string(cart.state.rawValue)),
            ]),
            headers: [.eTag: cart.entityTag]
        )
    }

    @Sendable private func delete(_ request: Request, _ context: ServerContext) async throws -> Response {
        let now = now()
        let service = try await authenticator.service(of: request, for: .writeCart, needing: .writeCarts, at: now)
        try await sharing.deleteCart(try context.cartID(), by: service, ifMatch: try request.ifMatch(), at: now)
        return Answer.noContent
    }

    private func answer(_ cart: Cart, to standing: Standing) throws -> Response {
        let isService = standing.relation == .guest
        let view = try projections.view(of: cart, for: isService ? .service : standing.viewer)
        return Answer.json(
            .object([
                ("cart", .bytes(view.document)),
                ("version", .number(cart.version.number)),
                ("state", .string(cart.state.rawValue)),
                (
                    "viewer",
                    .object([
                        ("relation", .string(isService ? "service" : standing.relation.rawValue)),
                        ("canEdit", .bool(standing.canEdit(in: cart.state))),
                    ])
                ),
                ("redaction", view.redaction),
            ]),
            headers: [.eTag: cart.entityTag]
        )
    }
}

extension Cart {
    /// The version as a strong entity tag.
    fileprivate var entityTag: String { "\"\(version)\"" }
}

extension Cart.Summary {
    fileprivate var json: JSON {
        .object([
            ("cartId", .string(id.text)),
            ("name", name.map(JSON.string)),
            ("state", .string(state.rawValue)),
            ("version", .number(version.number)),
            ("access", .string("owner")),
            ("updatedAt", .string(updatedAt.description)),
        ])
    }
}
