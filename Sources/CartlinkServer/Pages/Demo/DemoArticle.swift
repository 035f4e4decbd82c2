// SPDX-License-Identifier: Apache-2.0

/// What the demo's shop sells; the price of one in minor units.
package struct DemoArticle: Sendable {
    package let sku: String
    package let name: String
    package let price: Int64

    package init(sku: String, name: String, price: Int64) {
        self.sku = sku
        self.name = name
        self.price = price
    }
}
