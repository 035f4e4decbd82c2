// SPDX-License-Identifier: Apache-2.0

/// How carts of any backend are read.
package struct HTTPCartSettings: Sendable, Equatable {
    package enum Method: String, Sendable { case get, post }

    /// How the backend writes amounts.
    package enum Money: String, Sendable { case minor, major }

    package struct Parameter: Sendable, Equatable {
        package let name: String
        package let value: CartTemplate

        package init(name: String, value: CartTemplate) {
            self.name = name
            self.value = value
        }
    }

    package var method: Method
    /// Percent-encoded already but for the id, and appended to the upstream's address.
    package var path: CartTemplate
    /// Not encoded yet.
    package var query: [Parameter] = []
    /// JSON; the id is inserted as a part of a JSON text.
    package var body: CartTemplate?
    /// Where the cart is in the reply.
    package var cart: MemberPath = .root
    /// Where the cart's id is in the cart, to see that it is the one asked for.
    package var id: MemberPath?
    /// Lasting traits of a cart, in the cart, for backends that give an id twice.
    package var fingerprint: [MemberPath] = []
    /// Where the cart names its owner, as the backend writes it.
    package var owner: OwnerMatch?
    /// The statuses that mean, with a JSON body, that there is no such cart.
    package var goneStatus: Set<Int> = [404, 410]
    package var money: Money = .minor
    /// Nil where the backend's cart is one in the `cartlink` format.
    package var fields: CartMapping?

    package init(method: Method = .get, path: CartTemplate) {
        self.method = method
        self.path = path
    }
}
