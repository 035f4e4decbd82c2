// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

/// A backend's cart in the `cartlink` format.
struct MappedCart {
    private let mapping: CartMapping
    private let cart: JSONNode
    private let units: MinorUnits

    init(_ cart: JSONNode, _ mapping: CartMapping, _ money: HTTPCartSettings.Money) {
        self.cart = cart
        self.mapping = mapping
        units = MinorUnits(money, currency: mapping.fields[.currency]?.node(in: cart)?.string)
    }

    func document() throws(SourceError) -> [UInt8] {
        let items = JSON.array(try lines().map(item))
        return JSON.object([
            ("name", text(.name)), ("currency", text(.currency)), ("locale", text(.locale)), ("items", items), ("totals", totals),
            ("customer", object(.customer)), ("shippingAddress", object(.shippingAddress)), ("billingAddress", object(.billingAddress)),
            ("coupons", node(.coupons).map { .bytes($0.bytes) }), ("note", text(.note)),
        ]).text
    }

    /// An empty cart may have none at all; a wrong path must not look like one.
    private func lines() throws(SourceError) -> [JSONNode] {
        guard let holder = MemberPath(parentOf: mapping.lines).node(in: cart), let name = mapping.lines.names.last else {
            throw .unavailable(cause: "answered a cart without lines")
        }
        guard let lines = holder[name] else { throw .unavailable(cause: "answered a cart without lines") }
        switch lines.kind {
        case .array: return lines.elements
        case .null: return []
        case .object, .string, .number, .true, .false: throw .unavailable(cause: "answered a cart with lines in another shape")
        }
    }

    private func item(_ line: JSONNode) -> JSON {
        func node(_ field: CartMapping.LineField) -> JSONNode? { mapping.lineFields[field]?.node(in: line) }
        func text(_ field: CartMapping.LineField) -> JSON? { node(field)?.scalarText.map { .string($0) } }
        func amount(_ field: CartMapping.LineField) -> JSON? { units.amount(node(field)?.decimal).map { .number($0) } }
        return .object([
            ("id", text(.id)), ("sku", text(.sku)), ("name", text(.name)),
            ("quantity", node(.quantity)?.decimal.map { .bytes(Array($0.text.utf8)) }),
            ("unitPrice", amount(.unitPrice)), ("total", amount(.total)), ("image", text(.image)), ("url", text(.url)),
        ])
    }

    private var totals: JSON {
        let sums: [(String, CartMapping.Field)] = [
            ("items", .itemsTotal), ("discount", .discount), ("shipping", .shipping), ("tax", .tax), ("grand", .grandTotal),
        ]
        return .object(sums.map { name, field in (name, units.amount(node(field)?.decimal).map { .number($0) }) })
    }

    private func node(_ field: CartMapping.Field) -> JSONNode? {
        mapping.fields[field]?.node(in: cart)
    }

    private func text(_ field: CartMapping.Field) -> JSON? {
        node(field)?.scalarText.map { .string($0) }
    }

    private func object(_ field: CartMapping.Field) -> JSON? {
        node(field).flatMap { $0.kind == .object ? .bytes($0.bytes) : nil }
    }
}
