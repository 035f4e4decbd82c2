// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

/// What is sent to Glue.
enum GlueCalls {
    static func reading(_ id: PlatformCartID) -> UpstreamRequest {
        request(.get, id, include: "items,concrete-products")
    }

    /// An edit, and what has to be true of the lines after it.
    static func edit(
        _ edit: ItemEdit,
        of id: PlatformCartID,
        _ lines: [SourceLine]
    ) throws(SourceError) -> (UpstreamRequest, EditCheck.Wish) {
        switch edit {
        case .add(let item):
            let sku = item.sku.text
            let pieces = lines.lazy.filter { $0.sku == sku }.compactMap(\.pieces).max() ?? 0
            // Glue adds to what is there.
            guard Quantity(max(0, min(pieces, Quantity.limit)) + item.quantity.value) != nil else {
                throw .notExpressible(field: "quantity")
            }
            let attributes: [(String, JSON?)] = [("sku", .string(sku)), ("quantity", .number(item.quantity.value))]
            return (
                request(.post, id, "/items", include: "items", attributes: attributes), .more(sku: sku, seller: "", item.quantity.value)
            )
        case .setQuantity(let line, let quantity):
            let place = try place(of: line, lines)
            return (request(.patch, id, place, attributes: [("quantity", .number(quantity.value))]), .quantity(id: line, quantity.value))
        case .remove(let line):
            return (request(.delete, id, try place(of: line, lines)), .gone(id: line))
        }
    }

    private static func place(of line: String, _ lines: [SourceLine]) throws(SourceError) -> String {
        guard lines.contains(where: { $0.id == line }), let segment = PathSegment.encoded(line) else { throw .noSuchItem }
        return "/items/" + segment
    }

    private static func request(
        _ method: UpstreamRequest.Method,
        _ id: PlatformCartID,
        _ place: String = "",
        include: String? = nil,
        attributes: [(String, JSON?)]? = nil
    ) -> UpstreamRequest {
        let mediaType = "application/vnd.api+json"
        let body = attributes.map { JSON.object([("data", .object([("type", .string("items")), ("attributes", .object($0))]))]).text }
        return UpstreamRequest(
            method,
            path: "/carts/" + PathSegment.percentEncoded(id.text) + place,
            query: include.map { [("include", $0)] } ?? [],
            headers: [("accept", mediaType)] + (body == nil ? [] : [("content-type", mediaType)]),
            body: body,
            isIdempotent: method == .get
        )
    }
}
