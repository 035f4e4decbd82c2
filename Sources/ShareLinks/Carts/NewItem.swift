// SPDX-License-Identifier: Apache-2.0

/// What a person adds to a cart. It has neither a name nor a price: those come from the shop.
package struct NewItem: Sendable {
    package let sku: SKU
    package let quantity: Quantity
    package let options: ItemOptions

    package init(sku: SKU, quantity: Quantity, options: ItemOptions = .none) {
        self.sku = sku
        self.quantity = quantity
        self.options = options
    }
}
