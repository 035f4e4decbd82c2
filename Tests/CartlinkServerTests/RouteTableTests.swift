// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTesting
import Testing

@testable import CartlinkServer

struct RouteTableTests {
    /// Every path of the contract that this version serves, with the methods that `Allow` names.
    static let publicPaths: [(path: String, allow: String)] = [
        ("/v1/carts", "GET, HEAD"), ("/v1/carts/c", "DELETE, GET, HEAD, PUT"), ("/v1/carts/c/state", "PUT"),
        ("/v1/carts/c/links", "GET, HEAD, POST"), ("/v1/links/l", "DELETE, GET, HEAD, PATCH"), ("/v1/resolve", "POST"),
        ("/v1/carts/c/grants", "GET, HEAD, POST"), ("/v1/grants/g", "DELETE, PATCH"), ("/v1/company-users/u", "DELETE, PUT"),
        ("/v1/carts/c/items", "POST"), ("/v1/carts/c/items/i", "DELETE, PATCH"), ("/v1/carts/c/events", "GET, HEAD"),
        ("/v1/carts/c/comments", "GET, HEAD, POST"), ("/v1/carts/c/comments/m", "DELETE"), ("/v1/shared/t/accept", "POST"),
        ("/v1/shared/t/take-over", "POST"),
        ("/v1/shared/t", "GET, HEAD"), ("/s/t", "GET, HEAD"), ("/s/t/accept", "GET, HEAD, POST"), ("/s/t/seen", "POST"),
        ("/assets/page.css", "GET, HEAD"),
        ("/assets/page.js", "GET, HEAD"), ("/assets/icon.svg", "GET, HEAD"), ("/assets/card.png", "GET, HEAD"),
        ("/assets/card.jpg", "GET, HEAD"),
        ("/robots.txt", "GET, HEAD"), ("/v1/links/l/unfurl-check", "POST"), ("/health/live", "GET, HEAD"),
        ("/health/ready", "GET, HEAD"),
    ]
    static let adminPaths: [(path: String, allow: String)] = [
        ("/admin/v1/links", "GET, HEAD"), ("/admin/v1/links/l", "DELETE"), ("/admin/v1/links/l/pause", "POST"),
        ("/admin/v1/links/l/resume", "POST"), ("/admin/v1/revocations", "POST"), ("/admin/v1/inspect", "POST"),
        ("/admin/v1/audit", "GET, HEAD"), ("/admin/v1/keys", "GET, HEAD"), ("/admin/v1/keys/0", "DELETE"), ("/metrics", "GET, HEAD"),
        ("/admin/v1/webhooks", "GET, HEAD"), ("/admin/v1/webhooks/dead-letters", "GET, HEAD"),
        ("/admin/v1/webhooks/dead-letters/msg_1/retry", "POST"),
        ("/health/live", "GET, HEAD"), ("/health/ready", "GET, HEAD"),
    ]
    static let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options, .trace, .init("BREW")!]

    private func refusals(_ path: String, _ allow: String, _ listener: TestShop.Listener) async throws {
        let shop = try await TestShop()
        let allowed = Set(allow.split(separator: ", ").map(String.init))
        for method in Self.methods where !allowed.contains(method.rawValue) {
            let answer = try await shop.send(method, path, to: listener)
            #expect(answer.status == .methodNotAllowed, "\(method) \(path)")
            #expect(answer.headers[.allow] == allow, "\(method) \(path)")
            if method != .head { #expect(answer.code == "method-not-allowed", "\(method) \(path)") }
        }
        for method in Self.methods where allowed.contains(method.rawValue) {
            #expect(try await shop.send(method, path, to: listener).status != .methodNotAllowed, "\(method) \(path)")
        }
    }

    @Test(arguments: publicPaths)
    func otherMethodsOfThePublicListenerAreToldWhichAreAllowed(path: String, allow: String) async throws {
        try await refusals(path, allow, .public)
    }

    @Test(arguments: adminPaths)
    func otherMethodsOfTheAdminListenerAreToldWhichAreAllowed(path: String, allow: String) async throws {
        try await refusals(path, allow, .admin)
    }

    /// A path that is served but missing above would go untested.
    @Test func theTablesNameEveryRoute() async throws {
        let shop = try await TestShop()
        // What is under `/glue` answers as Glue does, and has tests of its own.
        func served(_ router: Router<ServerContext>) -> Int {
            Set(router.routes.map(\.path.description).filter { !$0.hasPrefix("/glue") }).count
        }
        #expect(served(shop.server.publicRouter()) == Self.publicPaths.count)
        #expect(served(shop.server.adminRouter()) == Self.adminPaths.count)
    }

    @Test(arguments: ["/", "/v1", "/v2/carts", "/v1/carts/c/things", "/s", "/S/t", "/admin/v1/links", "/metrics", "/v1/cart"])
    func otherPathsHaveNothing(path: String) async throws {
        let shop = try await TestShop()
        for method in [HTTPRequest.Method.get, .post, .delete] {
            let answer = try await shop.send(method, path)
            #expect(answer.status == .notFound)
            #expect(answer.code == "not-found")
        }
    }

    @Test(arguments: ["/v1/carts", "/v1/shared/t", "/s/t", "/v1/resolve"])
    func theAdminListenerServesNothingPublic(path: String) async throws {
        #expect(try await TestShop().send(.get, path, to: .admin).code == "not-found")
    }

    @Test func aHeadIsAGetWithoutABody() async throws {
        let shop = try await TestShop()
        try await shop.push()
        let token = try await shop.issue().token
        for path in ["/v1/shared/\(token)", "/s/\(token)", "/assets/page.css", "/v1/shared/nonsense"] {
            let get = try await shop.send(.get, path)
            let head = try await shop.send(.head, path)
            #expect(head.status == get.status)
            #expect(head.headers[.eTag] == get.headers[.eTag])
            #expect(head.headers[.contentType] == get.headers[.contentType])
            #expect(head.body.readableBytes == 0)
        }
    }
}
