// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOEmbedded
import ShareLinks
import Synchronization
import Testing

@testable import CartlinkServer

/// Which pages of other origins may call `/v1`, and what they may read.
struct CrossOriginTests {
    private static let shop = "https://shop.example"
    private static let origins: Set<Origin> = [Origin(shop)!, Origin("http://127.0.0.1:3000")!]

    /// Origins that are no origin of the shop, however like one they look.
    static let others = [
        "null", "https://evil.example", "http://shop.example", "https://shop.example:8443", "https://shop.example.evil.example",
        "https://evilshop.example", "https://shop.example/", "https://shop.example@evil.example", "https://SHOP.example",
        "https://shop.example:443", "https://sub.shop.example", "https://shop.example, https://evil.example", "*", "",
        "http://127.0.0.1:300",
    ]

    private func preflight(_ shop: TestShop, _ origin: String, _ path: String = "/v1/carts/cart-1/links") async throws -> TestResponse {
        try await shop.send(.options, path, headers: [.origin: origin, .accessControlRequestMethod: "POST"])
    }

    @Test func aPageOfTheShopMayReadEveryAnswer() async throws {
        let shop = try await TestShop(cookie: "login", badTokensPerMinute: 1, origins: Self.origins)
        try await shop.push()
        let (link, token) = try await shop.issue()
        let owner = try TestCaller.person(People.owner).headers()
        try await shop.sharing.revoke(link.id, keepsGrants: false, by: .person(People.owner), onBehalfOf: nil, at: shop.clock.now)
        let large = String(repeating: " ", count: 70_000)
        let order = #"{"audience":"external","access":"read-only"}"#
        let requests: [(HTTPRequest.Method, String, HTTPFields, String?, Int)] = [
            (.get, "/v1/carts/cart-1", owner, nil, 200), (.post, "/v1/carts/cart-1/links", owner, order, 201),
            (.get, "/v1/carts/cart-1/links", [:], nil, 401), (.get, "/v1/carts/none", owner, nil, 404),
            (.get, "/v1/nothing", owner, nil, 404),
            (.put, "/v1/carts/cart-1/links", owner, order, 405), (.get, "/v1/shared/\(token)", [:], nil, 410),
            (.post, "/v1/carts/cart-1/links", owner, large, 413), (.post, "/v1/carts/cart-1/links", owner, "{}", 422),
            (.get, "/v1/shared/nonsense", [:], nil, 404), (.get, "/v1/shared/nonsense", [:], nil, 429),
        ]
        for (method, path, headers, body, status) in requests {
            for origin in [Self.shop, "http://127.0.0.1:3000"] where status != 404 || origin == Self.shop {
                var sent = headers
                sent[.origin] = origin
                let answer = try await shop.send(method, path, headers: sent, json: body)
                #expect(answer.status.code == status, "\(method) \(path): \(answer.status)")
                #expect(answer.headers[values: .accessControlAllowOrigin] == [origin], "\(path)")
                #expect(answer.headers[.accessControlExposeHeaders] == "ETag, Location, Retry-After, Sunset", "\(path)")
                #expect(answer.headers[.accessControlAllowCredentials] == nil, "\(path)")
                #expect(answer.headers[.vary]?.hasSuffix("Origin") == true, "\(path)")
            }
        }
    }

    @Test func whatCannotBeAnsweredNowMayBeReadToo() async throws {
        let shop = try await TestShop(origins: Self.origins).withBrokenStore()
        let answer = try await shop.send(.get, "/v1/carts/cart-1", by: .person(People.owner), headers: [.origin: Self.shop])
        #expect(answer.status == .serviceUnavailable)
        #expect(answer.headers[.accessControlAllowOrigin] == Self.shop && answer.headers[.retryAfter] == "2")
    }

