// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import NIOCore
import ShareLinks
import Synchronization

/// Counts tokens that no key made, per peer address and minute; a token whose tag holds is never counted.
package final class BadTokenLimiter: Sendable {
    private let perMinute: Int
    private let proxies: Set<String>
    private let counts = Mutex(Window(minute: 0, byAddress: [:]))

    private struct Window {
        var minute: Int64
        var byAddress: [String: Int]
    }

    /// More addresses than this in one minute share one count, so that the table stays small.
    private static let mostAddresses = 20_000

    /// - Parameter proxies: addresses whose `X-Forwarded-For` is believed.
    package init(perMinute: Int, trustedProxies proxies: Set<String>) {
        self.perMinute = perMinute
        self.proxies = proxies
    }

    /// Counts one bad token; throws once the address has sent too many.
    func count(_ request: Request, from peer: SocketAddress?, at now: Timestamp) throws(Problem) {
        let address = clientAddress(of: request, peer: peer)
        let minute = now.seconds / 60
        let count = counts.withLock { window in
            if window.minute != minute { window = Window(minute: minute, byAddress: [:]) }
            let isFull = window.byAddress.count >= Self.mostAddresses && window.byAddress[address] == nil
            window.byAddress[isFull ? "other" : address, default: 0] += 1
            return window.byAddress[isFull ? "other" : address] ?? 0
        }
        guard count > perMinute else { return }
        var problem = Problem(code: .tooManyRequests)
        problem.headers[.retryAfter] = String(60 - now.seconds % 60)
        throw problem
    }

    /// The last address in `X-Forwarded-For` that isn't one of our proxies, if the peer is one.
    private func clientAddress(of request: Request, peer: SocketAddress?) -> String {
        let peerAddress = peer?.ipAddress ?? "unknown"
        guard proxies.contains(peerAddress) else { return peerAddress }
        let hops = request.headers[values: .xForwardedFor].joined(separator: ",").split(separator: ",")
        return hops.reversed().map { String($0.filter { $0 != " " }) }.first { !proxies.contains($0) } ?? peerAddress
    }
}

extension HTTPField.Name {
    static let xForwardedFor = HTTPField.Name("X-Forwarded-For")!
}
