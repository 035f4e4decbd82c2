// SPDX-License-Identifier: Apache-2.0

import Foundation
import Redaction
import ShareLinks

/// A line of a cart in Glue's attributes.
struct GlueItem {
    /// The resource's id: the line's own, by which it is changed and removed.
    var groupKey: String
    var sku: JSON = .null
    var quantity: JSON = .null
    var abstractSKU: JSON = .null
    var amount: JSON = .null
    var productOfferReference: JSON = .null
    var merchantReference: JSON = .null
    /// By Glue's names; the others are null.
    var calculations: [String: JSON] = [:]
    var salesUnit: JSON = .null
    var selectedProductOptions: JSON = .array([])

    init(groupKey: String) {
        self.groupKey = groupKey
    }

    /// A line without an id of its own is named by its place, counted from 1; it can't be changed.
    init(_ id: String?, at index: Int) {
        self.init(groupKey: id ?? "@\(index + 1)")
    }

    /// The lines of a projected cart, given as its members.
    static func lines(of cart: [String: JSONNode], format: CartFormat) -> [GlueItem] {
        switch format {
        case .cartlink:
            (cart["items"]?.elements ?? []).enumerated().map { GlueItem(cartlink: $1.parts, at: $0) }
        case .vtexOrderForm:
            (cart["items"]?.elements ?? []).enumerated().map { GlueItem(orderForm: $1.parts, at: $0) }
        case .sprykerCart:
            (cart["included"]?.elements ?? []).filter { storedTypes.contains($0["type"]?.string ?? "") }
                .enumerated().map { GlueItem(stored: $1.parts, at: $0) }
        }
    }

    func resource(in cart: String) -> GlueResource {
        // A shop chooses the ids of lines freely.
        let key = groupKey.addingPercentEncoding(withAllowedCharacters: Self.unreserved) ?? ""
        return GlueResource(
            .items,
            id: groupKey,
            path: "\(GlueType.carts.rawValue)/\(cart)/\(GlueType.items.rawValue)/\(key)",
            attributes: [
                ("sku", sku), ("quantity", quantity), ("groupKey", .string(groupKey)), ("abstractSku", abstractSKU), ("amount", amount),
                ("productOfferReference", productOfferReference), ("merchantReference", merchantReference),
                ("calculations", .object(Self.calculationNames.map { ($0, calculations[$0] ?? .null) })), ("salesUnit", salesUnit),
                ("selectedProductOptions", selectedProductOptions),
            ]
        )
    }

    static let calculationNames = [
        "unitPrice", "sumPrice", "taxRate", "unitNetPrice", "sumNetPrice", "unitGrossPrice", "sumGrossPrice",
        "unitTaxAmountFullAggregation", "sumTaxAmountFullAggregation", "sumSubtotalAggregation", "unitSubtotalAggregation",
        "unitProductOptionPriceAggregation", "sumProductOptionPriceAggregation", "unitDiscountAmountAggregation",
        "sumDiscountAmountAggregation", "unitDiscountAmountFullAggregation", "sumDiscountAmountFullAggregation",
        "unitPriceToPayAggregation", "sumPriceToPayAggregation",
    ]

    /// RFC 3986 section 2.3.
    private static let unreserved = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
