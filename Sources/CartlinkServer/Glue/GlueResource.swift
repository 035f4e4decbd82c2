// SPDX-License-Identifier: Apache-2.0

import Redaction

/// A resource of JSON:API 1.0 with the resources it is related to.
struct GlueResource {
    let type: GlueType
    let id: String?
    let attributes: [(name: String, value: JSON)]
    /// Where it is found, below `/glue/`.
    private let path: String
    /// Glue makes most links of type and id, and repeats the request's query in those of the address's own type.
    private let repeatsQuery: Bool
    /// In the order in which Glue lists them; only what the request asked for, and never an empty list.
    private(set) var related: [(type: GlueType, resources: [GlueResource])] = []

    init(_ type: GlueType, id: String?, path: String? = nil, attributes: [(name: String, value: JSON)]) {
        self.type = type
        self.id = id
        self.attributes = attributes
        repeatsQuery = path == nil
        self.path = path ?? ([type.rawValue] + (id.map { [$0] } ?? [])).joined(separator: "/")
    }

    mutating func relate(_ type: GlueType, _ resources: [GlueResource]) {
        if !resources.isEmpty { related.append((type, resources)) }
    }

    /// `{type, id}`.
    private var linkage: JSON {
        .object([("type", .string(type.rawValue)), ("id", .string(id ?? ""))])
    }

    func json(for query: GlueQuery, requested: GlueType, base: String) -> JSON {
        let shown = attributes.filter { query.shows($0.name, of: type) }
        let relationships = related.map { relation in
            (relation.type.rawValue, JSON.object([("data", .array(relation.resources.map(\.linkage)))]) as JSON?)
        }
        let suffix = repeatsQuery && type == requested ? query.suffix : ""
        return .object([
            ("type", .string(type.rawValue)),
            ("id", id.map(JSON.string) ?? .null),
            ("attributes", .object(shown.map { ($0.name, $0.value) })),
            ("links", .object([("self", .string("\(base)/\(path)\(suffix)"))])),
            ("relationships", relationships.isEmpty ? nil : .object(relationships)),
        ])
    }
}
