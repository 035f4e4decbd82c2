// SPDX-License-Identifier: Apache-2.0

import NIOEmbedded
import NIOHTTP1
import ShareLinks
import Testing

@testable import CartlinkServer

struct FastRequestTests {
    private let shop: TestShop
    private let token: String
    private let memory: LoopMemory

    init() async throws {
        shop = try await TestShop(cookie: "shop_login")
        try await shop.push()
        token = try await shop.issue().token
        let clock = shop.clock
        memory = LoopMemory(loop: EmbeddedEventLoop(), keys: shop.sharing.keys, languages: shop.server.settings.pages.languages) {
            clock.now
        }
    }

    private func read(
        _ path: String? = nil,
        _ headers: [(String, String)] = [],
        method: HTTPMethod = .GET,
        version: HTTPVersion = .http1_1
    ) -> FastRequest? {
        let head = HTTPRequestHead(
            version: version,
            method: method,
            uri: path ?? "/v1/shared/\(token)",
            headers: HTTPHeaders([("Host", "links.shop.example")] + headers)
        )
        return FastRequest(head, loginCookie: "shop_login", limits: ConnectionLimits(connections: 1), memory: memory)
    }

    @Test func strangersViewsAndPagesAreTheFastPaths() {
        #expect(read()?.name.form == .view)
        #expect(read("/s/\(token)")?.name.form == .page(locale: nil))
        #expect(read("/s/\(token)", [("Accept-Language", "de-AT, en;q=0.5")])?.name.form == .page(locale: "de-AT"))
        #expect(read("/s/\(token)", [("Accept-Language", "xx")])?.name.form == .page(locale: nil))
        #expect(read(method: .HEAD)?.isHead == true)
        #expect(read()?.token.text == token)
    }

    static let others: [(String, String)] = [
        ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"), ("Cookie", "cart=7; session=abc; _ga=GA1.2.3"),
        ("Accept", "*/*"), ("Sec-Fetch-Site", "none"), ("Connection", "keep-alive"), ("connection", "Keep-Alive"),
        ("Accept-Encoding", "br, gzip"),
        ("If-None-Match", "\"x\""), ("X-Forwarded-For", "203.0.113.9"), ("Cache-Control", "no-cache"), ("Referer", "https://a.example/"),
        ("Accept-Language", "es"), ("Forwarded", "for=192.0.2.1"), ("Content-Type", "text/plain"),
    ]

    @Test(arguments: others)
    func whatChangesNothingIsNoReason(name: String, value: String) {
        #expect(read(nil, [(name, value)]) != nil)
        #expect(read("/s/\(token)", [(name, value)]) != nil)
    }

    static let routers: [(String, String)] = [
        ("Authorization", "Bearer x"), ("authorization", ""), ("Cookie", "a=b; shop_login=x"), ("Cookie", "shop_login=x"),
        ("Range", "bytes=0-1"),
        ("If-Range", "\"x\""), ("Content-Length", "0"), ("Content-Length", "5"), ("Transfer-Encoding", "chunked"),
        ("Expect", "100-continue"),
        ("Upgrade", "h2c"), ("Connection", "close"), ("Connection", "keep-alive, Upgrade"), ("Origin", "https://shop.example"),
        ("Origin", "null"),
        ("Host", "other.example"), ("Purpose", "prefetch"), ("Sec-Purpose", "prefetch"), ("X-Purpose", "preview"), ("X-Moz", "prefetch"),
        ("X-Long", String(repeating: "x", count: 9_000)), ("User-Agent", String(repeating: "x", count: 600)),
    ]

    @Test(arguments: routers)
    func whatAsksForMoreIsTheRouters(name: String, value: String) {
        #expect(read(nil, [(name, value)]) == nil)
        #expect(read("/s/\(token)", [(name, value)]) == nil)
    }

    @Test(arguments: ["If-None-Match", "Accept-Encoding", "Accept-Language", "User-Agent"])
    func aHeaderThatComesTwiceIsTheRouters(name: String) {
        #expect(read(nil, [(name, "a"), (name, "b")]) == nil)
    }

    @Test func otherPathsAndMethodsAreTheRouters() {
        let paths = [
            "/v1/shared/\(token)?x", "/v1/shared/\(token)/", "//v1/shared/\(token)", "/V1/shared/\(token)",
            "/v1/shared/\(token.dropLast())",
            "/v1/shared/\(token)0", "/s/\(token)/accept", "/s//\(token)", "/S/\(token)", "http://a/s/\(token)", "/s/\(token)#x", "/", "*",
            "",
            "/v1/shared/\(token.replacing("cl1", with: "cl2"))", "/v1/shared/\(token.dropLast())%41", "/v1/shared/\(token.dropLast(3))-_é",
        ]
        for path in paths { #expect(read(path) == nil, "\(path)") }
        for method in [HTTPMethod.POST, .PUT, .DELETE, .OPTIONS, .RAW(value: "get")] { #expect(read(method: method) == nil, "\(method)") }
        for version in [HTTPVersion.http1_0, .http2, HTTPVersion(major: 1, minor: 2)] {
            #expect(read(version: version) == nil, "\(version)")
        }
    }

    @Test func wishesAreRead() {
        #expect(read(nil, [("Accept-Encoding", "gzip;q=0")])?.wishes.takesGzip == false)
        #expect(read(nil, [("accept-encoding", "deflate, gzip")])?.wishes.takesGzip == true)
        #expect(read(nil, [("If-None-Match", "W/\"x\"")])?.wishes.known == "W/\"x\"")
        #expect(read("/s/\(token)", [("User-Agent", "Twitterbot/1.0")])?.isRobot == true)
        #expect(read("/s/\(token)", [("User-Agent", "Mozilla/5.0 (X11) Firefox/130.0")])?.isRobot == false)
        #expect(read("/s/\(token)")?.isRobot == true)
    }

    /// Whoever sends ever new headers makes us read them, and no more.
    @Test func headersByTheThousandAreReadAsEver() {
        for number in 0..<3_000 {
            #expect(read("/s/\(token)", [("Accept-Language", "es-X\(number), de-CH")])?.name.form == .page(locale: "es"))
        }
    }
}
