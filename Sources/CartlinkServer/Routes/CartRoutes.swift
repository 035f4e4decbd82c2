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
        let now = now()
        let caller = try await authenticator.caller(of: request, at: now)
        let (cart, standing) = try await sharing.cart(try context.cartID(), for: caller, at: now)
        return try projections.answer(cart, to: standing)
    }

    @Sendable private func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        let person = try await authenticator.person(of: request, at: now())
        let limit = try request.limit(standard: 50, most: 200)
        let before = try request.parameter("cursor") { Int64($0).map(CartVersion.init) }
        let (carts, next) = try await sharing.carts(of: person, before: before, limit: limit)
        return Answer.json(
            .object([("carts", .array(try carts.map { try $0.json(projections) })), ("nextCursor", next.map { .string($0.description) })])
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
                ("cartId", .string(cart.name(for: .service(service)))), ("version", .number(cart.version.number)),
                ("state", .string(cart.state.rawValue)),
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
}

extension KnownCart {
    fileprivate func json(_ projections: Projections) throws(Problem) -> JSON {
        .object([
            ("cartId", .string(summary.id.text)),
            ("name", try name(projections).map(JSON.string)),
            ("state", .string(summary.state.rawValue)),
            ("version", .number(summary.version.number)),
            ("access", .string(held?.access.rawValue ?? "owner")),
            ("updatedAt", .string(summary.updatedAt.description)),
        ])
    }

    /// The cart's name, which a shopper typed: other people get of it what the policy lets members see.
    private func name(_ projections: Projections) throws(Problem) -> String? {
        guard held != nil, let name = summary.name else { return summary.name }
        return try projections.membersName(name)
    }
}

extension Projections {
    /// A cart's name as a member may see it; only carts of the format `cartlink` have one.
    fileprivate func membersName(_ name: String) throws(Problem) -> String? {
        let document = try project(JSON.object([("name", .string(name))]).text, in: .cartlink, for: .member)
        return JSONNode(document)["name"]?.string
    }
}
