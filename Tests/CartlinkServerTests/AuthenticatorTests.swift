// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOEmbedded
import ShareLinks
import Testing

@testable import CartlinkServer

/// Who a request's credentials say makes it. The clock stands at `SettableClock.start`.
struct AuthenticatorTests {
    static let owner = try! TestLogins.token(People.owner)
    static let customer = try! TestLogins.token(People.customer)
    static let now = SettableClock.start

    /// Who calls, or the code of the problem.
    private func caller(_ request: Request, cookie: String? = "shop_login") async throws -> Result<Caller, Problem> {
        let authenticator = try TestShop.authenticator(cookie: cookie)
        do throws(Problem) {
            return .success(try await authenticator.caller(of: request, at: Self.now))
        } catch {
            return .failure(error)
        }
    }

    @Test func aHeaderNamesAPerson() async throws {
        #expect(try await caller(Request(headers: .bearer(Self.owner))) == .success(.person(People.owner)))
        #expect(try await caller(Request(headers: [.authorization: "bEARER \(Self.customer)"])) == .success(.person(People.customer)))
    }

    @Test func aHeaderNamesAService() async throws {
        let account = ServiceAccount(name: "reader", scopes: [.readCarts])
        #expect(try await caller(Request(headers: .bearer(Services.reader.key))) == .success(.service(account)))
    }

    @Test func nobodyIsAStranger() async throws {
        #expect(try await caller(Request()) == .success(.stranger))
        #expect(try await caller(Request(headers: [.cookie: "other=1; shop_login="])) == .success(.stranger))
    }

    static let badHeaders: [(value: String, code: Problem.Code)] = [
        ("", .loginInvalid), ("Bearer", .loginInvalid), ("Bearer ", .loginInvalid), ("Basic b2w6cGFzcw==", .loginInvalid),
        ("Bearer a.b.c", .loginInvalid), ("Bearer \(owner)x", .loginInvalid), ("Bearer \(owner.dropLast(3))", .loginInvalid),
        ("Bearer unknown-key-unknown-key-unknown-key", .keyInvalid), ("Bearer short", .keyInvalid),
        ("Bearer \(Services.reader.key)x", .keyInvalid), ("Bearer \(Services.reader.key.dropLast())", .keyInvalid),
    ]

    @Test(arguments: badHeaders)
    func aBadHeaderIsNeverAStranger(value: String, code: Problem.Code) async throws {
        for method in [HTTPRequest.Method.get, .post] {
            // A good cookie beside it changes nothing: the header counts.
            let found = try await caller(Request(method, headers: [.authorization: value, .cookie: "shop_login=\(Self.owner)"]))
            guard case .failure(let problem) = found else {
                Issue.record("accepted as \(found)")
                return
            }
            #expect(problem.code == code)
            #expect(problem.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
        }
    }

    @Test func loginsOfOthersAreRefused() async throws {
        let tokens = [
            try TestLogins.token(People.owner, from: TestLogins.issuer(audience: "another")),
            try TestLogins.token(People.owner, from: TestLogins.issuer(secret: 8)),
            try TestLogins.token(People.owner, at: Self.now.adding(seconds: -7200), lifetime: 60),
        ]
        for token in tokens {
            guard case .failure(let problem) = try await caller(Request(headers: .bearer(token))) else {
                Issue.record("a foreign login was accepted")
                return
            }
            #expect(problem.code == .loginInvalid)
        }
    }

    @Test func twoHeadersAreRefused() async throws {
        var headers = HTTPFields.bearer(Self.owner)
        headers.append(HTTPField(name: .authorization, value: "Bearer \(Self.owner)"))
        let found = try await caller(Request(headers: headers))
        #expect(found == .failure(Problem(code: .malformedRequest, detail: "Send one Authorization header.")))
    }

    @Test(arguments: ["access_token=x", "a=1&access_token=", "ACCESS_TOKEN=x", "access_token", "access%5Ftoken=x"])
    func aLoginInTheQueryIsRefused(query: String) async throws {
        guard case .failure(let problem) = try await caller(Request(.get, "/v1/carts?\(query)", headers: .bearer(Self.owner))) else {
            Issue.record("a login in the query was accepted")
            return
        }
        #expect(problem.code == .malformedRequest)
    }

    @Test(arguments: ["a=access_token", "my_access_token=1", ""])
    func otherQueriesPass(query: String) async throws {
        #expect(try await caller(Request(.get, "/v1/carts?\(query)")) == .success(.stranger))
    }

    // MARK: Cookies

    @Test(arguments: [HTTPRequest.Method.get, .head])
    func aCookieReads(method: HTTPRequest.Method) async throws {
        let request = Request(method, headers: [.cookie: "theme=dark; shop_login=\(Self.owner)"])
        #expect(try await caller(request) == .success(.person(People.owner)))
    }

    @Test(arguments: ["garbage", "a.b.c", Services.storefront.key, owner + "x"])
    func aBadCookieCountsAsNoneWhereNothingChanges(value: String) async throws {
        #expect(try await caller(Request(headers: [.cookie: "shop_login=\(value)"])) == .success(.stranger))
    }

    @Test func onlyTheConfiguredCookieCounts() async throws {
        let headers: HTTPFields = [.cookie: "shop_login=\(Self.owner)"]
        #expect(try await caller(Request(headers: headers), cookie: nil) == .success(.stranger))
        #expect(try await caller(Request(headers: headers), cookie: "another") == .success(.stranger))
        // Without a cookie to mind there is nothing to forge.
        #expect(try await caller(Request(.post, headers: headers), cookie: nil) == .success(.stranger))
    }

