// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import HummingbirdTesting
import ShareLinks
import Testing

@testable import CartlinkServer

struct BrokenStoreTests {
    /// A shop whose store went away after a link was issued.
    private func shop() async throws -> (shop: TestShop, token: String) {
        let shop = try await TestShop()
        try await shop.push()
        let token = try await shop.issue().token
        return (shop.withBrokenStore(), token)
    }

    @Test func whatNeedsTheStoreIsUnavailableWithoutSayingWhy() async throws {
        let (shop, token) = try await shop()
        let owner = TestCaller.person(People.owner)
        for answer in [
            try await shop.send(.get, "/v1/shared/\(token)"), try await shop.send(.get, "/v1/carts", by: owner),
            try await shop.send(.post, "/v1/carts/cart-1/links", by: owner, json: #"{"audience":"external","access":"read-only"}"#),
            try await shop.send(.get, "/admin/v1/links", by: .service(Services.admin), to: .admin),
        ] {
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.code == "unavailable")
            #expect(answer.headers[.retryAfter] == "2")
            #expect(!answer.text.contains("CAUSE") && !answer.text.contains(token))
        }
        let page = try await shop.send(.get, "/s/\(token)")
        #expect(page.status == .serviceUnavailable)
        #expect(page.headers[.retryAfter] == "2")
        #expect(page.text.contains("can't be shown right now") || page.text.contains("can&#39;t be shown right now"))
        #expect(!page.text.contains("CAUSE"))
    }

    @Test(arguments: ["carts", "carts/cart-1", "company-users", "shared-carts/some-share"])
    func glueSaysItInItsOwnShape(path: String) async throws {
        let (shop, _) = try await shop()
        let accept: HTTPFields = [.accept: "application/vnd.api+json"]
        let answer = try await shop.send(.get, "/glue/\(path)", by: .person(People.owner), headers: accept)
        #expect(answer.status == .serviceUnavailable)
        #expect(answer.headers[.contentType] == "application/vnd.api+json")
        #expect(answer.headers[.retryAfter] == "2")
        #expect(answer.text.hasPrefix(#"{"errors":[{"status":503,"detail":""#) && !answer.text.contains("CAUSE"))
    }

    @Test func aForgedTokenNeverAsksTheStore() async throws {
        let (shop, token) = try await shop()
        let forged = String(token.dropLast()) + (token.hasSuffix("0") ? "1" : "0")
        #expect(try await shop.send(.get, "/v1/shared/\(forged)").code == "link-not-found")
    }

    @Test func theNodeIsAliveAndNotReady() async throws {
        let (shop, _) = try await shop()
        #expect(try await shop.send(.get, "/health/live").status == .ok)
        let ready = try await shop.send(.get, "/health/ready")
        #expect(ready.status == .serviceUnavailable)
        #expect(ready.text == #"{"status":"unavailable"}"#)
    }

    @Test func aNodeThatDrainsIsNotReady() async throws {
        let shop = try await TestShop()
        #expect(try await shop.send(.get, "/health/ready").status == .ok)
        shop.readiness.end()
        #expect(try await shop.send(.get, "/health/ready").status == .serviceUnavailable)
        #expect(try await shop.send(.get, "/health/live").status == .ok)
    }
}
