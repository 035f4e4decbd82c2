// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

/// Checks the frame of a cart of the `cartlink` format: `items` are objects whose ids, where they have one, differ.
///
/// The shop vouches for the rest: sums aren't checked, and a value of another type than documented is dropped by the projections.
struct CartlinkForm {
    private(set) var faults: [InputFault] = []
    /// The cart's own name; the shop's customers gave it.
    private(set) var name: String?

    init(_ document: [UInt8]) {
        for (member, value) in JSONNode(document).members {
            switch member {
            case "name":
                name = value.string
                // PostgreSQL can't hold it, and no name needs it.
                if name?.unicodeScalars.contains("\0") ?? false { add(.form, "name") }
            case "totals": expect(.object, value, "totals")
            case "items": checkItems(value)
            default: break
            }
        }
    }

    private mutating func checkItems(_ items: JSONNode) {
        guard expect(.array, items, "items") else { return }
        var ids: Set<String> = []
        for (index, item) in items.elements.enumerated() {
            guard expect(.object, item, "items/\(index)"), let id = item["id"] else { continue }
            guard expect(.string, id, "items/\(index)/id"), let text = id.string else { continue }
            if !ids.insert(text).inserted { add(.repeated, "items/\(index)/id") }
        }
    }

    @discardableResult
    private mutating func expect(_ kind: JSONObject.Kind, _ value: JSONNode, _ path: String) -> Bool {
        if value.kind == kind { return true }
        add(.type, path)
        return false
    }

    private mutating func add(_ reason: InputFault.Reason, _ path: String) {
        // A large cart that is wrong in every line gets an answer of bounded size.
        if faults.count < 50 { faults.append(InputFault("/cart/\(path)", reason)) }
    }
}
