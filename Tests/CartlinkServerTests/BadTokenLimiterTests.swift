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
        (("2001:db8::1", []), ("2001:db8::2", []), false),
    ]

    @Test(arguments: pairs)
    func theClientIsTheLastHopThatIsNoProxy(
        first: (peer: String, lines: [String]),
        second: (peer: String, lines: [String]),
        same: Bool
    ) throws {
        let limiter = BadTokenLimiter(perMinute: 1, trustedProxies: [Self.proxy, "10.0.0.2"])
        try limiter.count(request(first.lines), from: peer(first.peer), at: Self.now)
        if same {
            #expect(throws: Problem.self) { try limiter.count(request(second.lines), from: peer(second.peer), at: Self.now) }
        } else {
            try limiter.count(request(second.lines), from: peer(second.peer), at: Self.now)
        }
    }

    @Test func aFloodOfAddressesSharesOneCount() throws {
        let limiter = BadTokenLimiter(perMinute: 1, trustedProxies: [Self.proxy])
        for number in 0..<20_000 { try limiter.count(request(["a\(number)"]), from: peer(Self.proxy), at: Self.now) }
        try limiter.count(request(["late1"]), from: peer(Self.proxy), at: Self.now)
        #expect(throws: Problem.self) { try limiter.count(request(["late2"]), from: peer(Self.proxy), at: Self.now) }
        // An address that was counted before keeps its own count, and the next minute starts afresh.
        #expect(throws: Problem.self) { try limiter.count(request(["a1"]), from: peer(Self.proxy), at: Self.now) }
        try limiter.count(request(["late2"]), from: peer(Self.proxy), at: Self.now.adding(seconds: 60))
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
