// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// Where choosing a person leads: the page of a link, or a place in the demo's shop.
enum DemoPlace {
    case link(Token)
    /// The shop, with one cart open in it, and maybe its share dialog.
    case shop(CartID?, opensDialog: Bool)

    /// Reads the path of a place on this very host; whatever else was asked for is none.
    init?(_ text: String, on publicURL: String) {
        let path = text.hasPrefix(publicURL) ? text.dropFirst(publicURL.count) : text[...]
        if path.hasPrefix("/s/") {
            guard let token = Token(path.dropFirst(3)) else { return nil }
            self = .link(token)
        } else {
            self.init(shop: path)
        }
    }

    private init?(shop path: Substring) {
        guard path.hasPrefix("/demo") else { return nil }
        let query = path.dropFirst(5)
        guard !query.isEmpty else {
            self = .shop(nil, opensDialog: false)
            return
        }
        guard query.hasPrefix("?cart=") else { return nil }
        let value = query.dropFirst(6)
        let opensDialog = value.hasSuffix("&open=share")
        guard let cart = CartID(opensDialog ? value.dropLast(11) : value) else { return nil }
        self = .shop(cart, opensDialog: opensDialog)
    }

    /// The place made anew from its parts: nothing else of what was asked for comes back.
    var path: String {
        switch self {
        case .link(let token): "/s/\(token.text)"
        case .shop(nil, _): "/demo"
        case .shop(let cart?, let opensDialog): "/demo?cart=\(cart.text)\(opensDialog ? "&open=share" : "")"
        }
    }
}
