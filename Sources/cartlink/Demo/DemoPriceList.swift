// SPDX-License-Identifier: Apache-2.0

import CartlinkServer
import Foundation

/// What the demo's shop sells, and what a cart of it costs.
enum DemoPriceList {
    static let articles = [
        DemoArticle(sku: "KTL-17", name: "Kettle, 1.7 l, steel", price: 4990),
        DemoArticle(sku: "MUG-SET-6", name: "Mugs, set of six", price: 2950),
        DemoArticle(sku: "COF-1KG", name: "Coffee beans, 1 kg", price: 1690),
        DemoArticle(sku: "TEA-250", name: "Black tea, 250 g", price: 890),
        DemoArticle(sku: "GRD-40", name: "Coffee grinder, 40 mm", price: 8900),
        DemoArticle(sku: "TRY-BAM", name: "Tray, bamboo", price: 2400),
    ]

    private static let bySKU = Dictionary(uniqueKeysWithValues: articles.map { ($0.sku, $0) })
    private static let shipping: Int64 = 490
    /// From this sum on the discount is given.
    private static let discountFrom: Int64 = 10_000
    private static let discount: Int64 = -500
    private static let taxPercent: Int64 = 23

    /// The cart with names, prices and sums of this shop; nil if nothing in it waits for prices.
    ///
    /// Lines of articles that the shop doesn't sell go: it never makes public what somebody wrote into a line.
    static func priced(_ document: [UInt8]) -> [UInt8]? {
        guard
            var cart = try? JSONSerialization.jsonObject(with: Data(document)) as? [String: Any],
            let totals = cart["totals"] as? [String: Any], totals["incomplete"] as? Bool == true
        else { return nil }
        let lines = (cart["items"] as? [[String: Any]] ?? []).compactMap(priced)
        let sum = lines.reduce(0) { $0 + ($1["total"] as? Int64 ?? 0) }
        let discount = sum >= discountFrom ? discount : 0
        let net = sum + discount + (lines.isEmpty ? 0 : shipping)
        let tax = (net * taxPercent + 50) / 100
        cart["items"] = lines
        cart["totals"] = ["items": sum, "discount": discount, "shipping": lines.isEmpty ? 0 : shipping, "tax": tax, "grand": net + tax]
            .filter { $0.key == "items" || $0.key == "grand" || $0.value != 0 }
        return (try? JSONSerialization.data(withJSONObject: cart, options: [.sortedKeys])).map(Array.init)
    }

    private static func priced(_ line: [String: Any]) -> [String: Any]? {
        guard let article = (line["sku"] as? String).flatMap({ bySKU[$0] }), let quantity = line["quantity"] as? Int64 else { return nil }
        let (total, isTooMuch) = article.price.multipliedReportingOverflow(by: quantity)
        guard !isTooMuch, total < Int64.max / 10_000 else { return nil }
        var priced = line
        priced["name"] = article.name
        priced["unitPrice"] = article.price
        priced["total"] = total
        return priced
    }
}
