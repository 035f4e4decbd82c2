// SPDX-License-Identifier: Apache-2.0

import Redaction

/// The attributes of a posted resource, with all that is wrong with them. Attributes nobody asks for are ignored.
struct GlueAttributes {
    private let values: [String: JSONNode]
    private var violations: [GlueError] = []

    /// Reads `{"data": {"type": …, "attributes": {…}}}`.
    ///
    /// A body that is no such document has no attributes; the type is looked at only in one that is.
    init(body: [UInt8], of type: GlueType) throws(GlueRefusal) {
        guard let root = try? JSONObject(validating: body), root["data"] != nil else { throw GlueRefusal(.postDataInvalid) }
        guard let data = JSONNode(body)["data"], let named = data["type"], named.kind != .null,
            let attributes = data["attributes"], attributes.isGlueObject
        else { throw GlueRefusal(.postDataInvalid) }
        guard named.string == type.rawValue else { throw GlueRefusal(.invalidType) }
        values = Dictionary(attributes.members.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// A required attribute; nil where it is missing or blank.
    mutating func value(_ name: String) -> JSONNode? {
        guard let value = values[name] else {
            add(name, "This field is missing.")
            return nil
        }
        guard !value.isBlank else {
            add(name, "This value should not be blank.")
            return nil
        }
        return value
    }

    mutating func text(_ name: String) -> String? {
        guard let value = value(name) else { return nil }
        guard let text = value.string else {
            add(name, "This value should be of type string.")
            return nil
        }
        return text
    }

    /// An attribute as it was sent.
    subscript(name: String) -> JSONNode? { values[name] }

    mutating func add(_ name: String, _ text: String) {
        violations.append(.violation(name, text))
    }

    /// All violations at once, for where a value that was asked for is missing.
    var refusal: GlueRefusal {
        GlueRefusal(violations) ?? GlueRefusal(.postDataInvalid)
    }
}

extension JSONNode {
    /// An object; Glue takes an empty list for one without names.
    fileprivate var isGlueObject: Bool {
        kind == .object || kind == .array && elements.isEmpty
    }

    /// What the validator that Glue uses counts as blank.
    fileprivate var isBlank: Bool {
        switch kind {
        case .null, .false: true
        case .string: string?.isEmpty ?? true
        case .array: elements.isEmpty
        case .object: members.isEmpty
        case .number, .true: false
        }
    }
}
