// SPDX-License-Identifier: Apache-2.0

import Foundation
import Mustache
import ShareLinks

/// The pages behind a link, made on the server and readable without a script.
package struct SharePages: Sendable {
    private let template: MustacheTemplate
    let shop: Shop
    let publicURL: String
    let languages: PageLanguages

    package init(shop: Shop, publicURL: String, languages: PageLanguages) throws {
        template = try MustacheTemplate(string: String(decoding: PackageResources.share_mustache, as: UTF8.self))
        self.shop = shop
        self.publicURL = publicURL
        self.languages = languages
    }

    static var styleSheet: [UInt8] { PackageResources.page_css }

    /// Our own script and style only, pictures from the shop's hosts, no frames.
    var contentSecurityPolicy: String {
        let pictures = (["'self'"] + shop.hosts.sorted().map { "https://\($0)" }).joined(separator: " ")
        return """
            default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src \(pictures); \
            base-uri 'none'; form-action 'self'; frame-ancestors 'none'
            """
    }

    /// The cart as one viewer sees it.
    func cart(_ page: CartPage, in language: PageLanguage) -> [UInt8] {
        var context = frame("cart", heading: page.heading(in: language.texts), in: language, token: page.token)
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
            let text = offer.access == .full ? texts.acceptToChange : texts.acceptToLook
            context["accept"] = ["action": "/s/\(page.token)/accept", "form": offer.form.text, "text": text, "button": texts.accept]
        }
        context["share"] = ["text": language.texts.share, "copied": language.texts.copied]
        return render(context)
    }

    /// The page of an internal link for someone who isn't logged in: a neutral card and the way to the login.
    func login(token: String, in language: PageLanguage) -> [UInt8] {
        let texts = language.texts
        var context = frame("login", heading: texts.internalHeading, in: language, token: token)
        context["lead"] = texts.internalLead
        context["logIn"] = logIn(back: token, texts)
        return render(context)
    }

    /// A friendly page for what went wrong.
    ///
    /// - Parameter token: of the link that the reader can try again; nil where there is none.
    func message(_ message: PageMessage, token: String?, named name: String = "message", in language: PageLanguage) -> [UInt8] {
        let texts = language.texts
        var context = frame(name, heading: message.heading, in: language, token: nil)
        context["lead"] = message.lead
        switch message.step {
        case .shop: break
        case .logIn: context["logIn"] = token.flatMap { logIn(back: $0, texts) }
        case .tryAgain: context["tryAgain"] = token.map { ["href": "/s/\($0)", "text": texts.tryAgain] }
        }
        if let url = shop.url { context["goToShop"] = ["href": url, "text": texts.goToShop] }
        return render(context)
    }

    private func logIn(back token: String, _ texts: PageTexts) -> [String: String]? {
        guard let loginURL = shop.loginURL else { return nil }
        let back = "\(publicURL)/s/\(token)".addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return ["href": loginURL.replacing("{url}", with: back), "text": texts.logIn]
    }

    private func frame(_ name: String, heading: String, in language: PageLanguage, token: String?) -> [String: Any] {
        var frame: [String: Any] = [
            "page": name,
            "language": language.language,
            "locale": language.locale,
            "title": "\(heading) – \(shop.name)",
            "description": language.texts.cardDescription,
            "heading": heading,
            "shop": shop.name,
            "address": token.map { "\(publicURL)/s/\($0)" } ?? publicURL,
        ]
        frame["shopURL"] = shop.url
        return frame
    }

    private func render(_ page: [String: Any]) -> [UInt8] {
        Array(template.render(page).utf8)
    }
}
