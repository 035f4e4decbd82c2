// SPDX-License-Identifier: Apache-2.0

/// The tags of a page's head, read as a network's robot reads them: from the first bytes of the page, without a script.
struct CardHead {
    /// By `property` or `name`; the first one of a name counts. The title is called `title`.
    let tags: [String: String]

    init(_ page: [UInt8], window: Int = .max) {
        let text = String(decoding: page.prefix(window), as: UTF8.self)
        var tags: [String: String] = [:]
        if let title = text.firstMatch(of: /<title>([^<]*)<\/title>/.matchingSemantics(.unicodeScalar)) {
            tags["title"] = Self.plain(title.output.1)
        }
        for meta in text.matches(of: /<meta\s([^>]*)>/.matchingSemantics(.unicodeScalar)) {
            var attributes: [String: String] = [:]
            for attribute in meta.output.1.matches(of: /([A-Za-z:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/.matchingSemantics(.unicodeScalar)) {
                attributes[attribute.output.1.lowercased()] = Self.plain(attribute.output.2 ?? attribute.output.3 ?? "")
            }
            guard let name = attributes["property"] ?? attributes["name"], let content = attributes["content"] else { continue }
            if tags[name] == nil { tags[name] = content }
        }
        self.tags = tags
    }

    /// What every network's card needs, in the smallest window that we promise.
    static let needed = [
        "title", "description", "og:title", "og:description", "og:url", "og:site_name", "og:type", "og:image", "twitter:card",
    ]
    static let promisedWindow = 16_384

    /// The needed tags that are missing or empty.
    var missing: [String] {
        Self.needed.filter { tags[$0]?.isEmpty ?? true }
    }

    /// The references that we write. A mark may follow one, so they are looked for among code points, not characters.
    private static func plain(_ text: Substring) -> String {
        let references: [String: String] = ["&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'", "&amp;": "&"]
        let reference = /&[a-z0-9#]+;/.matchingSemantics(.unicodeScalar)
        return String(text).replacing(reference) { match in references[String(match.output)] ?? String(match.output) }
    }
}
