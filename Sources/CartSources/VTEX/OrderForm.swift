// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

/// Reads an orderForm that VTEX answered.
enum OrderForm {
    /// - Parameter owner: where the owner is named, if the whole was asked for.
    static func reading(_ answer: UpstreamAnswer, of id: OrderFormID, owner: OwnerMatch?) throws(SourceError) -> CartReading {
        if answer.status == 400, errorCode(answer) == "ORD002" { throw .gone }
        let object = try answer.document()
        let document = JSONNode(answer.body)
        let cart = document.parts
        if let error = cart["error"], error.kind != .null { throw .unavailable(cause: "answered an error with status 200") }
        guard let answered = cart["orderFormId"]?.string.flatMap(OrderFormID.init), answered == id else {
            throw .unavailable(cause: "answered another cart")
        }
        let (items, lines) = try lines(cart["items"], of: id)
        let masks = OrderFormMasks(cart)
        let text = object.text(setting: [("orderFormId", nil), ("items", items)] + masks.changes)
        return CartReading(
            document: CartIDTraces(id.spellings).removed(from: text),
            lines: lines,
            sums: sums(cart),
            fingerprint: fingerprint(cart),
            ownerName: owner?.ownerName(in: document),
            isMasked: masks.isMasked
        )
    }

    /// What VTEX says went wrong; its texts echo what people typed.
    static func errorCode(_ answer: UpstreamAnswer) -> String? {
        answer.node?["error"]?["code"]?.string
    }

    private static func lines(_ items: JSONNode?, of id: OrderFormID) throws(SourceError) -> ([UInt8], [SourceLine]) {
        guard let items, let array = try? JSONArray(validating: items.bytes) else {
            throw .unavailable(cause: "answered a cart without items")
        }
        var names = LineNames(cart: id.digits)
        var lines: [SourceLine] = []
        var splice = JSONSplice(array)
        for (index, item) in items.elements.enumerated() {
            guard let object = try? JSONObject(validating: item.bytes) else {
                throw .unavailable(cause: "answered a line that is no object")
            }
            let line = SourceLine(orderForm: item.parts, names: &names)
            lines.append(line)
            splice.replace(index, by: object.text(setting: [("lineId", JSON.string(line.id).text)]))
        }
        return (splice.text, lines)
    }

    private static func sums(_ cart: [String: JSONNode]) -> [(name: String, amount: String)] {
        let totalizers = (cart["totalizers"]?.elements ?? []).map { sum in
            (name: sum["id"]?.scalarText ?? "", amount: sum["value"]?.decimal?.text ?? "")
        }
        return totalizers + [(name: "", amount: cart["value"]?.decimal?.text ?? "")]
    }

    /// VTEX gives the id of a cart that is three months old to a new one.
    private static func fingerprint(_ cart: [String: JSONNode]) -> [String: String] {
        [
            "channel": cart["salesChannel"]?.scalarText,
            "currency": cart["storePreferencesData"]?["currencyCode"]?.scalarText,
            "user": cart["userProfileId"]?.scalarText,
        ].compactMapValues { $0 }
    }
}
