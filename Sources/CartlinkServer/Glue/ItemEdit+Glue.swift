// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

extension NewItem {
    /// Reads `{sku, quantity}`. Options are not Glue's: it names them by SKUs of the shop's own.
    init(_ attributes: GlueAttributes) throws(GlueRefusal) {
        var attributes = attributes
        let text = attributes.text("sku")
        let sku = text.flatMap { SKU($0) }
        if text != nil, sku == nil { attributes.add("sku", "This value is not valid.") }
        let quantity = attributes.quantity()
        guard let sku, let quantity else { throw attributes.refusal }
        self.init(sku: sku, quantity: quantity, options: .none)
    }
}

extension Quantity {
    /// Reads `{quantity}`.
    init(_ attributes: GlueAttributes) throws(GlueRefusal) {
        var attributes = attributes
        let quantity = attributes.quantity()
        guard let quantity else { throw attributes.refusal }
        self = quantity
    }
}

extension GlueAttributes {
    /// Glue's rules: not blank, numeric (also as a text), greater than 0. That it is whole and has a limit is ours.
    fileprivate mutating func quantity() -> Quantity? {
        guard let value = value("quantity") else {
            if let blank = self["quantity"], blank.kind != .null {
                add("quantity", "This value should be of type numeric.")
                add("quantity", "This value should be greater than 0.")
            }
            return nil
        }
        guard value.kind == .number || value.string?.isNumeric ?? false else {
            add("quantity", "This value should be of type numeric.")
            return nil
        }
        guard let whole = value.integer ?? value.string.flatMap({ Int64($0) }) else {
            add("quantity", "This value should be of type integer.")
            return nil
        }
        guard whole > 0 else {
            add("quantity", "This value should be greater than 0.")
            return nil
        }
        guard let quantity = Quantity(whole) else {
            add("quantity", "This value should be less than or equal to \(Quantity.limit).")
            return nil
        }
        return quantity
    }
}

extension String {
    /// Digits, with or without a sign and a fraction.
    fileprivate var isNumeric: Bool {
        utf8.allSatisfy { "+-.0123456789".utf8.contains($0) } && Double(self) != nil
    }
}
