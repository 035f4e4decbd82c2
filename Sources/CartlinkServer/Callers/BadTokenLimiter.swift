// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import NIOCore
import ShareLinks

/// Counts tokens that no key made, per peer address and minute; a token whose tag holds is never counted.
package final class BadTokenLimiter: Sendable {
    private let perMinute: Int
    let addresses: ClientAddresses
    private let counts = MinuteCounts()

    /// - Parameter proxies: addresses whose `X-Forwarded-For` is believed.
    package init(perMinute: Int, trustedProxies proxies: Set<String>) {
        self.perMinute = perMinute
        addresses = ClientAddresses(trustedProxies: proxies)
    }

    /// Counts one bad token; throws once the address has sent too many.
    func count(_ request: Request, from peer: SocketAddress?, at now: Timestamp) throws(Problem) {
        guard counts.add(addresses.client(of: request, peer: peer), at: now).inMinute > perMinute else { return }
        throw .tooManyRequests(retryAfter: 60 - now.seconds % 60)
    }
}

extension Problem {
    /// - Parameter seconds: when it is worth another try.
    static func tooManyRequests(retryAfter seconds: Int64) -> Problem {
        var problem = Problem(code: .tooManyRequests)
        problem.headers[.retryAfter] = String(seconds)
        return problem
    }
}
