// SPDX-License-Identifier: Apache-2.0

/// What networks show of a link, in the head of its page.
///
/// Messages keep it for ever, also when the link is gone. So it is the same for whoever asks, and nothing of the cart is in it but what the
/// owner chose to have there.
struct PageCard: Equatable {
    let title: String
    let description: String
    /// `og:url`, the page's own address.
    let address: String
    let site: String
    let picture: Picture

    struct Picture: Equatable {
        let url: String
        var width: Int?
        var height: Int?
        var type: String?
        let alt: String
    }

    /// A card that tells the shop and that a cart was shared.
    static func neutral(_ shop: Shop, publicURL: String, address: String, in texts: PageTexts) -> PageCard {
        let file = shop.looks.card
        // A name may hold what the settings' reader didn't think of; a card's lines are never empty.
        let site = CardText.line(shop.name, most: 60)
        return PageCard(
            title: site.isEmpty ? texts.cardTitle : "\(texts.cardTitle) – \(site)",
            description: texts.cardDescription,
            address: address,
            site: site.isEmpty ? texts.cardTitle : site,
            picture: Picture(
                url: publicURL + file.cardPath,
                width: file.width,
                height: file.height,
                type: file.kind.mediaType,
                alt: texts.cardAlt
            )
        )
    }

    /// The card with the products of a cart, as a guest sees it: how many, their names and the first one's picture.
    func showing(_ cart: CartSummary, hosts: Set<String>, in texts: PageTexts) -> PageCard {
        let count = cart.itemCount
        guard count > 0 else { return self }
        let counted = count == 1 ? texts.itemOne : texts.itemMany.replacing("{count}", with: "\(count)")
        let names = cart.items.lazy.compactMap(\.productName).map { CardText.line($0, most: 100) }.filter { !$0.isEmpty }.prefix(20)
        let description = names.isEmpty ? counted : CardText.line("\(counted): \(names.joined(separator: ", "))", most: 200)
        var picture = picture
        if let first = cart.items.first, let url = first.image, CardPictureURL(url, hosts: hosts) != nil {
            let name = CardText.line(first.productName ?? "", most: 100)
            picture = Picture(url: url, alt: name.isEmpty ? texts.cardAlt : name)
        }
        return PageCard(title: title, description: description, address: address, site: site, picture: picture)
    }

    /// What the template `card` takes.
    ///
    /// - Parameter pageTitle: for the browser's tab; what networks show is the card's own.
    func values(pageTitle: String) -> [String: Any] {
        var values: [String: Any] = ["url": picture.url, "alt": picture.alt]
        values["width"] = picture.width
        values["height"] = picture.height
        values["type"] = picture.type
        return [
            "pageTitle": pageTitle, "title": title, "description": description, "address": address, "site": site, "picture": values,
        ]
    }
}
