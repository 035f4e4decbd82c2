// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

/// What the page shows of a projection, read leniently: a field of another type than expected is just not shown.
struct CartSummary {
    var name: String?
    var currency: String?
    var locale: String?
    var items: [Item] = []
    /// Lines beyond the ones that are shown.
    var furtherItems = 0
    /// In the order in which they are added up.
    var sums: [(sum: Sum, amount: Int64)] = []
    var isIncomplete = false

    /// A page with more lines than this serves nobody, and would cost the server too much.
    static let mostItems = 500

    var itemCount: Int { items.count + furtherItems }

    enum Sum: CaseIterable {
        case items, discount, shipping, tax, grand
    }

    struct Item {
        var name: String
        /// The name alone, where the line has one; `name` may be its SKU.
        var productName: String?
        /// The shop's number of the article, where it isn't the name already.
        var number: String?
        var quantity: String
        var unitPrice: Int64?
        var total: Int64?
        var image: String?
        var options: [String] = []
    }

    init(projection: [UInt8], format: CartFormat) {
        let parts = JSONNode(projection).parts
        let lines =
            switch format {
            case .cartlink, .vtexOrderForm: parts["items"]?.elements ?? []
            case .sprykerCart: Self.glueItems(parts["included"]?.elements ?? [])
            }
        furtherItems = max(0, lines.count - Self.mostItems)
        let shown = lines.prefix(Self.mostItems).map(\.parts)
        switch format {
        case .sprykerCart: readGlue(parts["data"]?["attributes"], shown)
        case .cartlink: readCartlink(parts, shown)
        case .vtexOrderForm: readOrderForm(parts, shown)
        }
    }

    private mutating func add(_ sum: Sum, _ amount: Int64?) {
        guard let amount else { return }
        // Platforms give a discount with or without its sign.
        sums.append((sum, sum == .discount && amount > 0 ? -amount : amount))
    }
}

// MARK: The formats

extension CartSummary {
    private mutating func readCartlink(_ cart: [String: JSONNode], _ lines: [[String: JSONNode]]) {
        name = cart["name"]?.string?.clipped
        currency = cart["currency"]?.string
        locale = cart["locale"]?.string
        items = lines.map(Item.init(cartlink:))
        let totals = cart["totals"]
        isIncomplete = totals?["incomplete"]?.bool ?? false
        for (sum, field) in [(Sum.items, "items"), (.discount, "discount"), (.shipping, "shipping"), (.tax, "tax"), (.grand, "grand")] {
            add(sum, totals?[field]?.integer)
        }
    }

    private mutating func readOrderForm(_ cart: [String: JSONNode], _ lines: [[String: JSONNode]]) {
        currency = cart["storePreferencesData"]?["currencyCode"]?.string
        locale = cart["clientPreferencesData"]?["locale"]?.string
        items = lines.map(Item.init(orderForm:))
        let totals = Dictionary(
            (cart["totalizers"]?.elements ?? []).map { ($0["id"]?.string ?? "", $0["value"]?.integer) },
            uniquingKeysWith: { first, _ in first }
        )
        for (sum, id) in [(Sum.items, "Items"), (.discount, "Discounts"), (.shipping, "Shipping"), (.tax, "Tax")] {
            add(sum, totals[id] ?? nil)
        }
        add(.grand, cart["value"]?.integer)
    }

    private mutating func readGlue(_ cart: JSONNode?, _ lines: [[String: JSONNode]]) {
        name = cart?["name"]?.string?.clipped
        currency = cart?["currency"]?.string
        items = lines.map(Item.init(glue:))
        let totals = cart?["totals"]
        // Glue's tax is contained in what it sums up, so it isn't listed.
        for (sum, field) in [(Sum.items, "subtotal"), (.discount, "discountTotal"), (.shipping, "shipmentTotal"), (.grand, "grandTotal")] {
            add(sum, totals?[field]?.integer)
        }
    }

    /// Of the resources that Glue includes, the lines of the cart.
    private static func glueItems(_ resources: [JSONNode]) -> [JSONNode] {
        let types = ["items", "guest-cart-items", "bundle-items"]
        return resources.filter { types.contains($0["type"]?.string ?? "") }.compactMap { $0["attributes"] }
    }
}

extension CartSummary.Item {
    private static let mostOptions = 20

    fileprivate init(cartlink item: [String: JSONNode]) {
        let options = item["options"]?.members ?? []
        self.init(name: item["name"]?.string, number: item["sku"]?.string, quantity: item["quantity"]?.plainNumber)
        unitPrice = item["unitPrice"]?.integer
        total = item["total"]?.integer
        image = item["image"]?.string
        self.options = options.prefix(Self.mostOptions)
            .compactMap { name, value in value.string.map { "\(name): \($0)".clipped } }.sorted()
    }

    /// Glue gives items no name: the SKU has to do.
    fileprivate init(glue item: [String: JSONNode]) {
        let quantity = item["quantity"]?.plainNumber ?? item["quantity"]?.string?.clipped
        self.init(name: item["name"]?.string, number: item["sku"]?.string, quantity: quantity)
        let prices = item["calculations"]
        unitPrice = prices?["unitPrice"]?.integer
        total = prices?["sumSubtotalAggregation"]?.integer ?? prices?["sumPrice"]?.integer
    }

    fileprivate init(orderForm item: [String: JSONNode]) {
        let variant = item["skuName"]?.string
        self.init(name: item["name"]?.string ?? variant, number: item["refId"]?.string, quantity: item["quantity"]?.plainNumber)
        unitPrice = item["sellingPrice"]?.integer
        total = item["priceDefinition"]?["total"]?.integer
        image = item["imageUrl"]?.string
        options = [variant?.clipped].compactMap { $0 }.filter { $0 != name }
    }

    private init(name: String?, number: String?, quantity: String?) {
        self.name = (name ?? number)?.clipped ?? "–"
        productName = name?.clipped
        self.number = name == nil || number == name ? nil : number?.clipped
        self.quantity = quantity ?? "–"
    }
}

extension String {
    /// At most 500 characters: a page is for reading.
    fileprivate var clipped: String { count > 500 ? prefix(500) + "…" : self }
}
