// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTesting
import NIOCore
import ShareLinks
import Testing

@testable import CartlinkServer

struct BadTokenLimiterTests {
    static let now = SettableClock.start
    static let proxy = "10.0.0.1"

    private func peer(_ address: String) -> SocketAddress { try! SocketAddress(ipAddress: address, port: 50_000) }

    private func request(_ forwarded: [String] = []) -> Request {
        var headers = HTTPFields()
        for value in forwarded { headers.append(HTTPField(name: .xForwardedFor, value: value)) }
        return Request(headers: headers)
    }

    @Test func theOneBeyondTheLimitIsRefusedUntilTheMinuteEnds() throws {
        let limiter = BadTokenLimiter(perMinute: 3, trustedProxies: [])
        let now = Timestamp(seconds: 1_800_000_020)  // 20 seconds into its minute
        for _ in 0..<3 { try limiter.count(request(), from: peer("203.0.113.7"), at: now) }
        let found = #expect(throws: Problem.self) { try limiter.count(request(), from: peer("203.0.113.7"), at: now) }
        #expect(found?.code == .tooManyRequests)
        #expect(found?.headers[.retryAfter] == "40")
        try limiter.count(request(), from: peer("203.0.113.8"), at: now)
        try limiter.count(request(), from: peer("203.0.113.7"), at: now.adding(seconds: 40))
    }

    /// Whether two requests count as one client's: the peer and the `X-Forwarded-For` lines of each.
    static let pairs: [(first: (peer: String, lines: [String]), second: (peer: String, lines: [String]), same: Bool)] = [
        (("203.0.113.7", []), ("203.0.113.7", ["198.51.100.1"]), true),  // nobody vouches for the header
        (("203.0.113.7", ["1.1.1.1"]), ("203.0.113.7", ["2.2.2.2"]), true),
        ((proxy, ["198.51.100.1"]), (proxy, ["198.51.100.2"]), false),
        ((proxy, ["198.51.100.1"]), (proxy, ["9.9.9.9, 198.51.100.1"]), true),  // what the client wrote before it
        ((proxy, ["9.9.9.9", "198.51.100.1"]), (proxy, ["8.8.8.8,198.51.100.1"]), true),
        ((proxy, ["198.51.100.1"]), ("10.0.0.2", ["198.51.100.1, 10.0.0.1"]), true),  // two trusted hops
        ((proxy, ["198.51.100.1"]), ("198.51.100.1", []), true),  // the same client past the proxy
        ((proxy, []), (proxy, ["10.0.0.2"]), true),  // only proxies: the peer itself
        ((proxy, [" , "]), (proxy, [","]), true),
        ((proxy, ["9.9.9.9, nonsense"]), (proxy, ["8.8.8.8, other nonsense"]), true),  // nobody gets a count by a made-up word
        ((proxy, ["198.51.100.1:4711"]), (proxy, ["198.51.100.1"]), true),  // some proxies write the port
        ((proxy, ["[2001:db8::1]:4711"]), (proxy, ["2001:DB8:0:0:ffff::"]), true),
        ((proxy, ["::ffff:198.51.100.1"]), (proxy, ["198.51.100.1"]), true),
        (("::ffff:198.51.100.1", []), ("198.51.100.1", []), true),
        (("2001:db8::1", []), ("2001:db8::2", []), true),  // one network of 64 bits
        (("2001:db8::1", []), ("2001:db8:0:1::1", []), false),
        (("2001:db8:ff::1", ["198.51.100.1"]), ("2001:db8:ff::2", ["198.51.100.1"]), false),  // a proxy is one address, not a network
    ]

    @Test(arguments: pairs)
    func theClientIsTheLastHopThatIsNoProxy(
        first: (peer: String, lines: [String]),
        second: (peer: String, lines: [String]),
        same: Bool
    ) throws {
        let limiter = BadTokenLimiter(perMinute: 1, trustedProxies: [Self.proxy, "10.0.0.2", "2001:db8:ff:0::1"])
        try limiter.count(request(first.lines), from: peer(first.peer), at: Self.now)
        if same {
            #expect(throws: Problem.self) { try limiter.count(request(second.lines), from: peer(second.peer), at: Self.now) }
        } else {
            try limiter.count(request(second.lines), from: peer(second.peer), at: Self.now)
        }
    }

