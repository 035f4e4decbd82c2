// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import NIOCore

/// Tells whose request it is by address, where proxies of ours may stand between.
struct ClientAddresses: Sendable {
    /// Addresses whose `X-Forwarded-For` is believed.
    private let trustedProxies: Set<IPAddress>

    /// Hops that are looked at, from the last one back: no shop has more proxies in a row.
    private static let mostHops = 16

    /// - Parameter proxies: texts that are no address name no proxy.
    init(trustedProxies proxies: Set<String>) {
        trustedProxies = Set(proxies.compactMap { IPAddress($0) })
    }

    /// The last address in `X-Forwarded-For` that isn't one of our proxies, if the peer is one.
    ///
    /// - Parameter forwarded: the header's lines, asked for only where the peer is believed.
    func client(of peer: SocketAddress?, forwarded: @autoclosure () -> [String]) -> IPAddress {
        let peer = IPAddress(peer)
        guard trustedProxies.contains(peer) else { return peer }
        let hops = forwarded().joined(separator: ",").split(separator: ",").suffix(Self.mostHops)
        for hop in hops.reversed() where !hop.allSatisfy({ $0 == " " }) {
            // What our own proxy wrote is an address; anything else came from the client, who gets no count of its own by it.
            guard let address = IPAddress(hop) else { return peer }
            if !trustedProxies.contains(address) { return address }
        }
        return peer
    }

    func client(of request: Request, peer: SocketAddress?) -> IPAddress {
        client(of: peer, forwarded: request.headers[values: .xForwardedFor])
    }
}

extension HTTPField.Name {
    static let xForwardedFor = HTTPField.Name("X-Forwarded-For")!
}
