// SPDX-License-Identifier: Apache-2.0

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
        let (cart, standing) = try await edit(visit, by: person, .add(item))
        return visit.one(try await carts.shown(cart, standing, to: person, visit.query), status: .created)
    }

    @Sendable private func change(_ visit: GlueVisit) async throws -> Response {
        let attributes = try await visit.attributes()
        let person = try await visit.person()
        let quantity = try Quantity(attributes)
        let (cart, standing) = try await edit(visit, by: person, .setQuantity(item: visit.itemID, quantity), line: visit.itemID)
        return visit.one(try await carts.shown(cart, standing, to: person, visit.query))
    }

    @Sendable private func remove(_ visit: GlueVisit) async throws -> Response {
        let person = try await visit.person()
        _ = try await edit(visit, by: person, .remove(item: visit.itemID), line: visit.itemID)
        return Answer.noContent
    }

    /// - Parameter line: the key of the line that has to be there; nil where one is added.
    private func edit(
        _ visit: GlueVisit,
        by person: Person,
        _ edit: ItemEdit,
        line: String? = nil
    ) async throws -> (cart: Cart, standing: Standing) {
        let id = try visit.cartID()
        // Before the edit, so that an ordered cart is gone here too.
        let (cart, standing) = try await carts.sharing.cart(id, for: .person(person), at: visit.now)
        guard cart.state != .ordered else { throw ShareError.cartNotFound }
        do {
            return try await carts.sharing.edit(edit, of: id, by: .person(person), at: visit.now)
        } catch {
            // Glue looks for the line before it asks whether it can be changed. That matters only where it can't.
            if let line, try !carts.hasLine(line, cart, standing) { throw ShareError.itemNotFound }
            throw error
        }
    }
}
