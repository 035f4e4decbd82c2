// SPDX-License-Identifier: Apache-2.0

import CartlinkServer

extension Demo {
    /// The demo's people for a browser; nil where the configuration looks for no login in cookies.
    static func logins(_ settings: Settings) throws -> DemoLogins? {
        guard let cookie = settings.cookie else { return nil }
        return try DemoLogins(
            roles: [
                .init(owner, name: "Olivia", part: "made the cart and shares it"),
                .init(colleague, name: "Carlos", part: "works in Olivia's unit"),
                .init(customer, name: "Dana", part: "is a customer in no company"),
                .init(outsider, name: "Erik", part: "works for another company"),
            ],
            cookie: cookie,
            login: { try login($0, settings, lifetime: DemoLogins.lifetime) }
        )
    }
}
