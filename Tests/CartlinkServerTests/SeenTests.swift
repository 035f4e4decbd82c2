// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTesting
import ShareLinks
import Testing

@testable import CartlinkServer

/// What the page's own call and robots' looks count, and what they don't.
struct SeenTests {
    private static let browser: HTTPFields = [.userAgent: RobotSignsTests.browser]

    private func counted(_ shop: TestShop, _ link: Link) -> LinkOpens {
        shop.server.openCounts.portion(of: 9)[link.id] ?? LinkOpens()
    }

    @Test func thePageTellsOfAPerson() async throws {
        let shop = try await TestShop()
        try await shop.push()
        let (link, token) = try await shop.issue()
        let answer = try await shop.send(.post, "/s/\(token)/seen", headers: Self.browser)
        #expect(answer.status == .noContent && answer.body.readableBytes == 0)
        #expect(counted(shop, link) == LinkOpens(people: 1, lastAt: shop.clock.now))
        for headers: HTTPFields in [[.userAgent: "curl/8.0"], Self.browser.replacing(with: [HTTPField.Name("Purpose")!: "prefetch"])] {
            #expect(try await shop.send(.post, "/s/\(token)/seen", headers: headers).status == .noContent)
        }
        #expect(counted(shop, link).people == 1)
    }

    @Test func theOwnersOwnLooksAreNotCounted() async throws {
        let shop = try await TestShop()
        try await shop.push()
        let (link, token) = try await shop.issue()
        #expect(try await shop.send(.post, "/s/\(token)/seen", by: .person(People.owner), headers: Self.browser).status == .noContent)
        #expect(counted(shop, link) == LinkOpens())
        #expect(try await shop.send(.post, "/s/\(token)/seen", by: .person(People.customer), headers: Self.browser).status == .noContent)
        #expect(counted(shop, link).people == 1)
    }

    @Test func atAnInternalLinkOnlyThoseInsideCount() async throws {
        let shop = try await TestShop()
        try await shop.push()
        let (link, token) = try await shop.issue(LinkOrder(audience: .internal, access: .readOnly))
        for caller in [TestCaller.stranger, .person(People.customer)] {
            #expect(try await shop.send(.post, "/s/\(token)/seen", by: caller, headers: Self.browser).status == .noContent)
        }
        #expect(counted(shop, link) == LinkOpens())
        #expect(try await shop.send(.post, "/s/\(token)/seen", by: .person(People.sameUnit), headers: Self.browser).status == .noContent)
        #expect(counted(shop, link).people == 1)
    }

    @Test func aLoginCookieNeedsNoOriginHere() async throws {
        let shop = try await TestShop(cookie: "login")
        try await shop.push()
        let (link, token) = try await shop.issue()
        let login = try TestCaller.person(People.owner).headers()[.authorization]!.dropFirst("Bearer ".count)
        for origin in [nil, "null", "https://other.example"] {
            var headers = Self.browser.replacing(with: [.cookie: "login=\(login)"])
            headers[.origin] = origin
            #expect(try await shop.send(.post, "/s/\(token)/seen", headers: headers).status == .noContent)
        }
        #expect(counted(shop, link) == LinkOpens())
    }

    @Test func whatIsNoLiveLinkIsAnsweredAsElsewhere() async throws {
        let shop = try await TestShop(badTokensPerMinute: 1)
        try await shop.push()
        let (link, token) = try await shop.issue()
        try await shop.sharing.revoke(link.id, by: .person(People.owner), onBehalfOf: nil, at: shop.clock.now)
        #expect(try await shop.send(.post, "/s/\(token)/seen", headers: Self.browser).status == .gone)
        #expect(try await shop.send(.post, "/s/nonsense/seen", headers: Self.browser).status == .notFound)
        #expect(try await shop.send(.post, "/s/nonsense/seen", headers: Self.browser).status == .tooManyRequests)
        #expect(counted(shop, link) == LinkOpens())
    }

    @Test func aBodyMatterNotUnlessItIsLarge() async throws {
        let shop = try await TestShop()
        try await shop.push()
        let (link, token) = try await shop.issue()
        for body in ["", "not json", String(repeating: "x", count: 1024)] {
            #expect(try await shop.send(.post, "/s/\(token)/seen", headers: Self.browser, json: body).status == .noContent)
        }
        let large = try await shop.send(.post, "/s/\(token)/seen", headers: Self.browser, json: String(repeating: "x", count: 1025))
        #expect(large.status == .contentTooLarge)
        #expect(counted(shop, link).people == 3)
    }

    @Test func robotsCountWhereTheyGotAPage() async throws {
        let shop = try await TestShop()
        try await shop.push()
        let (link, token) = try await shop.issue()
        let (inner, innerToken) = try await shop.issue(LinkOrder(audience: .internal, access: .readOnly))
        let robot: HTTPFields = [.userAgent: "Twitterbot/1.0"]
        let page = try await shop.send(.get, "/s/\(token)", headers: robot)
        _ = try await shop.send(.get, "/s/\(token)", headers: robot.replacing(with: [.ifNoneMatch: page.headers[.eTag]!]))
        _ = try await shop.send(.head, "/s/\(token)", headers: Self.browser)
        _ = try await shop.send(.get, "/s/\(innerToken)", headers: robot)
        _ = try await shop.send(.get, "/s/\(token)", headers: Self.browser)
        // A machine's view is no page.
        _ = try await shop.send(.get, "/v1/shared/\(token)", headers: robot)
        #expect(counted(shop, link) == LinkOpens(robots: 3))
        #expect(counted(shop, inner) == LinkOpens(robots: 1))
        try await shop.sharing.revoke(link.id, by: .person(People.owner), onBehalfOf: nil, at: shop.clock.now)
        _ = try await shop.send(.get, "/s/\(token)", headers: robot)
        _ = try await shop.send(.get, "/s/nonsense", headers: robot)
        #expect(counted(shop, link) == LinkOpens(robots: 3))
    }
}
