// SPDX-License-Identifier: Apache-2.0

import Foundation
import ShareLinks

extension Demo {
    /// A cart of the demo: whose it is at every start, and the file in the configuration's folder that it is pushed from.
    struct PreparedCart {
        let id: CartID
        let owner: Person
        let file: String
    }

    static let cart = CartID("demo-cart")!
    /// Olivia fills it for Dana, who may take it over.
    static let cartForCustomer = CartID("demo-cart-for-dana")!

    static let carts = [
        PreparedCart(id: CartID("demo-cart-of-carlos")!, owner: colleague, file: "cart-of-carlos.json"),
        PreparedCart(id: cartForCustomer, owner: owner, file: "cart-for-dana.json"),
        // The last one stands first in Olivia's list.
        PreparedCart(id: cart, owner: owner, file: "cart.json"),
    ]

    /// The demo's storefront, for what it does without a request.
    static let storefront = ServiceAccount(
        name: "demo-storefront",
        scopes: [.writeCarts, .writeDirectory, .resolveLinks]
    )

    /// Pushes a cart where it is missing, was ordered, or went to somebody else during an earlier run.
    func push(_ cart: PreparedCart, _ sharing: Sharing, at now: Timestamp) async throws {
        let present = try await sharing.store.read { view throws(ShareError) in try view.cart(cart.id) }
        if let present, present.isOwned(by: cart.owner), present.state == .open { return }
        guard
            let document = FileManager.default.contents(atPath: "\(folder)/\(cart.file)"),
            let name = (try? JSONSerialization.jsonObject(with: document) as? [String: Any])?["name"] as? String
        else {
            throw Refusal.failure("\(folder)/\(cart.file) can't be read, or holds no cart with a name")
        }
        let push = CartPush(
            id: cart.id,
            format: .cartlink,
            owner: cart.owner,
            name: name,
            document: Array(document),
            transfersOwner: true
        )
        _ = try await sharing.push(push, by: Self.storefront, at: now)
        _ = try await sharing.setState(of: cart.id, to: .open, by: Self.storefront, at: now)
    }
}
