// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import ShareLinks

/// Addresses that leave out the id of a cart, an item or a shared cart: Glue has them, and says what is missing.
struct GlueIncompletePathRoutes: RouteGroup {
    let door: GlueDoor

    func add(to router: Router<ServerContext>) {
        for type in [GlueType.sharedCarts, .items] {
            let path = RouterPath("/glue/\(type.rawValue)")
            router.post(path, use: door.handler(type, .reading, Self.refuseCartless))
            for path in [path, RouterPath("/glue/carts/{cartId}/\(type.rawValue)")] {
                router.patch(path, use: door.handler(type, .reading, Self.refuseNameless))
                router.delete(path, use: door.handler(type, .reading, Self.refuseNameless))
            }
        }
        // The router drops empty parts, so that `/glue/carts//items` looks like a cart called "items".
        router.post("/glue/carts/{cartId}", use: withoutCart(Self.refuseCartless))
        for path: RouterPath in ["/glue/carts/{cartId}", "/glue/carts/{cartId}/{itemId}"] {
            router.patch(path, use: withoutCart(Self.refuseNameless))
            router.delete(path, use: withoutCart(Self.refuseNameless))
        }
    }

    @Sendable private static func refuseCartless(_ visit: GlueVisit) async throws -> Response {
        let attributes = try await visit.attributes()
        _ = try await visit.person()
        if visit.type == .sharedCarts { _ = try GlueShareOrder(attributes) } else { _ = try NewItem(attributes) }
        throw GlueRefusal(.cartIDMissing)
    }

    @Sendable private static func refuseNameless(_ visit: GlueVisit) async throws -> Response {
        if visit.request.method == .patch { _ = try await visit.attributes() }
        throw GlueRefusal(.resourceIDMissing)
    }

    private func withoutCart(_ use: @escaping GlueDoor.Use) -> @Sendable (Request, ServerContext) async throws -> Response {
        { request, context in
            let start = "carts//"
            guard let path = request.gluePath, path.hasPrefix(start) else { throw GlueRefusal(.notFound) }
            let rest = path.dropFirst(start.count)
            guard !rest.contains("//"),
                let type = [GlueType.sharedCarts, .items].first(where: { rest == $0.rawValue || rest.hasPrefix("\($0.rawValue)/") })
            else { throw GlueRefusal(.notFound) }
            return try await door.enter(request, context, type, .reading, use)
        }
    }
}
