// SPDX-License-Identifier: Apache-2.0

import CartlinkServer
import Testing

@testable import cartlink

struct ShopLooksTests {
    private func settings(_ shop: String) throws -> Settings {
        try Settings(yaml: "shop: { \(shop) }", file: "c.yaml", environment: [:])
    }

    private func faults(_ shop: String) -> [String] {
        do throws(SettingsFaults) {
            _ = try Settings(yaml: "shop: { \(shop) }", file: "c.yaml", environment: [:])
            return []
        } catch {
            return error.lines
        }
    }

    @Test func withoutThemTheBuiltInOnesAreShown() throws {
        let looks = try settings("name: N").shop.looks
        #expect(looks.logo == nil && looks.accent == nil && looks.accentDark == nil && looks.legal.isEmpty && looks.templates.isEmpty)
        #expect(looks.card.kind == .png && looks.card.width == 1200 && looks.card.height == 630)
        #expect(looks.card.bytes.count < 60_000)
    }

    @Test func theyAreReadFromTheirFiles() throws {
        try TemporaryFolder.use { folder in
            let logo = try folder.write(bytes: Pictures.webp, to: "logo")
            let card = try folder.write(bytes: Pictures.png(1200, 630, bytes: 300_000), to: "card")
            let templates = try folder.folder("t")
            try folder.write("body { color: red }", to: "t/page.css")
            try folder.write("not ours", to: "t/README.md")
            try folder.write("{}", to: "t/.hidden")
            let looks = try settings(
                """
                logo: \(logo), card: \(card), accent: "#ABCDEF", accentDark: "#010203", templates: \(templates),
                legal: [{ text: Imprint, url: "https://shop.example/imprint" }, { text: © Shop }]
                """
            ).shop.looks
            #expect(looks.logo?.kind == .webp && looks.logo?.width == 64)
            #expect(looks.card.bytes.count == 300_000)
            #expect(looks.accent == Colour("#abcdef") && looks.accentDark == Colour("#010203"))
            #expect(looks.legal == [.init(text: "Imprint", url: "https://shop.example/imprint"), .init(text: "© Shop", url: nil)])
            #expect(looks.templates == ["page.css": "body { color: red }"])
        }
    }

    /// A file under its name, a setting with `FILE` for it, and what the fault says.
    static let bad: [(bytes: [UInt8], setting: String, says: String)] = [
        (
            Pictures.png(10, 10, bytes: 100_001), "logo: FILE",
            "shop.logo must be a JPEG or PNG or WebP file, at most 100 kB; FILE has 100001 bytes"
        ),
        (Array("<svg/>".utf8), "logo: FILE", "FILE is something else"), ([], "logo: FILE", "FILE is something else"),
        ([1], "logo: FILE.missing", "FILE.missing is missing or can't be read"),
        (Pictures.webp, "card: FILE", "shop.card must be a JPEG or PNG file of 1200 by 630 pixels, at most 300 kB; FILE is something else"),
        (Pictures.png(1200, 631), "card: FILE", "FILE has 1200 by 631"), (Pictures.png(630, 1200), "card: FILE", "FILE has 630 by 1200"),
        (Pictures.png(1200, 630, bytes: 300_001), "card: FILE", "FILE has 300001 bytes"),
        ([1], "templates: FILE", "shop.templates must be a folder; FILE is missing or can't be read"),
    ]

    @Test(arguments: bad)
    func aBadFileIsRefusedWithTheReason(bytes: [UInt8], setting: String, says: String) throws {
        try TemporaryFolder.use { folder in
            let file = try folder.write(bytes: bytes, to: "file")
            let faults = faults(setting.replacing("FILE", with: file))
            #expect(faults.count == 1)
            #expect(faults.first?.hasPrefix("c.yaml:1: shop.") == true)
            #expect(faults.first?.hasSuffix(says.replacing("FILE", with: file)) == true, "\(faults)")
        }
    }

    static let badValues: [(setting: String, key: String)] = [
        ("accent: red", "shop.accent"), ("accent: \"#12345\"", "shop.accent"), ("accentDark: \"#12345g\"", "shop.accentDark"),
        ("accent: \"+12345f\"", "shop.accent"), ("legal: Imprint", "shop.legal"), ("legal: [{ text: \"\" }]", "shop.legal[0].text"),
        ("legal: [{ url: \"https://a\" }]", "shop.legal[0].text"), ("legal: [{ text: a, url: \"javascript:x\" }]", "shop.legal[0].url"),
        ("legal: [{ text: a, href: b }]", "shop.legal[0].href"),
    ]

    @Test(arguments: badValues)
    func aBadValueIsRefusedByName(setting: String, key: String) {
        let faults = faults(setting)
        #expect(faults.count == 1 && faults.first?.contains("\(key) ") == true, "\(faults)")
    }

    private static let page = "<head>{{#card}}{{> card}}{{/card}}</head><main>{{heading}}"

    /// A file in the folder of templates, and what the fault says of it.
    static let badTemplates: [(name: String, text: String, says: String)] = [
        ("share.mustache", "<html>{{#cart}}</html>", "share.mustache: line 1"),
        ("share.mustache", "<html><head></head>{{heading}}", "share.mustache: the card's tags must be in the first 16 kB"),
        ("share.mustache", "<head>{{#card}}{{> card}}{{/card}}</head>", "share.mustache: it never shows {{heading}}"),
        (
            "share.mustache", String(repeating: " ", count: 16_000) + "{{heading}}{{#card}}{{> card}}{{/card}}",
            "og:image, twitter:card"
        ),
        ("share.mustache", page + "{{{heading}}}", "may not hold {{{heading"),
        ("share.mustache", page + "{{& heading}}", "may not hold {{& heading"),
        ("share.mustache", page + "{{#cart}}{{> share}}{{/cart}}", "may not hold {{> share"),
        ("card.mustache", "{{> card}}", "may not hold {{> card"),
        ("share.mustache", "{{% CONTENT_TYPE: TEXT}}" + page, "may not hold {{% CONTENT_TYPE"),
        ("share.mustache", page + "{{=<% %>=}}<%{heading}%>", "may not hold {{="),
        ("share.mustache", page + "{{<share}}{{/share}}", "may not hold {{<share"),
        ("texts.es.json", "{}", "texts.es.json: lacks"),
        ("card.mustache", "<title>{{title}}</title>", "the card's tags must be in the first 16 kB"),
        ("card.mustache", "{{title", "card.mustache: line 1"), ("shared.mustache", "x", "shared.mustache is none of them"),
        ("texts.english.json", "{}", "texts.english.json is none of them"),
    ]

    @Test(arguments: badTemplates)
    func aTemplateThatCantBeUsedIsRefusedWithFileAndReason(name: String, text: String, says: String) throws {
        try TemporaryFolder.use { folder in
            let path = try folder.folder("t")
            try folder.write(text, to: "t/\(name)")
            let faults = faults("templates: \(path)")
            #expect(faults.count == 1)
            #expect(faults.first?.contains("\(path)/\(name)") == true || faults.first?.contains("\(path)/share.mustache") == true)
            #expect(faults.first?.contains(says) == true, "\(faults)")
        }
    }
}
