// SPDX-License-Identifier: Apache-2.0

/// What makes the pages look like the shop's own.
package struct ShopLooks: Sendable {
    package var logo: PictureFile?
    /// What networks show of a link, 1200 by 630.
    package var card: PictureFile
    package var accent: Colour?
    /// In dark mode.
    package var accentDark: Colour?
    /// The lines at the foot of each page.
    package var legal: [LegalLine]
    /// Files that replace built-in ones, by name: `share.mustache`, `page.css`, `texts.en.json`.
    package var templates: [String: String]

    package struct LegalLine: Sendable, Equatable {
        package let text: String
        package let url: String?

        package init(text: String, url: String?) {
            self.text = text
            self.url = url
        }
    }

    package init(
        logo: PictureFile? = nil,
        card: PictureFile? = nil,
        accent: Colour? = nil,
        accentDark: Colour? = nil,
        legal: [LegalLine] = [],
        templates: [String: String] = [:]
    ) {
        self.logo = logo
        self.card = card ?? Self.defaultCard
        self.accent = accent
        self.accentDark = accentDark
        self.legal = legal
        self.templates = templates
    }

    /// `config/card` has the script that draws it.
    static let defaultCard: PictureFile = {
        guard let picture = PictureFile(PackageResources.card_png) else { preconditionFailure("the built-in card picture is a PNG") }
        return picture
    }()

    /// The colours as a style sheet that goes behind the page's own.
    var styleRules: String {
        [("light", accent), ("dark", accentDark)].compactMap { scheme, colour in
            colour.map {
                "@media (prefers-color-scheme: \(scheme)) { :root { --accent: \($0.css); --on-accent: \($0.textOnIt.css); } }\n"
            }
        }.joined()
    }
}
