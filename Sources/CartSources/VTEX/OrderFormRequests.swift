// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

/// What is sent to VTEX. `disableAutoCompletion` keeps it from loading the profile of whoever asks into the cart.
struct OrderFormRequests: Sendable {
    let settings: VTEXSettings

    /// What people other than the owner may see by the policy; without these names VTEX answers everything.
    private static let sections = ["items", "totalizers", "sellers", "storePreferencesData", "clientPreferencesData"]

    func reading(_ id: OrderFormID, _ part: CartPart) -> UpstreamRequest {
        switch part {
        case .shared where !settings.drawsMasks:
            request(.post, id, query: [("refreshOutdatedData", "false")], body: [("expectedOrderFormSections", Self.sectionNames)])
        case .shared, .whole:
            request(.get, id, body: nil)
        }
    }

    /// Sets the quantity of the line at an index, so that sending it twice changes nothing more; 0 removes the line.
    func update(_ id: OrderFormID, index: Int, quantity: Int64) -> UpstreamRequest {
        edit(id, "/items/update", [("index", .number(Int64(index))), ("quantity", .number(quantity))])
    }

    func add(_ id: OrderFormID, sku: String, seller: String, quantity: Int64) -> UpstreamRequest {
        edit(id, "/items", [("id", .string(sku)), ("quantity", .number(quantity)), ("seller", .string(seller))])
    }

    private func edit(_ id: OrderFormID, _ place: String, _ item: [(String, JSON?)]) -> UpstreamRequest {
        request(
            .post,
            id,
            place,
            body: [("orderItems", .array([.object(item)])), ("expectedOrderFormSections", Self.sectionNames)],
            isIdempotent: false
        )
    }

    private static var sectionNames: JSON { .array(sections.map { .string($0) }) }

    private func request(
        _ method: UpstreamRequest.Method,
        _ id: OrderFormID,
        _ place: String = "",
        query: [(String, String)] = [],
        body: [(String, JSON?)]?,
        isIdempotent: Bool = true
    ) -> UpstreamRequest {
        let channel = settings.salesChannel.map { [("sc", $0)] } ?? []
        return UpstreamRequest(
            method,
            path: "/api/checkout/pub/orderForm/" + PathSegment.percentEncoded(id.text) + place,
            query: [("disableAutoCompletion", "true")] + query + channel,
            headers: [("accept", "application/json")] + (body == nil ? [] : [("content-type", "application/json")]),
            body: body.map { JSON.object($0).text },
            isIdempotent: isIdempotent
        )
    }
}
