// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

extension NewItem {
    /// The article's line, with the name and price of a line that the shop pushed, where the cart has one.
    ///
    /// Without one the line carries its SKU as name and has no price.
    func line(id: String, like pushed: ItemLine?) throws(ItemFault) -> EditedLine {
        let total = try ItemLine.total(unitPrice: pushed?.wholeNumber("unitPrice"), quantity: quantity.value)
        let chosen = options.choices.map { ($0.name, JSON.string($0.value) as JSON?) }
        let line = JSON.object([
            ("id", .string(id)),
            ("sku", .string(sku.text)),
            ("name", pushed?.value("name", .string) ?? .string(sku.text)),
            ("quantity", .number(quantity.value)),
            ("unitPrice", pushed?.value("unitPrice", .number)),
            ("total", total.map(JSON.number)),
            ("image", pushed?.value("image", .string)),
            ("url", pushed?.value("url", .string)),
            ("options", chosen.isEmpty ? nil : .object(chosen)),
        ])
        return EditedLine(text: line.text, total: total)
    }
}
