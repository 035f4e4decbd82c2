// SPDX-License-Identifier: Apache-2.0

import Hummingbird
package import NIOCore
package import ShareLinks

/// Counts tokens that no key made, per client address and in all, by the minute; a token whose tag holds is never counted.
///
/// Beyond either limit only bad tokens are refused. So whoever holds a link gets in while others guess, even from the same address.
package final class BadTokenLimiter: Sendable {
    private let perMinute: Int
    private let perMinuteInAll: Int
    let addresses: ClientAddresses
    private let counts = MinuteCounts()

    /// How many addresses may use up their share before all are told to wait: guesses spread over many addresses are still guesses.
    static let sharesInAll = 20

    /// - Parameter proxies: addresses whose `X-Forwarded-For` is believed.
    package init(perMinute: Int, trustedProxies proxies: Set<String>) {
        self.perMinute = perMinute
        let (product, isTooLarge) = perMinute.multipliedReportingOverflow(by: Self.sharesInAll)
        perMinuteInAll = isTooLarge ? .max : product
        addresses = ClientAddresses(trustedProxies: proxies)
    }

    /// Counts one bad token; throws once its address, or all together, have sent too many.
    func count(_ request: Request, from peer: SocketAddress?, at now: Timestamp) throws(Problem) {
        guard let seconds = countBad(from: addresses.client(of: request, peer: peer), at: now) else { return }
        throw .tooManyRequests(retryAfter: seconds)
    }

    /// Whose request it is; see ``ClientAddresses``.
    package func client(of peer: SocketAddress?, forwarded: @autoclosure () -> [String]) -> IPAddress {
        addresses.client(of: peer, forwarded: forwarded())
    }

    /// Counts one bad token of a client; seconds until the next try where that was one too many, nil where it gets its ordinary answer.
    package func countBad(from client: IPAddress, at now: Timestamp) -> Int64? {
        // Once all is used up nothing more is counted: the table can't be filled with addresses.
        if let seconds = refusalIfExhausted(address: client, at: now) { return seconds }
        let (inMinute, _, inAll) = counts.add(client.counted, at: now)
        return inMinute > perMinute || inAll > perMinuteInAll ? Self.rest(of: now) : nil
    }

    /// Seconds until a bad token of this client gets another answer than 429; nil while it still has tries in this minute.
    ///
    /// One lock and one look-up. For bad tokens only: a good one is never refused for what others sent from its address.
    package func refusalIfExhausted(address client: IPAddress, at now: Timestamp) -> Int64? {
        let (inMinute, inAll) = counts.counted(client.counted, at: now)
        return inMinute >= perMinute || inAll >= perMinuteInAll ? Self.rest(of: now) : nil
    }

    private static func rest(of now: Timestamp) -> Int64 { 60 - now.seconds % 60 }
}

extension Problem {
    /// - Parameter seconds: when it is worth another try.
    static func tooManyRequests(retryAfter seconds: Int64) -> Problem {
        var problem = Problem(code: .tooManyRequests)
        problem.headers[.retryAfter] = String(seconds)
        return problem
    }
}
