// SPDX-License-Identifier: Apache-2.0

import Redaction

/// What Glue answers: one resource or a collection, with what was included.
struct GlueDocument {
    let resources: [GlueResource]
    let isCollection: Bool
    /// The type that the address names: its links repeat the request's query.
    let requested: GlueType
    let query: GlueQuery
    /// `https://<host>/glue`.
    let base: String

    var text: [UInt8] {
        let data = resources.map { json($0) }
        let included = self.included.map { json($0) }
        let link = JSON.object([("self", .string("\(base)/\(requested.rawValue)\(query.suffix)"))])
        return JSON.object([
            ("data", isCollection ? .array(data) : data.first ?? .null),
            ("links", isCollection ? link : nil),
            ("included", included.isEmpty ? nil : .array(included)),
        ]).text
    }

    private func json(_ resource: GlueResource) -> JSON {
        resource.json(for: query, requested: requested, base: base)
    }

    /// Depth first, what belongs to a resource before the resource, each once.
    private var included: [GlueResource] {
        var known: Set<String> = []
        var all: [GlueResource] = []
        func collect(_ resource: GlueResource) {
            for related in resource.related.flatMap(\.resources) {
                collect(related)
                if known.insert("\(related.type.rawValue):\(related.id ?? "")").inserted { all.append(related) }
            }
        }
        for resource in resources { collect(resource) }
        return all
    }
}
