// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The shop as its customers know it, for the pages.
package struct Shop: Sendable {
    let name: String
    package var url: String?
    /// With `{token}` where the token goes; the token stands in the fragment, so that no server's log gets it. `{linkId}` tells the
    /// shop which link brought the reader.
    package var openURL: String?
    /// With `{url}` where the address to come back to goes.
    package var loginURL: String?
    /// Hosts that pictures and product links may be on.
    package let hosts: Set<String>
    package let looks: ShopLooks

    package init(
        name: String,
        url: String?,
        openURL: String?,
        loginURL: String?,
        hosts: Set<String>,
        looks: ShopLooks = ShopLooks()
    ) {
        self.name = name
        self.url = url
        self.openURL = openURL
        self.loginURL = loginURL
        self.hosts = hosts
        self.looks = looks
    }

    /// Whether a picture is on one of the shop's hosts; the browser would refuse any other.
    func mayShow(_ picture: String) -> Bool {
        guard let url = URL(string: picture), url.scheme == "https", url.user == nil, url.port == nil else { return false }
        return url.host.map { hosts.contains($0.lowercased()) } ?? false
    }
}
