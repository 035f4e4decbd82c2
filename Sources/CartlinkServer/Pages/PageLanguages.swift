// SPDX-License-Identifier: Apache-2.0

import Foundation
import Redaction

/// The languages that the pages speak, and which of them a reader gets.
struct PageLanguages: Sendable {
    private let texts: [String: PageTexts]

    /// Spoken where nobody asks for a language that the pages know.
    private static let fallback = "en"

    /// Takes the built-in texts, and a shop's files `texts.<language>.json` in their place or beside them.
    init(replacing own: [String: String] = [:]) throws(TemplateFault) {
        var files = Self.builtIn
        for (file, text) in own {
            let parts = file.split(separator: ".")
            if parts.count == 3, parts[0] == "texts", parts[2] == "json" { files[String(parts[1])] = Array(text.utf8) }
        }
        var texts: [String: PageTexts] = [:]
        for (language, bytes) in files {
            if let own = try? JSONDecoder().decode([String: String].self, from: Data(bytes)), let empty = own.first(where: \.value.isEmpty)
            {
                throw TemplateFault(file: "texts.\(language).json", reason: "has nothing for \(empty.key)")
            }
            do {
                texts[language] = try JSONDecoder().decode(PageTexts.self, from: Data(bytes))
            } catch DecodingError.keyNotFound(let key, _) {
                throw TemplateFault(file: "texts.\(language).json", reason: "lacks \(key.stringValue)")
            } catch {
                throw TemplateFault(file: "texts.\(language).json", reason: "must be a JSON object of texts")
            }
        }
        self.texts = texts
    }

    var all: [PageLanguage] {
        texts.map { PageLanguage(language: $0.key, locale: $0.key, texts: $0.value) }.sorted { $0.language < $1.language }
    }

    static let builtIn: [String: [UInt8]] = [
        "de": PackageResources.texts_de_json, "en": PackageResources.texts_en_json, "es": PackageResources.texts_es_json,
        "fr": PackageResources.texts_fr_json, "pt": PackageResources.texts_pt_json,
    ]

    /// The first language of `Accept-Language` that the pages speak, else the cart's, else English; amounts and dates follow the
    /// region that came with it.
    func preferred(_ header: String?, cartLocale: String? = nil) -> PageLanguage {
        for wishes in [LanguageTag.ranked(header), [cartLocale, Self.fallback].compactMap { $0.flatMap(LanguageTag.init) }] {
            if let language = first(of: wishes) { return language }
        }
        preconditionFailure("the pages speak English")
    }

    /// The language and region that a reader asks for and gets; nil where the cart's own decides.
    func wished(_ header: String?) -> String? { first(of: LanguageTag.ranked(header))?.locale }

    private func first(of wishes: [LanguageTag]) -> PageLanguage? {
        for wish in wishes {
            if let texts = texts[wish.language] { return PageLanguage(language: wish.language, locale: wish.text, texts: texts) }
        }
        return nil
    }
}

/// The language of one page.
struct PageLanguage: Sendable {
    /// As in `<html lang>`.
    let language: String
    /// With the region, for amounts and dates.
    let locale: String
    let texts: PageTexts
}

/// A language with its region, such as `de-AT` (RFC 5646, its first parts).
struct LanguageTag: Hashable {
    let language: String
    let region: String?

    init?(_ text: some StringProtocol) {
        let parts = text.split(whereSeparator: { $0 == "-" || $0 == "_" })
        guard let language = parts.first, (2...3).contains(language.count), language.allSatisfy(\.isLetterASCII) else { return nil }
        self.language = language.lowercased()
        region = parts.dropFirst().first { $0.count == 2 && $0.allSatisfy(\.isLetterASCII) }?.uppercased()
    }

    var text: String { region.map { "\(language)-\($0)" } ?? language }

    /// What a header `Accept-Language` asks for, the most wanted first (RFC 9110 section 12.5.4).
    static func ranked(_ header: String?) -> [LanguageTag] {
        let wishes = (header ?? "").split(separator: ",").prefix(20).compactMap { part -> (tag: LanguageTag, weight: Double)? in
            let pieces = part.split(separator: ";").map { String($0).trimmingSpaces().lowercased() }
            guard let tag = pieces.first.flatMap({ LanguageTag($0) }) else { return nil }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            return (tag, weight)
        }
        // Sorting isn't stable: the place breaks ties.
        return wishes.enumerated().filter { $0.element.weight > 0 }
            .sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
            .map(\.element.tag)
    }
}

extension Character {
    fileprivate var isLetterASCII: Bool { isASCII && isLetter }
}
