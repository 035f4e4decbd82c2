// SPDX-License-Identifier: Apache-2.0

import Redaction

extension GlueCart {
    /// A cart of our own format. Its sums are of the shop's making: whether they are net or gross isn't known here.
    init(cartlink cart: [String: JSONNode]) {
        currency = cart.text("currency")
        name = cart.text("name")
        let sums = cart["totals"]?.parts ?? [:]
        // What isn't priced anew since an edit is no sum to show.
        if sums["incomplete"]?.bool != true {
            totals.subtotal = sums.number("items")
            totals.discountTotal = sums.magnitude("discount")
            totals.expenseTotal = sums.number("shipping")
            totals.taxTotal = sums.number("tax")
            totals.grandTotal = sums.number("grand")
        }
    }
}

extension GlueItem {
    init(cartlink line: [String: JSONNode], at index: Int) {
        self.init(line["id"]?.string, at: index)
        sku = line.text("sku")
        quantity = line.number("quantity")
        calculations = ["unitPrice": line.number("unitPrice"), "sumPrice": line.number("total")]
        selectedProductOptions = .array(
            (line["options"]?.members ?? []).map { name, value in
                .object([
                    ("optionGroupName", .string(name)), ("sku", .null), ("optionName", value.string.map(JSON.string) ?? .null),
                    ("price", .null),
                ])
            }
        )
    }
}

extension Dictionary<String, JSONNode> {
    /// Glue counts a discount upwards from nothing; shops push it with either sign.
    func magnitude(_ name: String) -> JSON {
        guard let number = self[name]?.integer, number != .min else { return .null }
        return .number(abs(number))
    }
}
