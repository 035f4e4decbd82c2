// SPDX-License-Identifier: Apache-2.0

import CartlinkServer

extension Demo {
    /// The demo's storefront for a browser; nil where the configuration looks for no login in cookies.
    func shop(_ settings: Settings) throws -> DemoShop? {
        guard let cookie = settings.cookie else { return nil }
        return try DemoShop(
            logins: DemoLogins(
                roles: [
                    .init(Self.owner, name: "Olivia", part: "made the cart and shares it", isMain: true),
                    .init(Self.colleague, name: "Carlos", part: "works in Olivia's unit", isMain: true),
                    .init(Self.customer, name: "Dana", part: "is a customer in no company"),
                    .init(Self.outsider, name: "Erik", part: "works for another company"),
                ],
                cookie: cookie,
                login: { try Self.login($0, settings, lifetime: $1) }
            ),
            articles: DemoPriceList.articles,
            stories: DemoStories(
                cart: Self.cart,
                prepared: Self.cartForCustomer,
                owner: Self.owner,
                colleague: Self.colleague,
                customer: Self.customer,
                preparedLabel: Self.labelPrefix
            ),
            console: DemoConsole(
                admin: settings.adminAddress,
                publicAddress: settings.publicAddress,
                publicHost: settings.publicURL.host,
                key: adminKey
            ),
            account: Self.storefront,
            fill: { _ = try await fill($0, $1, at: $2) }
        )
    }
}
