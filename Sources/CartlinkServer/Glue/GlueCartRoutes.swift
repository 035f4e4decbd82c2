// SPDX-License-Identifier: Apache-2.0

import Hummingbird

/// `/glue/carts`: the caller's own carts and those shared with him.
struct GlueCartRoutes: RouteGroup {
    let door: GlueDoor
    let carts: GlueCarts

    func add(to router: Router<ServerContext>) {
        router.get(
            "/glue/carts",
            use: door.handler(.carts) { visit in
                visit.collection(try await carts.list(for: try await visit.person(), visit.query))
            }
        )
        router.get(
            "/glue/carts/{cartId}",
            use: door.handler(.carts) { visit in
                let person = try await visit.person()
                return visit.one(try await carts.cart(try visit.cartID(), for: person, visit.query))
            }
        )
    }
}
