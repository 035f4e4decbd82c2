// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

/// A projected cart in Glue's attributes. What a cart has no counterpart for is null.
struct GlueCart {
    var priceMode: JSON = .null
    var currency: JSON = .null
    var store: JSON = .null
    var name: JSON = .null
    var isDefault: JSON = .bool(false)
    var totals = Totals()
    var discounts: JSON = .array([])
    var thresholds: JSON = .array([])

    struct Totals {
        var expenseTotal: JSON = .null
        var discountTotal: JSON = .null
        var taxTotal: JSON = .null
        var subtotal: JSON = .null
        var grandTotal: JSON = .null
        var priceToPay: JSON = .null
    }

    /// - Parameter parts: the members of what its reader may see of a cart of this format.
    init(_ parts: [String: JSONNode], format: CartFormat) {
        switch format {
        case .cartlink: self.init(cartlink: parts)
        case .vtexOrderForm: self.init(orderForm: parts)
        case .sprykerCart: self.init(stored: parts)
        }
    }

    var attributes: [(name: String, value: JSON)] {
        [
            ("priceMode", priceMode), ("currency", currency), ("store", store), ("name", name), ("isDefault", isDefault),
            ("totals", totals.json), ("discounts", discounts), ("thresholds", thresholds),
        ]
    }
}

extension GlueCart.Totals {
    fileprivate var json: JSON {
        .object([
            ("expenseTotal", expenseTotal), ("discountTotal", discountTotal), ("taxTotal", taxTotal), ("subtotal", subtotal),
            ("grandTotal", grandTotal), ("priceToPay", priceToPay),
        ])
    }
}

extension Dictionary<String, JSONNode> {
    /// A text, or null.
    func text(_ name: String) -> JSON {
        self[name]?.string.map(JSON.string) ?? .null
    }

    /// A whole number, or null.
    func number(_ name: String) -> JSON {
        self[name]?.integer.map(JSON.number) ?? .null
    }

    /// The value as it stands, or `other`.
    func value(_ name: String, else other: JSON = .null) -> JSON {
        self[name].map { .bytes($0.bytes) } ?? other
    }
}
