// SPDX-License-Identifier: Apache-2.0

import ShareLinks

extension NewItem {
    /// Reads `{sku, quantity, options?: {name: chosen value}}`.
    init(body: [UInt8]) throws(Problem) {
        var fields = try Fields(body)
        fields.require("sku")
        let sku = fields.text("sku") { SKU($0) }
        let quantity = fields.quantity()
        let options = try fields.options()
        try fields.finish()
        guard let sku, let quantity, let options else { throw .invalidInput([]) }
        self.init(sku: sku, quantity: quantity, options: options)
    }
}

extension Quantity {
    /// Reads `{quantity}`.
    init(body: [UInt8]) throws(Problem) {
        var fields = try Fields(body)
        let quantity = fields.quantity()
        try fields.finish()
        guard let quantity else { throw .invalidInput([]) }
        self = quantity
    }
}

extension Fields {
    fileprivate mutating func quantity() -> Quantity? {
        require("quantity")
        guard let number = integer("quantity") else { return nil }
        guard let quantity = Quantity(number) else {
            add(.range, at: "quantity")
            return nil
        }
        return quantity
    }

    fileprivate mutating func options() throws(Problem) -> ItemOptions? {
        guard has("options") else { return ItemOptions.none }
        let choices = try texts("options", upTo: ItemOptions.limit) { ItemOptions.Choice(name: $0, value: $1) }
        guard let choices else { return nil }
        guard let options = ItemOptions(choices) else {
            add(.form, at: "options")
            return nil
        }
        return options
    }
}
