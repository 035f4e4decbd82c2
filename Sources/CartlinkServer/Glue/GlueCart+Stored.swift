// SPDX-License-Identifier: Apache-2.0

import Redaction

extension GlueCart {
    /// A cart that Spryker's Glue answered once: its attributes go through as the projection leaves them.
    init(stored document: [String: JSONNode]) {
        let cart = document["data"]?["attributes"]?.parts ?? [:]
        priceMode = cart.value("priceMode")
        currency = cart.value("currency")
        store = cart.value("store")
        name = cart.value("name")
        isDefault = cart.value("isDefault", else: .bool(false))
        let sums = cart["totals"]?.parts ?? [:]
        totals.expenseTotal = sums.value("expenseTotal")
        totals.discountTotal = sums.value("discountTotal")
        totals.taxTotal = sums.value("taxTotal")
        totals.subtotal = sums.value("subtotal")
        totals.grandTotal = sums.value("grandTotal")
        totals.priceToPay = sums.value("priceToPay")
        discounts = cart.value("discounts", else: .array([]))
        thresholds = cart.value("thresholds", else: .array([]))
    }
}

extension GlueItem {
    /// Where the lines of a stored Glue answer stand among what it includes.
    static let storedTypes = ["items", "guest-cart-items"]

    init(stored line: [String: JSONNode], at index: Int) {
        let item = line["attributes"]?.parts ?? [:]
        self.init(item["groupKey"]?.string ?? line["id"]?.string, at: index)
        sku = item.value("sku")
        quantity = item.value("quantity")
        abstractSKU = item.value("abstractSku")
        amount = item.value("amount")
        productOfferReference = item.value("productOfferReference")
        merchantReference = item.value("merchantReference")
        calculations = (item["calculations"]?.parts ?? [:]).mapValues { .bytes($0.bytes) }
        salesUnit = item.value("salesUnit")
        selectedProductOptions = item.value("selectedProductOptions", else: .array([]))
    }
}
