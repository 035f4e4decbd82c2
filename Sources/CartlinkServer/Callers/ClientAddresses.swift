// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import NIOCore

/// Tells whose request it is by address, where proxies of ours may stand between.
struct ClientAddresses: Sendable {
    /// Addresses whose `X-Forwarded-For` is believed.
    let trustedProxies: Set<String>

    /// What is written in the header may be anything; an IPv6 address with its zone is shorter than this.
    private static let longest = 64

    /// The last address in `X-Forwarded-For` that isn't one of our proxies, if the peer is one.
    func client(of request: Request, peer: SocketAddress?) -> String {
        let peerAddress = peer?.ipAddress ?? "unknown"
        guard trustedProxies.contains(peerAddress) else { return peerAddress }
        let hops = request.headers[values: .xForwardedFor].joined(separator: ",").split(separator: ",")
        let client = hops.reversed().map { String($0.filter { $0 != " " }) }.first { !trustedProxies.contains($0) } ?? peerAddress
        return String(client.prefix(Self.longest))
    }
}

extension HTTPField.Name {
    static let xForwardedFor = HTTPField.Name("X-Forwarded-For")!
}
