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
        guard let cart = try? JSONDecoder().decode(LooseJSON.self, from: Data(projection)) else { return }
        switch format {
        case .cartlink: read(cartlink: cart)
        case .vtexOrderForm: read(orderForm: cart)
        }
    }

    private mutating func read(cartlink cart: LooseJSON) {
        currency = cart["currency"].string
        itemsTotal = cart["totals"]["items"].integer
        isIncomplete = cart["totals"]["incomplete"].bool ?? false
        items = cart["items"].elements.map { item in
            Item(
                name: item["name"].string ?? item["sku"].string ?? "–",
                quantity: item["quantity"].numberText ?? "–",
                total: item["total"].integer,
                image: item["image"].string,
                options: item["options"].members.compactMap { name, value in value.string.map { "\(name): \($0)" } }.sorted()
            )
        }
    }

    private mutating func read(orderForm cart: LooseJSON) {
        currency = cart["storePreferencesData"]["currencyCode"].string
        itemsTotal = cart["totalizers"].elements.first { $0["id"].string == "Items" }?["value"].integer
        items = cart["items"].elements.map { item in
            let name = item["name"].string ?? item["skuName"].string ?? "–"
            return Item(
                name: name,
                quantity: item["quantity"].numberText ?? "–",
                total: item["priceDefinition"]["total"].integer,
                image: item["imageUrl"].string,
                options: [item["skuName"].string].compactMap { $0 }.filter { $0 != name }
            )
        }
    }
}
