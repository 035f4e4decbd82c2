// SPDX-License-Identifier: Apache-2.0

import Redaction

extension GlueCart {
    /// VTEX's orderForm: sums by the ids of its totalizers, prices as sold.
    init(orderForm cart: [String: JSONNode]) {
        currency = cart["storePreferencesData"]?.parts.text("currencyCode") ?? .null
        let totalizers = (cart["totalizers"]?.elements ?? []).map(\.parts)
        func totalizer(_ id: String) -> [String: JSONNode] {
            totalizers.first { $0["id"]?.string == id } ?? [:]
        }
        totals.subtotal = totalizer("Items").number("value")
        totals.discountTotal = totalizer("Discounts").magnitude("value")
        totals.expenseTotal = totalizer("Shipping").number("value")
        totals.taxTotal = totalizer("Tax").number("value")
        totals.grandTotal = cart.number("value")
    }
}

extension GlueItem {
    init(orderForm line: [String: JSONNode], at index: Int) {
        // Ours stands there where the cart lives in VTEX: by it the line is changed.
        self.init(line["lineId"]?.string ?? line["uniqueId"]?.string, at: index)
        sku = line.text("id")
        abstractSKU = line.text("productId")
        quantity = line.number("quantity")
        calculations = [
            "unitPrice": line.number("sellingPrice"), "sumPrice": line["priceDefinition"]?.parts.number("total") ?? .null,
        ]
    }
}