    @Test(arguments: [HTTPRequest.Method.post, .put, .patch, .delete])
    func aCookieWritesOnlyFromThePublicURL(method: HTTPRequest.Method) async throws {
        let origins: [[String]] = [
            [], ["null"], [""], ["https://links.shop.example"], ["http://links.shop.example.evil.example"],
            ["http://links.shop.example:8080"],
            ["http://links.shop.example/"], [TestShop.publicURL, "null"], ["null", TestShop.publicURL],
        ]
        for origin in origins {
            var headers: HTTPFields = [.cookie: "shop_login=\(Self.owner)"]
            for value in origin { headers.append(HTTPField(name: .origin, value: value)) }
            #expect(try await caller(Request(method, headers: headers)) == .failure(Problem(code: .permissionDenied)), "Origin \(origin)")
        }
        let own: HTTPFields = [.cookie: "shop_login=\(Self.owner)", .origin: TestShop.publicURL]
        #expect(try await caller(Request(method, headers: own)) == .success(.person(People.owner)))
    }

    @Test func aBadCookieNeverWrites() async throws {
        let headers: HTTPFields = [.cookie: "shop_login=a.b.c", .origin: TestShop.publicURL]
        guard case .failure(let problem) = try await caller(Request(.post, headers: headers)) else {
            Issue.record("a bad cookie wrote")
            return
        }
        #expect(problem.code == .loginInvalid)
    }

    @Test func aHeaderWritesFromAnywhere() async throws {
        var headers = HTTPFields.bearer(Self.owner)
        headers[.origin] = "https://evil.example"
        #expect(try await caller(Request(.post, headers: headers)) == .success(.person(People.owner)))
    }

    // MARK: Forms

    private func sender(_ headers: HTTPFields, isOwnForm: @escaping @Sendable (Subject) -> Bool) async throws -> Result<Caller, Problem> {
        let authenticator = try TestShop.authenticator(cookie: "shop_login")
        do throws(Problem) {
            return .success(try await authenticator.caller(of: Request(.post, headers: headers), at: Self.now, isOwnForm: isOwnForm))
        } catch {
            return .failure(error)
        }
    }

    /// What a browser sends beside the cookie, and whether a form that our page made counts then.
    static let origins: [(origins: [String], site: String?, counts: Bool)] = [
        (["null"], "same-origin", true), (["null"], nil, true), ([], "same-origin", true), ([], nil, true), ([], "none", true),
        (["null"], "cross-site", false), (["null"], "same-site", false), ([], "cross-site", false), (["null"], "", false),
        (["https://evil.example"], nil, false), (["https://evil.example"], "same-origin", false), (["null", "null"], nil, false),
        (["null", TestShop.publicURL], nil, false), ([""], nil, false), (["NULL"], nil, false),
    ]

    @Test(arguments: origins)
    func ourPagesFormStandsInForTheOrigin(origins: [String], site: String?, counts: Bool) async throws {
        var headers: HTTPFields = [.cookie: "shop_login=\(Self.owner)"]
        for origin in origins { headers.append(HTTPField(name: .origin, value: origin)) }
        headers[.secFetchSite] = site
        let found = try await sender(headers) { $0 == People.owner.subject }
        #expect(found == (counts ? .success(.person(People.owner)) : .failure(Problem(code: .permissionDenied))))
        #expect(try await sender(headers) { $0 == People.customer.subject } == .failure(Problem(code: .permissionDenied)))
    }

    @Test func ourOriginNeedsNoFormAndABearerNeither() async throws {
        let cookie: HTTPFields = [.cookie: "shop_login=\(Self.owner)", .origin: TestShop.publicURL]
        #expect(try await sender(cookie) { _ in false } == .success(.person(People.owner)))
        #expect(try await sender(.bearer(Self.owner)) { _ in false } == .success(.person(People.owner)))
    }

    @Test func aFormNeverMakesUpForABadLogin() async throws {
        guard case .failure(let problem) = try await sender([.cookie: "shop_login=a.b.c", .origin: "null"], isOwnForm: { _ in true }) else {
            Issue.record("a bad cookie wrote")
            return
        }
        #expect(problem.code == .loginInvalid)
    }

    // MARK: Administrators

    static let administrators: [(headers: HTTPFields, code: Problem.Code?)] = [
        (.bearer(Services.admin.key), nil), ([:], .keyInvalid), (.bearer(Services.storefront.key), .scopeMissing),
        (.bearer(owner), .keyInvalid), (.bearer("no-key-no-key-no-key-no-key-no-key-no"), .keyInvalid),
        ([.cookie: "shop_login=\(Services.admin.key)"], .keyInvalid), ([.authorization: "Basic x"], .keyInvalid),
        (.bearer("short"), .keyInvalid), (.bearer(""), .keyInvalid),
    ]

    @Test(arguments: administrators)
    func onlyAnAdminsKeyAdministers(headers: HTTPFields, code: Problem.Code?) async throws {
        let authenticator = try TestShop.authenticator(cookie: "shop_login")
        let context = ServerContext(source: .init(channel: EmbeddedChannel(), logger: Logger(label: "tests")))
        let found = await problem {
            try await authenticator.administrator(of: Request(headers: headers), on: context, at: SettableClock.start)
        }
        #expect(found?.code == code)
    }
}
