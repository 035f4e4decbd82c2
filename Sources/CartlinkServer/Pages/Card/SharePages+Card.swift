// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

extension SharePages {
    /// The card of pages that show nothing of a cart.
    ///
    /// - Parameter token: of a link that opens; the page's address is the shop's otherwise, so that all that don't look alike.
    func neutralCard(token: String?, in texts: PageTexts) -> PageCard {
        let address = token.map { "\(publicURL)/s/\($0)" } ?? shop.url ?? publicURL
        return .neutral(shop, publicURL: publicURL, address: address, in: texts)
    }
}

extension Projections {
    /// What the link's card may show: nothing but what any guest sees, and no prices; nil where the card is neutral.
    func cardView(of opened: OpenedLink) throws(Problem) -> [UInt8]? {
        guard opened.link.audience == .external, opened.link.card == .items else { return nil }
        return try view(of: opened.guestsCart, for: .guest, showPrices: false).document
    }
}
