// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

/// Makes a cart in the `cartlink` format ready: without the backend's id of it, and with an id on each line.
struct CartlinkReading {
    let document: [UInt8]
    let lines: [SourceLine]
    let sums: [(name: String, amount: String)]

    /// - Parameter idPath: where the cart's id may be.
    init(_ cart: [UInt8], of id: PlatformCartID, idPath: MemberPath?) throws(SourceError) {
        guard let object = try? JSONObject(validating: Self.without(idPath?.names[...] ?? [], cart)) else {
            throw .unavailable(cause: "answered a cart that is no JSON object, or one that is too large or too deep")
        }
        let cart = JSONNode(object.bytes).parts
        guard let items = cart["items"], let array = try? JSONArray(validating: items.bytes) else {
            throw .unavailable(cause: "answered a cart without lines")
        }
        // A short part of an id may be any word.
        let idParts = id.text.split(separator: "~").map(String.init).filter { $0.utf8.count >= CartIDTraces.tellingLength }
        let traces = CartIDTraces([id.text] + idParts)
        var names = LineNames(cart: id.text)
        var taken: Set<String> = []
        var lines: [SourceLine] = []
        var splice = JSONSplice(array)
        for (index, item) in items.elements.enumerated() {
            guard let itemObject = try? JSONObject(validating: item.bytes) else {
                throw .unavailable(cause: "answered a line that is no object")
            }
            let fields = item.parts
            let own = fields["id"]?.scalarText.flatMap { traces.areIn($0) ? nil : $0 }
            let isOwn = own.map { taken.insert($0).inserted } ?? false
            let line = SourceLine(
                cartlink: fields,
                id: isOwn ? own ?? "" : names.name(["line", own ?? "", fields["sku"]?.scalarText ?? ""])
            )
            lines.append(line)
            if !isOwn || fields["id"]?.kind != .string {
                splice.replace(index, by: itemObject.text(setting: [("id", JSON.string(line.id).text)]))
            }
        }
        self.lines = lines
        sums = (cart["totals"]?.members ?? []).map { ($0.name, $0.value.decimal?.text ?? "") }
        document = traces.removed(from: object.text(setting: [("items", splice.text)]))
    }

    /// The object without what stands at the path, whatever it is.
    private static func without(_ path: ArraySlice<String>, _ bytes: [UInt8]) -> [UInt8] {
        guard let name = path.first, let object = try? JSONObject(validating: bytes), let member = object[name] else { return bytes }
        let rest = path.count == 1 ? nil : without(path.dropFirst(), object.bytes(of: member))
        return object.text(setting: [(name, rest)])
    }
}

extension SourceLine {
    init(cartlink item: [String: JSONNode], id: String) {
        self.init(id: id)
        sku = item["sku"]?.scalarText ?? ""
        quantity = item["quantity"]?.decimal?.text ?? ""
        unitPrice = item["unitPrice"]?.decimal?.text ?? ""
        total = item["total"]?.decimal?.text ?? ""
    }
}
