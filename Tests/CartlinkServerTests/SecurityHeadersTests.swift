// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import HummingbirdTesting
import ShareLinks
import Testing

@testable import CartlinkServer

struct SecurityHeadersTests {
    /// One answer of every kind, with the status that shows it is the kind meant.
    private func kinds() async throws -> [(name: String, status: Int, answer: TestResponse)] {
        let shop = try await TestShop(badTokensPerMinute: 1)
        try await shop.push()
        let (link, token) = try await shop.issue()
        let dead = try await shop.issue()
        try await shop.sharing.revoke(dead.link.id, by: .person(People.owner), onBehalfOf: nil, at: shop.clock.now)
        let shared = "/v1/shared/\(token)"
        let tag = try await shop.send(.get, shared).headers[.eTag]!
        let owner = TestCaller.person(People.owner)
        let order = #"{"audience":"external","access":"read-only"}"#
        return [
            ("shared", 200, try await shop.send(.get, shared)),
            ("shared, head", 200, try await shop.send(.head, shared)),
            ("unchanged", 304, try await shop.send(.get, shared, headers: [.ifNoneMatch: tag])),
            ("page", 200, try await shop.send(.get, "/s/\(token)")),
            ("style sheet", 200, try await shop.send(.get, "/assets/page.css")),
            ("health", 200, try await shop.send(.get, "/health/live")),
            ("issued", 201, try await shop.send(.post, "/v1/carts/cart-1/links", by: owner, json: order)),
            ("malformed", 400, try await shop.send(.post, "/v1/carts/cart-1/links", by: owner, json: "{")),
            ("no login", 401, try await shop.send(.get, "/v1/carts")),
            ("not permitted", 403, try await shop.send(.post, "/v1/resolve", by: owner, json: "{}")),
            ("no route", 404, try await shop.send(.get, "/nothing")),
            ("guessed", 404, try await shop.send(.get, "/v1/shared/nonsense")),
            ("guessed again", 429, try await shop.send(.get, "/v1/shared/nonsense")),
            ("guessed page", 429, try await shop.send(.get, "/s/nonsense")),
            ("wrong method", 405, try await shop.send(.put, shared)),
            ("gone", 410, try await shop.send(.get, "/v1/shared/\(dead.token)")),
            ("gone page", 410, try await shop.send(.get, "/s/\(dead.token)")),
            (
                "too large", 413,
                try await shop.send(.post, "/v1/carts/cart-1/links", by: owner, json: String(repeating: " ", count: 65_537))
            ),
            ("no JSON", 415, try await shop.send(.post, "/v1/carts/cart-1/links", by: owner)),
            ("invalid", 422, try await shop.send(.post, "/v1/carts/cart-1/links", by: owner, json: "{}")),
            ("revoked", 204, try await shop.send(.delete, "/v1/links/\(link.id)", by: owner)),
            ("administrator's", 200, try await shop.send(.get, "/admin/v1/links", by: .service(Services.admin), to: .admin)),
            ("administrator's, refused", 401, try await shop.send(.get, "/admin/v1/links", to: .admin)),
            ("metrics", 200, try await shop.send(.get, "/metrics", to: .admin)),
        ]
    }

    @Test func everyAnswerCarriesThem() async throws {
        for (name, status, answer) in try await kinds() {
            #expect(answer.status.code == status, "\(name)")
            #expect(answer.headers[values: .referrerPolicy] == ["no-referrer"], "\(name)")
            #expect(answer.headers[values: .robotsTag] == ["noindex, nofollow, noarchive"], "\(name)")
            #expect(answer.headers[values: .xContentTypeOptions] == ["nosniff"], "\(name)")
            #expect(answer.headers[values: .resourcePolicy] == ["same-site"], "\(name)")
            #expect(answer.headers[.accessControlAllowOrigin] == nil, "\(name)")
        }
    }

    @Test func onlyWhatGuestsSeeMayBeKept() async throws {
        for (name, _, answer) in try await kinds() {
            let expected =
                switch name {
                case "shared", "shared, head", "unchanged", "page": "private, no-cache"
                case "style sheet": "public, max-age=3600"
                default: "no-store"
                }
            #expect(answer.headers[values: .cacheControl] == [expected], "\(name)")
        }
    }

    @Test func whatOwnersAndMembersSeeIsKeptByNobody() async throws {
        let shop = try await TestShop()
        try await shop.push()
        let external = try await shop.issue().token
        let inside = try await shop.issue(LinkOrder(audience: .internal, access: .readOnly)).token
        for (token, person) in [(external, People.owner), (inside, People.owner), (inside, People.sameUnit)] {
            for path in ["/v1/shared/\(token)", "/s/\(token)"] {
                let answer = try await shop.send(.get, path, by: .person(person))
                #expect(answer.status == .ok)
                #expect(answer.headers[values: .cacheControl] == ["no-store"])
            }
        }
    }

    @Test func errorsAreProblemsAndPagesArePages() async throws {
        for (name, status, answer) in try await kinds() where status >= 400 {
            let isPage = name.hasSuffix("page")
            #expect(answer.headers[.contentType] == (isPage ? "text/html; charset=utf-8" : "application/problem+json"), "\(name)")
            if !isPage { #expect(answer.json["status"] as? Int == status, "\(name)") }
        }
    }

    @Test func theBodyOfAProblemTooLargeEndsTheConnection() async throws {
        let answer = try await kinds().first { $0.status == 413 }?.answer
        #expect(answer?.headers[.connection] == "close")
    }

    @Test func pagesRunAndLoadNothingFromElsewhere() async throws {
        let pages = try await kinds().filter { $0.answer.headers[.contentType]?.hasPrefix("text/html") == true }
        #expect(pages.count == 3)
        for (name, _, answer) in pages {
            #expect(
                answer.headers[values: .contentSecurityPolicy] == [
                    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' https://cdn.shop.example; "
                        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
                ],
                "\(name)"
            )
        }
    }
}
