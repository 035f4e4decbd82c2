// SPDX-License-Identifier: Apache-2.0

import Foundation
import ShareLinks

/// The pages behind a link, made on the server and readable without a script.
package struct SharePages: Sendable {
    private let templates: PageTemplates
    let shop: Shop
    let publicURL: String
    let languages: PageLanguages
    /// Our own script and style only, pictures from the shop's hosts, no frames.
    let contentSecurityPolicy: String

    /// Throws what is wrong with a template or text of the shop's own.
    package init(shop: Shop, publicURL: String) throws(TemplateFault) {
        templates = try PageTemplates(shop: shop.looks.templates)
        languages = try PageLanguages(replacing: shop.looks.templates)
        self.shop = shop
        self.publicURL = publicURL
        let pictures = (["'self'"] + shop.hosts.sorted().map { "https://\($0)" }).joined(separator: " ")
        contentSecurityPolicy = """
            default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src \(pictures); \
            base-uri 'none'; form-action 'self'; frame-ancestors 'none'
            """
        // The built-in ones are checked by tests; a start shouldn't wait for them.
        if !shop.looks.templates.isEmpty { try checkTemplates() }
    }

    /// The cart as one viewer sees it.
    func cart(_ page: CartPage, in language: PageLanguage) -> [UInt8] {
        var context = frame(
            "cart",
            heading: page.heading(in: language.texts),
            card: page.card(from: self, in: language.texts),
            in: language
        )
        context["cart"] = page.context(in: language, shop: shop)
        if page.counts { context["isCounted"] = true }
        if let address = page.eventsAddress {
            context["events"] = ["address": address, "text": language.texts.changed]
        }
        if let openURL = shop.openURL {
            let address = openURL.replacing("{token}", with: page.token).replacing("{linkId}", with: page.opened.link.id.description)
            context["openShop"] = ["href": address, "text": language.texts.openShop]
        }
        if let offer = page.offer {
            let texts = language.texts
            let text = offer.access == .full && page.opened.cart.state == .open ? texts.acceptToChange : texts.acceptToLook
            context["accept"] = ["action": "/s/\(page.token)/accept", "form": offer.form.text, "text": text, "button": texts.accept]
        }
        context["share"] = ["text": language.texts.share, "copied": language.texts.copied]
        return templates.page(context)
    }

    /// The page of an internal link for someone who isn't logged in: a neutral card and the way to the login.
    func login(token: String, in language: PageLanguage) -> [UInt8] {
        let texts = language.texts
        var context = frame("login", heading: texts.internalHeading, card: neutralCard(token: token, in: texts), in: language)
        context["lead"] = texts.internalLead
        context["logIn"] = logIn(back: token, texts)
        if shop.loginURL == nil, let url = shop.url { context["goToShop"] = ["href": url, "text": texts.goToShop] }
        return templates.page(context)
    }

    /// A friendly page for what went wrong. No token is in it: who keeps it, or logs it, keeps no link.
    ///
    /// - Parameter back: the page itself, seen from where the reader is.
    func message(_ message: PageMessage, back: String = "", named name: String = "message", in language: PageLanguage) -> [UInt8] {
        let texts = language.texts
        var context = frame(name, heading: message.heading, card: neutralCard(token: nil, in: texts), in: language)
        context["lead"] = message.lead
        if message.canTryAgain { context["tryAgain"] = ["href": back, "text": texts.tryAgain] }
        if let url = shop.url { context["goToShop"] = ["href": url, "text": texts.goToShop] }
        return templates.page(context)
    }

    private func logIn(back token: String, _ texts: PageTexts) -> [String: String]? {
        guard let loginURL = shop.loginURL else { return nil }
        let back = "\(publicURL)/s/\(token)".addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return ["href": loginURL.replacing("{url}", with: back), "text": texts.logIn]
    }

    private func frame(_ name: String, heading: String, card: PageCard, in language: PageLanguage) -> [String: Any] {
        let looks = shop.looks
        var frame: [String: Any] = [
            "page": name,
            "language": language.language,
            "locale": language.locale,
            // A robot may take the title of a cart's page for the card's, and a heading may be the cart's name.
            "card": card.values(pageTitle: name == "cart" ? card.title : "\(heading) – \(shop.name)"),
            "heading": heading,
            "shop": shop.name,
        ]
        frame["shopURL"] = shop.url
        frame["logo"] = looks.logo?.logoPath
        frame["icon"] = looks.logo?.logoPath ?? Asset.iconPath
        if !looks.legal.isEmpty {
            frame["legal"] = ["lines": looks.legal.map { line in ["text": line.text].merging(line.url.map { ["url": $0] } ?? [:]) { $1 } }]
        }
        return frame
    }
}
