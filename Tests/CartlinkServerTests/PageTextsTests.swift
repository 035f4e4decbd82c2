// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CartlinkServer

struct PageTextsTests {
    static let wishes: [(header: String?, language: String)] = [
        (nil, "en"), ("", "en"), ("en", "en"), ("es", "es"), ("ES", "es"), ("es-MX", "es"), ("en-GB,en;q=0.9", "en"), ("de", "en"),
        ("de,es;q=0.5", "es"), ("es;q=0.5,en;q=0.6", "en"), ("en;q=0.5,es;q=0.6", "es"), ("es,en", "es"), ("en,es", "en"),
        ("es;q=0.8,en;q=0.8", "es"), ("es;q=0", "en"), ("es;q=0,de", "en"), ("es;q=0.000,en;q=0.001", "en"), ("*", "en"),
        ("*,es;q=0.5", "es"),
        ("  es-ES ; q=0.9 , en ; q=0.1", "es"), ("es;level=1;q=0.2,en;q=0.3", "en"), ("es;Q=0.1,en;q=0.2", "en"),
        ("est", "en"), ("e", "en"), (";;;,,,", "en"), ("es;q=nan,en;q=0.1", "en"), ("es;q=-1", "en"),
        (String(repeating: "de,", count: 1000) + "es", "es"),
    ]

    @Test(arguments: wishes)
    func theBestLanguageThatWeSpeakIsTaken(header: String?, language: String) {
        #expect(PageTexts.preferred(header).language == language)
    }

    private static func texts(_ texts: PageTexts) -> [(name: String, text: String)] {
        Mirror(reflecting: texts).children.compactMap { child in (child.value as? String).map { (child.label ?? "?", $0) } }
    }

    @Test(arguments: [PageTexts.english, .spanish])
    func noTextIsEmpty(texts: PageTexts) {
        #expect(Self.texts(texts).count == Mirror(reflecting: texts).children.count)
        #expect(Self.texts(texts).count > 15)
        for (name, text) in Self.texts(texts) {
            #expect(!text.isEmpty, "\(name)")
            #expect(text.first?.isWhitespace == false && text.last?.isWhitespace == false, "\(name)")
        }
    }

    @Test func noTextIsLeftInEnglish() {
        for (english, spanish) in zip(Self.texts(.english), Self.texts(.spanish)) {
            #expect(english.text != spanish.text, "\(english.name)")
        }
    }
}
