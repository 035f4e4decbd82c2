// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import NIOCore

/// The administrators' console, as far as the demo's page leads there.
package struct DemoConsole: Sendable {
    let address: String
    /// The administrator's key; nil where somebody else than the person at this machine might come.
    private let key: String?

    /// - Parameter publicHost: what people write into the browser to get here.
    package init(admin: ServerSettings.Address, publicAddress: ServerSettings.Address, publicHost: String, key: String) {
        address = "http://\(admin)/"
        let isAtHome = [admin, publicAddress, .init(host: publicHost, port: 0)].allSatisfy(\.isLoopback)
        self.key = isAtHome ? key : nil
    }

    /// The key, if the request was made on this machine; whoever comes through a proxy may be anywhere.
    func key(for request: Request, from peer: SocketAddress?) -> String? {
        guard let peer = peer?.ipAddress, Self.isLoopback(peer) else { return nil }
        guard Self.signsOfAProxy.allSatisfy({ request.headers[$0] == nil }) else { return nil }
        return key
    }

    /// What proxies and tunnels add to a request; `Forwarded` is RFC 7239's, `Via` RFC 9110's.
    private static let signsOfAProxy: [HTTPField.Name] =
        [.xForwardedFor, .via] + ["Forwarded", "X-Real-IP", "CF-Connecting-IP"].compactMap { HTTPField.Name($0) }

    private static func isLoopback(_ address: String) -> Bool {
        ServerSettings.Address(host: address.replacing("::ffff:", with: ""), port: 0).isLoopback
    }
}
