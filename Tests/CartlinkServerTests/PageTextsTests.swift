// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import CartlinkServer

struct PageTextsTests {
    /// What a browser asks for, the cart's locale, and the language and locale that the reader gets.
    static let wishes: [(header: String?, cart: String?, language: String, locale: String)] = [
        (nil, nil, "en", "en"), ("", nil, "en", "en"), ("en", nil, "en", "en"), ("es", nil, "es", "es"), ("ES", nil, "es", "es"),
        ("es-MX", nil, "es", "es-MX"), ("en-gb,en;q=0.9", nil, "en", "en-GB"), ("it", nil, "en", "en"), ("it,es;q=0.5", nil, "es", "es"),
        ("es;q=0.5,en;q=0.6", nil, "en", "en"), ("en;q=0.5,es;q=0.6", nil, "es", "es"), ("es,en", nil, "es", "es"),
        ("es;q=0.8,en;q=0.8", nil, "es", "es"), ("es;q=0", nil, "en", "en"), ("es;q=0,it", nil, "en", "en"),
        ("es;q=0.000,en;q=0.001", nil, "en", "en"), ("*", nil, "en", "en"), ("*,es;q=0.5", nil, "es", "es"),
        ("  es-ES ; q=0.9 , en ; q=0.1", nil, "es", "es-ES"), ("es;level=1;q=0.2,en;q=0.3", nil, "en", "en"),
        ("es;Q=0.1,en;q=0.2", nil, "en", "en"), ("est", nil, "en", "en"), ("e", nil, "en", "en"), (";;;,,,", nil, "en", "en"),
        ("es;q=x,en;q=0.1", nil, "en", "en"), ("es;q=-1", nil, "en", "en"), (String(repeating: "it,", count: 1000) + "es", nil, "en", "en"),
        (nil, "pt-BR", "pt", "pt-BR"), ("it", "de_AT", "de", "de-AT"), ("fr-CA", "de-AT", "fr", "fr-CA"), ("it", "xx", "en", "en"),
        (nil, "../../etc", "en", "en"), ("de-Latn-CH", nil, "de", "de-CH"), (nil, "", "en", "en"),
    ]

    @Test(arguments: wishes)
    func theBestLanguageThatThePagesSpeakIsTaken(header: String?, cart: String?, language: String, locale: String) throws {
        let preferred = try PageLanguages().preferred(header, cartLocale: cart)
        #expect(preferred.language == language)
        #expect(preferred.locale == locale)
    }

    private static func texts(in language: String) throws -> [String: String] {
        let bytes = try #require(PageLanguages.builtIn[language])
        return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: String])
    }

    static let languages = ["de", "en", "es", "fr", "pt"]

    @Test(arguments: languages)
    func everyLanguageHasTheSameKeysAndPlaces(language: String) throws {
        let (english, texts) = (try Self.texts(in: "en"), try Self.texts(in: language))
        #expect(Set(texts.keys) == Set(english.keys))
        for (key, text) in texts {
            #expect(!text.isEmpty && text == text.trimmingCharacters(in: .whitespacesAndNewlines), "\(key)")
            let places = { (text: String) in Set(text.matches(of: /{\w+}/).map { String($0.output) }) }
            #expect(places(text) == places(english[key] ?? ""), "\(key)")
        }
    }

    @Test(arguments: languages.filter { $0 != "en" })
    func hardlyAnythingIsAsInEnglish(language: String) throws {
        let english = try Self.texts(in: "en")
        let same = try Self.texts(in: language).filter { $0.value == english[$0.key] }.keys
        // Words that both languages spell alike.
        #expect(Set(same).isSubset(of: ["grandTotal", "contact", "note", "delivery", "itemOne"]), "\(same.sorted())")
    }

    @Test func theBuiltInPagesPassTheCheckOfAShopsOwn() throws {
        let files = ["share.mustache": PackageResources.share_mustache, "card.mustache": PackageResources.card_mustache]
        let looks = ShopLooks(templates: files.mapValues { String(decoding: $0, as: UTF8.self) })
        let shop = Shop(name: "Shop", url: nil, openURL: nil, loginURL: nil, hosts: [], looks: looks)
        #expect(throws: Never.self) { try SharePages(shop: shop, publicURL: "https://shop.example") }
    }

    @Test func aShopReplacesAndAddsLanguages() throws {
        var own = try Self.texts(in: "en")
        own["share"] = "Condividi"
        let text = { (own: [String: String]) in String(decoding: try JSONEncoder().encode(own), as: UTF8.self) }
        let languages = try PageLanguages(replacing: ["texts.it.json": text(own), "page.css": "x"])
        #expect(languages.preferred("it-IT").texts.share == "Condividi")
        #expect(languages.preferred("es").texts.share == "Compartir")
        own["heading"] = ""
        let silent = ["texts.it.json": try text(own)]
        #expect(throws: TemplateFault(file: "texts.it.json", reason: "has nothing for heading")) { try PageLanguages(replacing: silent) }
        own["heading"] = nil
        let incomplete = ["texts.it.json": try text(own)]
        #expect(throws: TemplateFault(file: "texts.it.json", reason: "lacks heading")) { try PageLanguages(replacing: incomplete) }
    }
}
