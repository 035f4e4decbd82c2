// SPDX-License-Identifier: Apache-2.0

import Foundation
import Redaction

/// What the demo's shop says in one language: a file `demo.<language>.json`, for the page and its script.
struct DemoTexts: Sendable {
    let language: String
    let texts: [String: String]

    private init(_ language: String, _ file: [UInt8]) throws {
        self.language = language
        texts = try JSONDecoder().decode([String: String].self, from: Data(file))
    }

    /// The first is spoken where nobody asks for a language that is there.
    static func all() throws -> [DemoTexts] {
        [try DemoTexts("en", PackageResources.demo_en_json), try DemoTexts("es", PackageResources.demo_es_json)]
    }

    subscript(key: String) -> String { texts[key] ?? key }

    /// For the script, in an attribute.
    var json: String {
        String(decoding: JSON.object(texts.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }).text, as: UTF8.self)
    }
}

extension [DemoTexts] {
    /// The texts in the language that a header `Accept-Language` asks for, and the language with its region.
    func preferred(_ header: String?) -> (texts: DemoTexts, locale: String) {
        for wish in LanguageTag.ranked(header) {
            if let texts = first(where: { $0.language == wish.language }) { return (texts, wish.text) }
        }
        return (self[0], self[0].language)
    }
}
