// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

/// Reads a cart that Glue answered with its lines and their articles.
enum GlueReading {
    /// - Parameter owner: where the owner is named, if the whole was asked for.
    static func reading(_ answer: UpstreamAnswer, of id: PlatformCartID, owner: OwnerMatch?) throws(SourceError) -> CartReading {
        if isGone(answer) { throw .gone }
        let object = try answer.document()
        let document = JSONNode(answer.body)
        let parts = document.parts
        guard parts["errors"].map({ $0.kind == .null }) ?? true else { throw .unavailable(cause: "answered errors with status 200") }
        guard let data = parts["data"], data["type"]?.string == "carts", data["id"]?.string == id.text,
            let dataObject = try? JSONObject(validating: data.bytes)
        else { throw .unavailable(cause: "answered another cart") }
        let included = try GlueIncluded(parts["included"])
        let attributes = data["attributes"]?.parts ?? [:]
        let text = object.text(setting: [("data", dataObject.text(setting: [("id", nil)])), ("included", included.text)])
        return CartReading(
            document: CartIDTraces([id.text]).removed(from: text, withMembers: "links"),
            lines: included.lines,
            sums: (attributes["totals"]?.members ?? []).map { ($0.name, $0.value.decimal?.text ?? "") },
            fingerprint: ["store": attributes["store"]?.scalarText].compactMapValues { $0 },
            ownerName: owner?.ownerName(in: document)
        )
    }

    static func isGone(_ answer: UpstreamAnswer) -> Bool {
        answer.status == 404 && errorCodes(answer).contains("101")
    }

    static func errorCodes(_ answer: UpstreamAnswer) -> [String] {
        (answer.node?["errors"]?.elements ?? []).compactMap { $0["code"]?.scalarText }
    }
}
