// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Redaction
import ShareLinks

/// `/v1/carts/{cartId}/grants` and `/v1/grants`: who has access to a cart, by the owner's word or through a link.
struct GrantRoutes: RouteGroup {
    let sharing: Sharing
    let authenticator: Authenticator
    let now: @Sendable () -> Timestamp

    func add(to router: Router<ServerContext>) {
        router.post("/v1/carts/{cartId}/grants", use: make)
        router.get("/v1/carts/{cartId}/grants", use: list)
        router.patch("/v1/grants/{grantId}", use: change)
        router.delete("/v1/grants/{grantId}", use: withdraw)
    }

    @Sendable private func make(_ request: Request, _ context: ServerContext) async throws -> Response {
        let now = now()
        let caller = try await authenticator.manager(of: request, at: now)
        let cart = try context.cartID()
        let owner = try request.onBehalfOf()
        let order = try GrantOrder(body: try await request.jsonBody())
        let (held, isNew) = try await sharing.grant(order.access, to: order.person, on: cart, by: caller, onBehalfOf: owner, at: now)
        return Answer.json(try await json(held, for: caller), status: isNew ? .created : .ok)
    }

    @Sendable private func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        let caller = try await authenticator.manager(of: request, at: now())
        let grants = try await sharing.grants(on: try context.cartID(), by: caller, onBehalfOf: try request.onBehalfOf())
        // All are of one cart, whose name is looked up once.
        guard let cart = grants.first?.grant.cart else { return Answer.json(.object([("grants", .array([]))])) }
        let name = try await sharing.name(of: cart, for: caller)
        return Answer.json(.object([("grants", .array(grants.map { $0.json(ofCart: name) }))]))
    }

    private func json(_ held: HeldGrant, for caller: Caller) async throws(ShareError) -> JSON {
        held.json(ofCart: try await sharing.name(of: held.grant.cart, for: caller))
    }

    @Sendable private func change(_ request: Request, _ context: ServerContext) async throws -> Response {
        let now = now()
        let caller = try await authenticator.manager(of: request, at: now)
        let id = try context.grantID()
        let owner = try request.onBehalfOf()
        var fields = try Fields(try await request.jsonBody())
        fields.require("access")
        let access: Access? = fields.choice("access")
        try fields.finish()
        guard let access else { throw Problem.invalidInput([]) }
        let held = try await sharing.setAccess(of: id, to: access, by: caller, onBehalfOf: owner, at: now)
        return Answer.json(try await json(held, for: caller))
    }

    @Sendable private func withdraw(_ request: Request, _ context: ServerContext) async throws -> Response {
        let now = now()
        let caller = try await authenticator.manager(of: request, at: now)
        try await sharing.withdraw(try context.grantID(), by: caller, onBehalfOf: try request.onBehalfOf(), at: now)
        return Answer.noContent
    }
}

/// `{personId, access}`.
private struct GrantOrder {
    let person: Subject
    let access: Access

    init(body: [UInt8]) throws(Problem) {
        var fields = try Fields(body)
        fields.require("personId")
        fields.require("access")
        let person = fields.text("personId") { Subject($0) }
        let access: Access? = fields.choice("access")
        try fields.finish()
        guard let person, let access else { throw .invalidInput([]) }
        self.person = person
        self.access = access
    }
}

extension HeldGrant {
    /// `{id, cartId, personId, access, viaLink?, createdAt, suspended?}`.
    var json: JSON { json(ofCart: grant.cart.text) }

    /// - Parameter cart: what the reader calls the cart.
    fileprivate func json(ofCart cart: String) -> JSON {
        .object([
            ("id", .string(grant.id.text)),
            ("cartId", .string(cart)),
            ("personId", .string(grant.holder.description)),
            ("access", .string(access.rawValue)),
            ("viaLink", (title.link?.description).map(JSON.string)),
            ("createdAt", .string(grant.createdAt.description)),
            ("suspended", grant.suspendedAt == nil ? nil : .bool(true)),
        ])
    }
}
