// SPDX-License-Identifier: Apache-2.0

/// What the listeners need of the configuration.
package struct ServerSettings: Sendable {
    package struct Address: Sendable, Equatable, CustomStringConvertible {
        package let host: String
        package let port: Int

        package init(host: String, port: Int) {
            self.host = host
            self.port = port
        }

        package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

        /// Whether only this very machine gets there.
        package var isLoopback: Bool { host == "localhost" || host == "::1" || (host.hasPrefix("127.") && !host.contains { $0.isLetter }) }
    }

    let publicAddress: Address
    let adminAddress: Address
    /// `https://<host>`, without a final slash.
    let publicURL: String
    let connections: Int
    /// Open event streams; half of the connections stay free for all else.
    var eventStreams: Int { min(4_000, connections / 2) }
    /// Bytes of memory for answers that strangers get of links.
    var heldAnswers: Int { 64 << 20 }
    let admission: AdmissionLimits
    let badTokens: BadTokenLimiter
    let pages: SharePages
    /// Whose pages may call `/v1` from a browser.
    let origins: Set<Origin>
    /// Only a demo logs people in.
    let glueLogins: GlueLogins?
    /// Only a demo has a storefront of its own.
    let demoShop: DemoShop?

    package init(
        publicAddress: Address,
        adminAddress: Address,
        publicURL: String,
        connections: Int,
        admission: AdmissionLimits = AdmissionLimits(),
        badTokens: BadTokenLimiter,
        pages: SharePages,
        origins: Set<Origin> = [],
        glueLogins: GlueLogins? = nil,
        demoShop: DemoShop? = nil
    ) {
        self.publicAddress = publicAddress
        self.adminAddress = adminAddress
        self.publicURL = publicURL
        self.connections = connections
        self.admission = admission
        self.badTokens = badTokens
        self.pages = pages
        self.origins = origins
        self.glueLogins = glueLogins
        self.demoShop = demoShop
    }
}
