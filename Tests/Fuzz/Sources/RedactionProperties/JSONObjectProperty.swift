// SPDX-License-Identifier: Apache-2.0

import Redaction

/// The two readers for request bodies accept what the reference accepts, and find the same parts.
enum JSONObjectProperty {
    static func check(_ document: [UInt8], _ tree: JSONTree?) throws(Violation) {
        try checkObject(document, tree)
        try checkArray(document, tree)
    }

    private static func checkObject(_ document: [UInt8], _ tree: JSONTree?) throws(Violation) {
        let object: JSONObject
        do throws(JSONFault) {
            object = try JSONObject(validating: document)
        } catch {
            try expect((0...document.count).contains(error.offset), "a fault lies in the document", "\(error)")
            return try expect(tree?.isObject != true, "JSONObject accepts a strict JSON object", "\(error)")
        }
        guard case .object(let members) = tree?.content else { throw Violation("what JSONObject accepts is a strict JSON object") }
        try expect(object.members.map { Array($0.name.utf8) } == members.map(\.name), "JSONObject finds the members")
        try expect(object.members.map(\.range) == members.map(\.value.range), "JSONObject finds the values")
        for (member, expected) in zip(object.members, members) {
            let text = object.string(of: member).map { Array($0.utf8) }
            if case .string(let decoded) = expected.value.content {
                try expect(text == decoded, "JSONObject decodes texts", shown(decoded))
            } else {
                try expect(text == nil, "JSONObject knows texts from other values")
            }
        }
    }

    private static func checkArray(_ document: [UInt8], _ tree: JSONTree?) throws(Violation) {
        let array: JSONArray
        do throws(JSONFault) {
            array = try JSONArray(validating: document)
        } catch {
            guard case .array = tree?.content else { return }
            throw Violation("JSONArray accepts a strict JSON array", ("fault", "\(error)"))
        }
        guard case .array(let elements) = tree?.content else { throw Violation("what JSONArray accepts is a strict JSON array") }
        try expect(array.elements.map(\.range) == elements.map(\.range), "JSONArray finds the elements")
    }
}