    @Test func aPreflightOfTheShopIsPermitted() async throws {
        let shop = try await TestShop(origins: Self.origins)
        for path in ["/v1/carts/cart-1/links", "/v1/links/x", "/v1/not/known"] {
            let answer = try await preflight(shop, Self.shop, path)
            #expect(answer.status == .noContent && answer.bytes.isEmpty)
            #expect(answer.headers[values: .accessControlAllowOrigin] == [Self.shop])
            #expect(answer.headers[.accessControlAllowMethods] == "GET, HEAD, POST, PUT, PATCH, DELETE")
            let names = answer.headers[.accessControlAllowHeaders] ?? ""
            for name in ["Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match"] { #expect(names.contains(name)) }
            #expect(!names.contains("On-Behalf-Of") && !names.contains("*"))
            #expect(answer.headers[.accessControlMaxAge] == "7200")
            #expect(answer.headers[.accessControlAllowCredentials] == nil)
            #expect(answer.headers[.vary] == "Origin")
            #expect(answer.headers[values: .referrerPolicy] == ["no-referrer"])
        }
    }

    @Test(arguments: others)
    func anotherOriginIsPermittedNothing(origin: String) async throws {
        let shop = try await TestShop(origins: Self.origins)
        try await shop.push()
        let refused = try await preflight(shop, origin)
        #expect(refused.status == .forbidden && refused.code == "not-allowed-here")
        let answer = try await shop.send(.get, "/v1/carts/cart-1", by: .person(People.owner), headers: [.origin: origin])
        #expect(answer.status == .ok)
        for answer in [refused, answer] {
            #expect(answer.headers[.accessControlAllowOrigin] == nil && answer.headers[.accessControlAllowMethods] == nil)
            #expect(answer.headers[.vary]?.hasSuffix("Origin") == true)
        }
    }

    @Test func twoOriginsAreNone() async throws {
        let shop = try await TestShop(origins: Self.origins)
        var headers: HTTPFields = [.accessControlRequestMethod: "POST"]
        for _ in 1...2 { headers.append(HTTPField(name: .origin, value: Self.shop)) }
        let answer = try await shop.send(.options, "/v1/carts", headers: headers)
        #expect(answer.status == .forbidden && answer.headers[.accessControlAllowOrigin] == nil)
    }

    @Test func whereNoOriginIsConfiguredNoneMayCall() async throws {
        let answer = try await preflight(try await TestShop(), Self.shop)
        #expect(answer.status == .forbidden && answer.headers[.accessControlAllowOrigin] == nil)
    }

    @Test func theLogNamesSomeRefusedOriginsAMinuteAndNotEachTime() async throws {
        let clock = SettableClock()
        let guarded = CrossOrigin(origins: Self.origins, now: { clock.now })
        let lines = Lines()
        var logger = Logger(label: "tests") { _ in lines }
        logger[metadataKey: "hb.request.id"] = "r-1"
        let context = ServerContext(source: .init(channel: EmbeddedChannel(), logger: logger))
        func refuse(_ count: Int) async throws {
            let headers: HTTPFields = [.origin: "https://evil.example", .accessControlRequestMethod: "POST"]
            let request = Request(.options, headers: headers)
            for _ in 0..<count {
                let answer = try await guarded.handle(request, context: context) { _, _ in Response(status: .ok) }
                #expect(answer.status == .forbidden)
            }
        }
        try await refuse(CrossOrigin.noticesPerMinute + 30)
        #expect(lines.count == CrossOrigin.noticesPerMinute)
        clock.advance(seconds: 60)
        try await refuse(1)
        #expect(lines.count == CrossOrigin.noticesPerMinute + 1)
    }

    @Test func answersWithoutAnOriginDependOnItToo() async throws {
        let shop = try await TestShop(origins: Self.origins)
        try await shop.push()
        let answer = try await shop.send(.get, "/v1/shared/\(try await shop.issue().token)")
        #expect(answer.headers[.vary] == "Authorization, Cookie, Accept-Encoding, Origin")
        #expect(answer.headers[.accessControlAllowOrigin] == nil)
    }

    @Test func optionsThatIsNoPreflightIsAnsweredAsEver() async throws {
        let shop = try await TestShop(origins: Self.origins)
        for headers: HTTPFields in [[:], [.origin: Self.shop], [.accessControlRequestMethod: "POST"]] {
            let answer = try await shop.send(.options, "/v1/carts/cart-1/links", headers: headers)
            #expect(answer.status == .methodNotAllowed)
            #expect(answer.headers[.allow] == "GET, HEAD, POST")
        }
    }

    @Test func nothingButTheInterfaceIsForOtherOrigins() async throws {
        let shop = try await TestShop(origins: Self.origins)
        try await shop.push()
        let token = try await shop.issue().token
        for path in ["/s/\(token)", "/glue/carts", "/health/live", "/assets/page.js", "//v1/carts"] {
            let answer = try await shop.send(.get, path, headers: [.origin: Self.shop])
            #expect(answer.headers[.accessControlAllowOrigin] == nil, "\(path)")
            #expect(try await preflight(shop, Self.shop, path).headers[.accessControlAllowOrigin] == nil, "\(path)")
        }
        let admin = try await shop.send(.get, "/admin/v1/links", headers: [.origin: Self.shop], to: .admin)
        #expect(admin.headers[.accessControlAllowOrigin] == nil && admin.headers[.vary] == nil)
    }

    /// A page of the shop that rides on the cookie gets no further than any other site's.
    @Test func aCookieIsNoStrongerFromAnOriginOfTheShop() async throws {
        let shop = try await TestShop(cookie: "login", origins: Self.origins)
        try await shop.push()
        let cookie: HTTPFields = [.cookie: "login=\(try TestLogins.token(People.owner))", .origin: Self.shop]
        let order = #"{"audience":"external","access":"read-only"}"#
        for path in ["/v1/carts/cart-1/links", "/v1/carts/cart-1/links/preview"] {
            let answer = try await shop.send(.post, path, headers: cookie, json: order)
            #expect(answer.status == .forbidden && answer.code == "permission-denied")
        }
    }
}

/// Counts what is logged.
private struct Lines: LogHandler {
    private final class Counted: Sendable {
        let lines = Mutex(0)
    }

    private let counted = Counted()
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    var count: Int { counted.lines.withLock { $0 } }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        counted.lines.withLock { $0 += 1 }
    }
}
