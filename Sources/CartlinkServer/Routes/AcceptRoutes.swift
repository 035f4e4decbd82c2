// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Redaction
import ShareLinks

/// `/v1/shared/{token}/accept` and `…/take-over`: what a logged-in person does with an internal link.
struct AcceptRoutes: RouteGroup {
    let door: SharedDoor
    let projections: Projections

    func add(to router: Router<ServerContext>) {
        router.post("/v1/shared/{token}/accept", use: accept)
        router.post("/v1/shared/{token}/take-over", use: takeOver)
    }

    @Sendable private func accept(_ request: Request, _ context: ServerContext) async throws -> Response {
        try await request.requireNothing()
        let acceptance = try await door.pass(request, context) { token, caller, now throws(ShareError) in
            try await door.sharing.accept(token, as: caller, at: now)
        }
        switch acceptance {
        case .gained(let held): return Answer.json(held.json, status: .created, headers: Self.privately)
        case .held(let held): return Answer.json(held.json, headers: Self.privately)
        // The owner has no grant on his own cart.
        case .owns(let cart):
            return Answer.json(.object([("cartId", .string(cart.text)), ("access", .string("owner"))]), headers: Self.privately)
        }
    }

    @Sendable private func takeOver(_ request: Request, _ context: ServerContext) async throws -> Response {
        try await request.requireNothing()
        let projections = projections
        let cart = try await door.pass(request, context) { token, caller, now throws(ShareError) in
            try await door.sharing.takeOver(
                token,
                as: caller,
                asOffered: { cart throws(ShareError) in try projections.offered(cart) },
                at: now
            )
        }
        return Answer.json(
            .object([("cartId", .string(cart.id.text)), ("version", .number(cart.version.number))]),
            headers: Self.privately.replacing(with: [.eTag: cart.entityTag])
        )
    }

    private static let privately: HTTPFields = [.cacheControl: "no-store"]
}
