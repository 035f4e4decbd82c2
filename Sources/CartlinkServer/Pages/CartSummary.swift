// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// What the page shows of a projection, read leniently: a field of another type than expected is just not shown.
struct CartSummary {
    var currency: String?
    var items: [Item] = []
    /// Lines beyond the ones that are shown.
    var furtherItems = 0
    var itemsTotal: Int64?
    var isIncomplete = false

    /// A page with more lines than this serves nobody, and would cost the server too much.
    static let mostItems = 500

    struct Item {
        var name: String
        var quantity: String
        var total: Int64?
        var image: String?
        var options: [String]
    }

    init(projection: [UInt8], format: CartFormat) {
        let parts = Dictionary(JSONNode(projection).members.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        let lines =
            switch format {
            case .cartlink, .vtexOrderForm: parts["items"]?.elements ?? []
            case .sprykerCart: Self.glueItems(parts["included"]?.elements ?? [])
            }
        furtherItems = max(0, lines.count - Self.mostItems)
        let shown = lines.prefix(Self.mostItems).map { line in
            Dictionary(line.members.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        }
        switch format {
        case .sprykerCart:
            let attributes = parts["data"]?["attributes"]
            currency = attributes?["currency"]?.string
            itemsTotal = attributes?["totals"]?["subtotal"]?.integer
            items = shown.map(Item.init(glue:))
        case .cartlink:
            currency = parts["currency"]?.string
            itemsTotal = parts["totals"]?["items"]?.integer
            isIncomplete = parts["totals"]?["incomplete"]?.bool ?? false
            items = shown.map(Item.init(cartlink:))
        case .vtexOrderForm:
            currency = parts["storePreferencesData"]?["currencyCode"]?.string
            itemsTotal = parts["totalizers"]?.elements.first { $0["id"]?.string == "Items" }?["value"]?.integer
            items = shown.map(Item.init(orderForm:))
        }
    }

    /// Of the resources that Glue includes, the lines of the cart.
    private static func glueItems(_ resources: [JSONNode]) -> [JSONNode] {
        let types = ["items", "guest-cart-items", "bundle-items"]
        return resources.filter { types.contains($0["type"]?.string ?? "") }.compactMap { $0["attributes"] }
    }
}

extension String {
    /// At most 500 characters: a page is for reading.
    fileprivate var clipped: String { count > 500 ? prefix(500) + "…" : self }
}

extension CartSummary.Item {
    private static let mostOptions = 20

    fileprivate init(cartlink item: [String: JSONNode]) {
        let options = item["options"]?.members ?? []
        self.init(
            name: (item["name"]?.string ?? item["sku"]?.string)?.clipped ?? "–",
            quantity: item["quantity"]?.plainNumber ?? "–",
            total: item["total"]?.integer,
            image: item["image"]?.string,
            options: options.prefix(Self.mostOptions).compactMap { name, value in value.string.map { "\(name): \($0)".clipped } }.sorted()
        )
    }

    /// Glue gives items no name: the SKU has to do.
    fileprivate init(glue item: [String: JSONNode]) {
        self.init(
            name: (item["name"]?.string ?? item["sku"]?.string)?.clipped ?? "–",
            quantity: item["quantity"]?.plainNumber ?? item["quantity"]?.string?.clipped ?? "–",
            total: item["calculations"]?["sumSubtotalAggregation"]?.integer ?? item["calculations"]?["sumPrice"]?.integer,
            image: nil,
            options: []
        )
    }

    fileprivate init(orderForm item: [String: JSONNode]) {
        let name = (item["name"]?.string ?? item["skuName"]?.string)?.clipped ?? "–"
        self.init(
            name: name,
            quantity: item["quantity"]?.plainNumber ?? "–",
            total: item["priceDefinition"]?["total"]?.integer,
            image: item["imageUrl"]?.string,
            options: [item["skuName"]?.string?.clipped].compactMap { $0 }.filter { $0 != name }
        )
    }
}
