// SPDX-License-Identifier: Apache-2.0

/// The shop as its customers know it, for the pages.
package struct Shop: Sendable {
    let name: String
    let url: String?
    /// With `{token}` where the token goes; the token stands in the fragment, so that no server's log gets it.
    let openURL: String?
    /// With `{url}` where the address to come back to goes.
    let loginURL: String?
    /// Hosts that pictures and product links may be on.
    package let hosts: Set<String>

    package init(name: String, url: String?, openURL: String?, loginURL: String?, hosts: Set<String>) {
        self.name = name
        self.url = url
        self.openURL = openURL
        self.loginURL = loginURL
        self.hosts = hosts
    }
}