    @Test func guessesSpreadOverManyAddressesAreLimitedInAll() throws {
        let limiter = BadTokenLimiter(perMinute: 2, trustedProxies: [])
        for number in 0..<(2 * BadTokenLimiter.sharesInAll) {
            try limiter.count(request(), from: peer("203.0.113.\(number)"), at: Self.now)
        }
        #expect(throws: Problem.self) { try limiter.count(request(), from: peer("198.51.100.1"), at: Self.now) }
        #expect(limiter.refusalIfExhausted(address: IPAddress(peer("198.51.100.2")), at: Self.now) == 60)
        try limiter.count(request(), from: peer("198.51.100.1"), at: Self.now.adding(seconds: 60))
    }

    @Test func anAddressThatHasUsedItsMinuteIsKnownBeforeAnyWork() {
        let limiter = BadTokenLimiter(perMinute: 2, trustedProxies: [])
        let now = Timestamp(seconds: 1_800_000_020)
        let client = IPAddress("203.0.113.7")!
        for _ in 0..<2 {
            #expect(limiter.refusalIfExhausted(address: client, at: now) == nil)
            #expect(limiter.countBad(from: client, at: now) == nil)
        }
        #expect(limiter.refusalIfExhausted(address: client, at: now) == 40)
        #expect(limiter.countBad(from: client, at: now) == 40)
        #expect(limiter.refusalIfExhausted(address: IPAddress("203.0.113.8")!, at: now) == nil)
        #expect(limiter.refusalIfExhausted(address: client, at: now.adding(seconds: 40)) == nil)
    }

    @Test func aFloodOfAddressesSharesOneCount() {
        let counts = MinuteCounts()
        func address(_ number: Int) -> IPAddress { IPAddress("10.0.\(number / 250).\(number % 250)")! }
        for number in 0..<MinuteCounts.mostAddresses { _ = counts.add(address(number), at: Self.now) }
        #expect(counts.add(IPAddress("192.0.2.1")!, at: Self.now).inMinute == 1)
        #expect(counts.add(IPAddress("192.0.2.2")!, at: Self.now).inMinute == 2)
        #expect(counts.counted(IPAddress("192.0.2.3")!, at: Self.now) == (2, MinuteCounts.mostAddresses + 2))
        // An address that was counted before keeps its own count, and the next minute starts afresh.
        #expect(counts.add(address(1), at: Self.now).inMinute == 2)
        #expect(counts.add(IPAddress("192.0.2.2")!, at: Self.now.adding(seconds: 60)).inMinute == 1)
        #expect(counts.counted(IPAddress("192.0.2.2")!, at: Self.now.adding(seconds: 120)) == (0, 0))
    }

    @Test func guessersAreSlowedDownAndGenuineTokensNever() async throws {
        let shop = try await TestShop(badTokensPerMinute: 2)
        try await shop.push()
        let (link, token) = try await shop.issue()
        let forged = String(token.dropLast(1)) + (token.hasSuffix("0") ? "1" : "0")
        for path in ["/v1/shared/\(forged)", "/s/\(forged)"] {
            #expect(try await shop.send(.get, path).status == .notFound)
        }
        let refused = try await shop.send(.get, "/v1/shared/\(forged)")
        #expect(refused.code == "too-many-requests")
        #expect(refused.status == .tooManyRequests)
        #expect(refused.headers[.retryAfter] == "60")
        #expect(try await shop.send(.get, "/s/nonsense").status == .tooManyRequests)
        #expect(try await shop.send(.get, "/v1/shared/\(token)").status == .ok)
        // A revoked link's token is genuine all the same.
        try await shop.sharing.revoke(link.id, by: .person(People.owner), onBehalfOf: nil, at: shop.clock.now)
        #expect(try await shop.send(.get, "/v1/shared/\(token)").status == .gone)
    }
}
