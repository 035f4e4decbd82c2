// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import Hummingbird
import ShareLinks

/// `/glue/carts/{cartId}/items`: the owner and people with full access change what is in a cart; the answer is the whole cart.
struct GlueItemRoutes: RouteGroup {
    let door: GlueDoor
    let carts: GlueCarts

    func add(to router: Router<ServerContext>) {
        router.post("/glue/carts/{cartId}/items", use: door.handler(.items, .addingItem, add))
        router.patch("/glue/carts/{cartId}/items/{itemId}", use: door.handler(.items, .changingItem, change))
        router.delete("/glue/carts/{cartId}/items/{itemId}", use: door.handler(.items, .removingItem, remove))
    }

    @Sendable private func add(_ visit: GlueVisit) async throws -> Response {
        let attributes = try await visit.attributes()
        let person = try await visit.person()
        let item = try NewItem(attributes)
        return visit.one(try await cart(after: .add(item), visit, by: person), status: .created)
    }

    @Sendable private func change(_ visit: GlueVisit) async throws -> Response {
        let attributes = try await visit.attributes()
        let person = try await visit.person()
        let quantity = try Quantity(attributes)
        return visit.one(try await cart(after: .setQuantity(item: visit.itemID, quantity), visit, by: person))
    }

    @Sendable private func remove(_ visit: GlueVisit) async throws -> Response {
        let person = try await visit.person()
        _ = try await cart(after: .remove(item: visit.itemID), visit, by: person)
        return Answer.noContent
    }

    private func cart(after edit: ItemEdit, _ visit: GlueVisit, by person: Person) async throws -> GlueResource {
        let id = try visit.cartID()
        // Before the edit, so that an ordered cart is gone here too.
        _ = try await carts.cart(id, for: person, visit.query)
        _ = try await carts.sharing.edit(edit, of: id, by: .person(person), at: visit.now)
        return try await carts.cart(id, for: person, visit.query)
    }
}

extension GlueVisit {
    /// A line's id as the shop chose it: any text, so it is compared and never parsed.
    fileprivate var itemID: String {
        context.parameters.get("itemId")?.removingPercentEncoding ?? ""
    }
}
