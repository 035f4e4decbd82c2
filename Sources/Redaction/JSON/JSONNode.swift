// SPDX-License-Identifier: Apache-2.0

/// A value inside a JSON document, looked into only where someone asks; what isn't there, or has another shape, is nil or empty.
package struct JSONNode {
    package let kind: JSONObject.Kind
    /// The value as it stands in the document.
    package let bytes: [UInt8]

    package init(_ document: [UInt8]) {
        self.init(kind: .object, bytes: document)
    }

    private init(kind: JSONObject.Kind, bytes: [UInt8]) {
        self.kind = kind
        self.bytes = bytes
    }

    /// The members by name, in the document's order.
    package var members: [(name: String, value: JSONNode)] {
        guard kind == .object, let object = try? JSONObject(validating: bytes) else { return [] }
        return object.members.map { ($0.name, JSONNode(kind: $0.kind, bytes: object.bytes(of: $0))) }
    }

    /// The members, for more than one look-up; the first of a name counts.
    package var parts: [String: JSONNode] {
        Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    package var elements: [JSONNode] {
        guard kind == .array, let array = try? JSONArray(validating: bytes) else { return [] }
        return array.elements.map { JSONNode(kind: $0.kind, bytes: array.bytes(of: $0)) }
    }

    package subscript(name: String) -> JSONNode? {
        guard kind == .object, let object = try? JSONObject(validating: bytes), let member = object[name] else { return nil }
        return JSONNode(kind: member.kind, bytes: object.bytes(of: member))
    }

    package var string: String? {
        // Read as the one member of an object: the scanner decodes the text.
        guard kind == .string, let object = try? JSONObject(validating: Array(#"{"":"#.utf8) + bytes + [UInt8(ascii: "}")]) else {
            return nil
        }
        return object[""].flatMap { object.string(of: $0) }
    }

    package var bool: Bool? {
        switch kind {
        case .true: true
        case .false: false
        case .string, .number, .object, .array, .null: nil
        }
    }
}
