// SPDX-License-Identifier: Apache-2.0

import Foundation
import ShareLinks

/// A cart on a page: who looks at it through which link, and what of it.
struct CartPage {
    let opened: OpenedLink
    let projection: [UInt8]
    let token: String
    private let summary: CartSummary
    /// Whether the owner looks at what others see; nil for everyone else.
    var ownerSeesOthersView: Bool?
    /// What the reader would gain by accepting.
    var offer: AcceptOffer?
    /// What guests see of the cart, where the owner wants its products on the card.
    var cardProjection: [UInt8]?
    /// Where the page hears of changes; nil for those who may not follow the cart.
    var eventsAddress: String?

    init(opened: OpenedLink, projection: [UInt8], token: String) {
        self.opened = opened
        self.projection = projection
        self.token = token
        summary = CartSummary(projection: projection, format: opened.cart.format)
    }

    /// The owner's own looks aren't visits.
    var counts: Bool { ownerSeesOthersView == nil }

    /// The language that the cart was filled in, for readers who ask for none.
    var cartLocale: String? { summary.locale }

    func heading(in texts: PageTexts) -> String {
        switch ownerSeesOthersView {
        case false?: summary.name ?? texts.ownHeading
        case true?, nil: summary.name ?? texts.heading
        }
    }

    func card(from pages: SharePages, in texts: PageTexts) -> PageCard {
        let card = pages.neutralCard(token: token, in: texts)
        guard let cardProjection else { return card }
        return card.showing(CartSummary(projection: cardProjection, format: opened.guestsCart.format), hosts: pages.shop.hosts, in: texts)
    }

    func context(in language: PageLanguage, shop: Shop) -> [String: Any] {
        let texts = language.texts
        let money = { (amount: Int64?) in Money.text(amount, currency: summary.currency, locale: language.locale) }
        var cart: [String: Any] = [
            "items": summary.items.map { line($0, money: money, texts, shop: shop) },
            "hidden": ownerSeesOthersView == false ? texts.hiddenFromOthers : texts.hidden,
            "valid": validity(language),
        ]
        let sums = sums(money: money, texts)
        if !sums.isEmpty { cart["sums"] = ["rows": sums] }
        if summary.items.isEmpty { cart["empty"] = texts.empty }
        if summary.furtherItems > 0 { cart["further"] = texts.further.replacing("{count}", with: "\(summary.furtherItems)") }
        if !opened.link.showPrices, opened.standing.relation == .guest { cart["noPrices"] = texts.noPrices }
        cart["rights"] = rights(texts)
        if let ownerSeesOthersView { cart["owner"] = ownerBanner(ownerSeesOthersView, texts) }
        if opened.standing == .owner { cart["own"] = own(texts) }
        return cart
    }

    private func line(_ item: CartSummary.Item, money: (Int64?) -> String?, _ texts: PageTexts, shop: Shop) -> [String: Any] {
        var line: [String: Any] = [
            "name": item.name, "quantity": item.quantity, "quantityLabel": texts.quantity, "options": item.options,
        ]
        line["number"] = item.number.map { texts.itemNumber.replacing("{number}", with: $0) }
        line["price"] = money(item.total)
        if item.total != item.unitPrice, let each = money(item.unitPrice) { line["each"] = texts.each.replacing("{amount}", with: each) }
        if let image = item.image, shop.mayShow(image) {
            line["image"] = image
        } else {
            // A tile with the first letter in place of a picture.
            line["initial"] = item.name.first { $0.isLetter || $0.isNumber }.map { String($0).uppercased() } ?? "·"
        }
        return line
    }

    private func sums(money: (Int64?) -> String?, _ texts: PageTexts) -> [[String: Any]] {
        summary.sums.compactMap { sum, amount in
            guard let text = money(amount) else { return nil }
            let label =
                switch sum {
                case .items: summary.isIncomplete ? texts.itemsTotalIncomplete : texts.itemsTotal
                case .discount: texts.discount
                case .shipping: texts.shipping
                case .tax: texts.tax
                case .grand: texts.grandTotal
                }
            return ["label": label, "amount": text, "isTotal": sum == .grand || summary.sums.count == 1]
        }
    }

    /// Around the date, so that the script can put it into the reader's time zone.
    private func validity(_ language: PageLanguage) -> [String: String] {
        let parts = language.texts.validUntil.components(separatedBy: "{date}")
        return [
            "before": parts.first ?? "",
            "date": PageTime.text(opened.link.expiresAt, locale: language.locale),
            "time": opened.link.expiresAt.description,
            "after": parts.count > 1 ? parts[1] : "",
        ]
    }

    /// What the reader may do; to the owner, what the link lets others do.
    private func rights(_ texts: PageTexts) -> String {
        if ownerSeesOthersView != nil, opened.access == .full { return texts.othersMayChange }
        if ownerSeesOthersView == false { return texts.othersMayLook }
        if opened.standing.canEdit(in: opened.cart.state) { return texts.mayChange }
        return opened.standing.may(.comment) ? texts.mayLookAndComment : texts.mayLook
    }

    private func ownerBanner(_ seesOthersView: Bool, _ texts: PageTexts) -> [String: String] {
        seesOthersView
            ? ["text": texts.othersView, "href": "/s/\(token)", "toggle": texts.showOwnView]
            : ["text": texts.ownView, "href": "/s/\(token)?view=others", "toggle": texts.showOthersView]
    }

    private func own(_ texts: PageTexts) -> [String: Any]? {
        let data = OwnData(projection: projection, format: opened.cart.format)
        guard !data.sections.isEmpty else { return nil }
        let sections = data.sections.map { section, text in
            let label =
                switch section {
                case .contact: texts.contact
                case .delivery: texts.delivery
                case .billing: texts.billing
                case .coupons: texts.coupons
                case .note: texts.note
                }
            return ["label": label, "text": text]
        }
        return ["heading": texts.ownData, "sections": sections]
    }
}

extension Projections {
    /// The page of a link as its reader sees it, without what only his browser can have.
    func page(of opened: OpenedLink, token: String) throws(Problem) -> CartPage {
        var page = CartPage(opened: opened, projection: try view(of: opened).document, token: token)
        page.cardProjection = try cardView(of: opened)
        return page
    }
}
