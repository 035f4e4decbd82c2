// SPDX-License-Identifier: Apache-2.0

import Foundation
import Redaction

/// A value inside a JSON document, looked into only where someone asks; what isn't there, or has another shape, is nil or empty.
struct JSONNode {
    let kind: JSONObject.Kind
    /// The value as it stands in the document.
    let bytes: [UInt8]

    init(_ document: [UInt8]) {
        self.init(kind: .object, bytes: document)
    }

    private init(kind: JSONObject.Kind, bytes: [UInt8]) {
        self.kind = kind
        self.bytes = bytes
    }

    /// The members by name, in the document's order.
    var members: [(name: String, value: JSONNode)] {
        guard kind == .object, let object = try? JSONObject(validating: bytes) else { return [] }
        return object.members.map { ($0.name, JSONNode(kind: $0.kind, bytes: object.bytes(of: $0))) }
    }

    var elements: [JSONNode] {
        guard kind == .array, let array = try? JSONArray(validating: bytes) else { return [] }
        return array.elements.map { JSONNode(kind: $0.kind, bytes: array.bytes(of: $0)) }
    }

    subscript(name: String) -> JSONNode? {
        guard kind == .object, let object = try? JSONObject(validating: bytes), let member = object[name] else { return nil }
        return JSONNode(kind: member.kind, bytes: object.bytes(of: member))
    }

    var string: String? {
        // Read as the one member of an object: the scanner decodes the text.
        guard kind == .string, let object = try? JSONObject(validating: Array(#"{"":"#.utf8) + bytes + [UInt8(ascii: "}")]) else {
            return nil
        }
        return object[""].flatMap { object.string(of: $0) }
    }

    var bool: Bool? {
        switch kind {
        case .true: true
        case .false: false
        case .string, .number, .object, .array, .null: nil
        }
    }

    /// A whole number that 64 bits hold, however it is written.
    var integer: Int64? {
        plainNumber.flatMap { Int64($0) }
    }

    /// The number without exponent or needless zeros, as a person writes it.
    var plainNumber: String? {
        guard kind == .number else { return nil }
        return Decimal(string: String(decoding: bytes, as: UTF8.self)).map { "\($0)" }
    }
}
