// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import Mustache
import ShareLinks

/// The page behind a link, made on the server and readable without a script.
package struct SharePages: Sendable {
    private let template: MustacheTemplate
    let shop: Shop
    let publicURL: String

    package init(shop: Shop, publicURL: String) throws {
        template = try MustacheTemplate(string: String(decoding: PackageResources.share_mustache, as: UTF8.self))
        self.shop = shop
        self.publicURL = publicURL
    }

    static var styleSheet: [UInt8] { PackageResources.page_css }

    /// No script at all, pictures only from the shop's hosts, no frames.
    var contentSecurityPolicy: String {
        let pictures = (["'self'"] + shop.hosts.sorted().map { "https://\($0)" }).joined(separator: " ")
        return "default-src 'none'; style-src 'self'; img-src \(pictures); base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    }

    /// The cart as one viewer sees it. What a card shows is the same for every cart.
    func cart(_ opened: OpenedLink, projection: [UInt8], token: String, in texts: PageTexts) -> [UInt8] {
        let summary = CartSummary(projection: projection, format: opened.cart.format)
        let isOwner = opened.standing == .owner
        let money = { (amount: Int64?) in Money.text(amount, currency: summary.currency, language: texts.language) }
        var cart: [String: Any] = [
            "items": summary.items.map { line($0, money: money, texts) },
            "isEmpty": summary.items.isEmpty,
            "emptyText": texts.empty,
            "totalLabel": summary.isIncomplete ? texts.totalIncomplete : texts.total,
            "hiddenText": isOwner ? texts.ownData : texts.hidden,
            "validText": "\(texts.validUntil) \(Self.day(opened.link.expiresAt, texts.language)).",
        ]
        cart["total"] = money(summary.itemsTotal)
        if summary.furtherItems > 0 { cart["furtherText"] = texts.further.replacing("{count}", with: "\(summary.furtherItems)") }
        var page = frame(texts.heading, texts: texts, token: token)
        page["cart"] = cart
        if let openURL = shop.openURL {
            page["action"] = ["href": openURL.replacing("{token}", with: token), "text": texts.openShop]
        }
        return render(page)
    }

    private func line(_ item: CartSummary.Item, money: (Int64?) -> String?, _ texts: PageTexts) -> [String: Any] {
        var line: [String: Any] = [
            "name": item.name, "quantity": item.quantity, "quantityLabel": texts.quantity, "options": item.options,
        ]
        line["price"] = money(item.total)
        line["image"] = item.image
        return line
    }

    /// The page of an internal link for someone who isn't logged in: a neutral card and the way to the login.
    func login(token: String, in texts: PageTexts) -> [UInt8] {
        var page = frame(texts.heading, texts: texts, token: token)
        page["lead"] = texts.internalLead
        if let loginURL = shop.loginURL {
            let back = "\(publicURL)/s/\(token)".addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            page["action"] = ["href": loginURL.replacing("{url}", with: back), "text": texts.logIn]
        }
        return render(page)
    }

    /// A friendly page for what went wrong; it tells no more than the problem does.
    func message(_ problem: Problem, in texts: PageTexts) -> [UInt8] {
        let (heading, lead): (String, String?) =
            switch problem.code.status.code {
            case 404: (texts.notFound, texts.askAgain)
            case 410: (texts.gone, texts.askAgain)
            case 403: (texts.notAMember, nil)
            case 429: (texts.tooMany, nil)
            default: (texts.unavailable, nil)
            }
        return note(heading, lead, in: texts)
    }

    /// The page of an ordered cart, for those who held it.
    func ordered(in texts: PageTexts) -> [UInt8] {
        note(texts.ordered, nil, in: texts)
    }

    private func note(_ heading: String, _ lead: String?, in texts: PageTexts) -> [UInt8] {
        var page = frame(heading, texts: texts, token: nil)
        page["lead"] = lead
        if let url = shop.url { page["action"] = ["href": url, "text": texts.goToShop] }
        return render(page)
    }

    private func frame(_ heading: String, texts: PageTexts, token: String?) -> [String: Any] {
        var frame: [String: Any] = [
            "language": texts.language,
            "title": "\(heading) – \(shop.name)",
            "description": texts.description,
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

    private static func day(_ time: Timestamp, _ language: String) -> String {
        var style = Date.FormatStyle(date: .long, time: .shortened, locale: Locale(identifier: language))
        style.timeZone = .gmt
        return Date(timeIntervalSince1970: TimeInterval(time.seconds)).formatted(style) + " UTC"
    }
}
