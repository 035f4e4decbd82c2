// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

/// The resources that Glue answers beside a cart: its lines, and the articles that lend them their names.
struct GlueIncluded {
    /// Nil where there were none.
    let text: [UInt8]?
    let lines: [SourceLine]

    init(_ included: JSONNode?) throws(SourceError) {
        guard let included else {
            text = nil
            lines = []
            return
        }
        guard let array = try? JSONArray(validating: included.bytes) else { throw .unavailable(cause: "answered lines in another shape") }
        let resources = included.elements.map(\.parts)
        let names = Self.names(resources)
        var splice = JSONSplice(array)
        var lines: [SourceLine] = []
        for (index, (resource, parts)) in zip(included.elements, resources).enumerated() where Self.isLine(parts) {
            let attributes = parts["attributes"]?.parts ?? [:]
            guard let line = SourceLine(glue: parts, attributes) else { throw .unavailable(cause: "answered a line without an id") }
            lines.append(line)
            if attributes["name"]?.scalarText == nil, let name = names[line.sku] {
                splice.replace(index, by: Self.named(name, resource))
            }
        }
        text = splice.text
        self.lines = lines
    }

    private static func isLine(_ resource: [String: JSONNode]) -> Bool {
        ["items", "guest-cart-items", "bundle-items"].contains(resource["type"]?.string)
    }

    /// The articles' names by SKU.
    private static func names(_ resources: [[String: JSONNode]]) -> [String: String] {
        let articles = resources.filter { $0["type"]?.string == "concrete-products" }.compactMap { $0["attributes"]?.parts }
        let named = articles.compactMap { article in
            article["sku"]?.scalarText.flatMap { sku in article["name"]?.scalarText.map { (sku, $0) } }
        }
        return Dictionary(named, uniquingKeysWith: { first, _ in first })
    }

    private static func named(_ name: String, _ resource: JSONNode) -> [UInt8] {
        guard let object = try? JSONObject(validating: resource.bytes), let attributes = resource["attributes"],
            let inner = try? JSONObject(validating: attributes.bytes)
        else { return resource.bytes }
        return object.text(setting: [("attributes", inner.text(setting: [("name", JSON.string(name).text)]))])
    }
}

extension SourceLine {
    /// A line of a Glue cart. What tells lines of one article apart, such as options, is in its group key.
    init?(glue resource: [String: JSONNode], _ attributes: [String: JSONNode]) {
        guard let id = attributes["groupKey"]?.scalarText ?? resource["id"]?.scalarText else { return nil }
        self.init(id: id)
        sku = attributes["sku"]?.scalarText ?? ""
        quantity = attributes["quantity"]?.decimal?.text ?? ""
        let prices = attributes["calculations"]?.parts ?? [:]
        unitPrice = prices["unitPrice"]?.decimal?.text ?? ""
        total = (prices["sumSubtotalAggregation"]?.decimal ?? prices["sumPrice"]?.decimal)?.text ?? ""
        followsOthers = resource["type"]?.string == "bundle-items"
    }
}
