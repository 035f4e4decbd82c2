// SPDX-License-Identifier: Apache-2.0

import Redaction

/// Takes values out of a JSON document, wherever they stand in it; what stays keeps its bytes.
struct JSONPruning {
    /// Whether something among these bytes may have to go: spares a look into everything else.
    let concerns: ([UInt8]) -> Bool
    var removesMember: (String) -> Bool = { _ in false }
    /// For texts and numbers.
    let removesText: (String) -> Bool

    /// What is left of the value; nil where it has to go itself.
    func rest(of node: JSONNode) -> [UInt8]? {
        guard concerns(node.bytes) else { return node.bytes }
        switch node.kind {
        case .object: return rest(ofObject: node)
        case .array: return rest(ofArray: node)
        case .string, .number: return node.scalarText.map(removesText) ?? false ? nil : node.bytes
        case .null, .true, .false: return node.bytes
        }
    }

    private func rest(ofObject node: JSONNode) -> [UInt8]? {
        guard let object = try? JSONObject(validating: node.bytes) else { return nil }
        var splice = JSONSplice(object)
        for (index, (name, value)) in node.members.enumerated() {
            change(&splice, index, value.bytes, to: removesMember(name) || removesText(name) ? nil : rest(of: value))
        }
        return splice.text
    }

    private func rest(ofArray node: JSONNode) -> [UInt8]? {
        guard let array = try? JSONArray(validating: node.bytes) else { return nil }
        var splice = JSONSplice(array)
        for (index, value) in node.elements.enumerated() {
            change(&splice, index, value.bytes, to: rest(of: value))
        }
        return splice.text
    }

    private func change(_ splice: inout JSONSplice, _ index: Int, _ old: [UInt8], to new: [UInt8]?) {
        guard let new else { return splice.remove(index) }
        if new != old { splice.replace(index, by: new) }
    }
}
