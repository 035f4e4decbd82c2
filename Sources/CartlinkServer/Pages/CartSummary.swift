// SPDX-License-Identifier: Apache-2.0

import Foundation
import ShareLinks

/// What the page shows of a projection, read leniently: a field of another type than expected is just not shown.
struct CartSummary {
    var currency: String?
    var items: [Item] = []
    var itemsTotal: Int64?
    var isIncomplete = false

    struct Item {
        var name: String
        var quantity: String
        var total: Int64?
        var image: String?
        var options: [String]
    }

    init(projection: [UInt8], format: CartFormat) {
        guard let cart = try? JSONSerialization.jsonObject(with: Data(projection)) as? [String: Any] else { return }
        switch format {
        case .cartlink: read(cartlink: cart)
        case .vtexOrderForm: read(orderForm: cart)
        }
    }

    private mutating func read(cartlink cart: [String: Any]) {
        currency = cart["currency"] as? String
        let totals = cart["totals"] as? [String: Any]
        itemsTotal = totals?["items"].minorUnits
        isIncomplete = totals?["incomplete"] as? Bool ?? false
        items = (cart["items"] as? [[String: Any]] ?? []).map { item in
            let options = (item["options"] as? [String: Any] ?? [:]).compactMap { name, value in
                (value as? String).map { "\(name): \($0)" }
            }
            return Item(
                name: item["name"] as? String ?? item["sku"] as? String ?? "–",
                quantity: item["quantity"].quantity,
                total: item["total"].minorUnits,
                image: item["image"] as? String,
                options: options.sorted()
            )
        }
    }

    private mutating func read(orderForm cart: [String: Any]) {
        currency = (cart["storePreferencesData"] as? [String: Any])?["currencyCode"] as? String
        let totalizers = cart["totalizers"] as? [[String: Any]] ?? []
        itemsTotal = totalizers.first { $0["id"] as? String == "Items" }?["value"].minorUnits
        items = (cart["items"] as? [[String: Any]] ?? []).map { item in
            let name = item["name"] as? String ?? item["skuName"] as? String ?? "–"
            return Item(
                name: name,
                quantity: item["quantity"].quantity,
                total: (item["priceDefinition"] as? [String: Any])?["total"].minorUnits,
                image: item["imageUrl"] as? String,
                options: [item["skuName"] as? String].compactMap { $0 }.filter { $0 != name }
            )
        }
    }
}

extension Any? {
    /// A whole number of minor units; a Boolean is no number.
    fileprivate var minorUnits: Int64? {
        guard let number = self as? NSNumber, !(self is Bool) else { return nil }
        return Int64(exactly: number.doubleValue)
    }

    fileprivate var quantity: String {
        guard let number = self as? NSNumber, !(self is Bool) else { return "–" }
        return Int64(exactly: number.doubleValue).map(String.init) ?? number.stringValue
    }
}
