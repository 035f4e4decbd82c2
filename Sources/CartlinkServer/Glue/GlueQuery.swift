// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What a request's query asks for: `include=a,b` and `fields[type]=a,b`. Other parameters are ignored, as in Glue.
struct GlueQuery {
    /// The query as it came, with its question mark; empty where there is none.
    let suffix: String
    private var included: Set<String> = []
    private var fields: [String: Set<String>] = [:]

    init(_ query: String?) {
        let text = query ?? ""
        suffix = text.isEmpty ? "" : "?\(text)"
        for parameter in text.split(separator: "&") {
            let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            // A text that can't be decoded names nothing that is known here.
            guard let name = String(parts[0]).removingPercentEncoding,
                let value = (parts.count > 1 ? String(parts[1]) : "").removingPercentEncoding
            else { continue }
            let names = Set(value.split(separator: ",").map(String.init))
            // Of a parameter that is given twice, the last counts. Glue trims the whole value here, and no name in it.
            if name == "include" { included = Set(value.trimmingCharacters(in: .whitespaces).split(separator: ",").map(String.init)) }
            if name.hasPrefix("fields["), name.hasSuffix("]") { fields[String(name.dropFirst("fields[".count).dropLast())] = names }
        }
    }

    func includes(_ type: GlueType) -> Bool {
        included.contains(type.rawValue)
    }

    /// Whether an attribute is wanted: all are, unless `fields` names some of its type.
    func shows(_ attribute: String, of type: GlueType) -> Bool {
        fields[type.rawValue].map { $0.contains(attribute) } ?? true
    }
}
