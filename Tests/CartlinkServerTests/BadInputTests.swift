// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import HummingbirdTesting
import ShareLinks
import Testing

@testable import CartlinkServer

/// Input that is refused: its status and code, the field that it names, and a store that stayed as it was.
struct BadInputTests {
    struct Case: Sendable, CustomStringConvertible {
        let description: String
        let method: HTTPRequest.Method
        let path: String
        let caller: TestCaller
        let headers: HTTPFields
        let body: String?
        let status: Int
        let code: String
        let pointers: [String]

        init(
            _ description: String,
            _ method: HTTPRequest.Method,
            _ path: String,
            _ caller: TestCaller,
            _ body: String?,
            headers: HTTPFields = [:],
            _ status: Int,
            _ code: String,
            at pointers: [String] = []
        ) {
            self.description = description
            self.method = method
            self.path = path
            self.caller = caller
            self.headers = headers
            self.body = body
            self.status = status
            self.code = code
            self.pointers = pointers
        }
    }

    private static let owner = TestCaller.person(People.owner)
    private static let customer = TestCaller.person(People.customer)
    private static let storefront = TestCaller.service(Services.storefront)
    private static let links = "/v1/carts/cart-1/links"
    private static let external = #"{"audience":"external","access":"read-only"}"#

    static let issuing: [Case] = [
        Case("broken JSON", .post, links, owner, "{", 400, "malformed-json"),
        Case("no object", .post, links, owner, "[]", 400, "malformed-request"),
        Case("an empty body", .post, links, owner, "", 400, "malformed-request"),
        Case("no body", .post, links, owner, nil, 415, "unsupported-media-type"),
        Case(
            "an unknown field",
            .post,
            links,
            owner,
            #"{"audience":"external","access":"read-only","x":1}"#,
            422,
            "invalid-input",
            at: ["/x"]
        ),
        Case("nothing asked", .post, links, owner, "{}", 422, "invalid-input", at: ["/audience", "/access"]),
        Case("a wrong type", .post, links, owner, #"{"audience":1,"access":"full"}"#, 422, "invalid-input", at: ["/audience"]),
        Case("expiry of no time", .post, links, owner, order(#""expiresIn":0"#), 422, "invalid-input", at: ["/expiresIn"]),
        Case(
            "expiry in the past",
            .post,
            links,
            owner,
            order(#""expiresAt":"2020-01-01T00:00:00Z""#),
            422,
            "invalid-input",
            at: ["/expiresAt"]
        ),
        Case("expiry too late", .post, links, owner, order(#""expiresIn":6912001"#), 422, "invalid-input", at: ["/expiresIn"]),
        Case("expiry never", .post, links, owner, order(#""expiresAt":null"#), 422, "invalid-input", at: ["/expiresAt"]),
        Case("external and full", .post, links, owner, #"{"audience":"external","access":"full"}"#, 422, "external-links-are-read-only"),
        Case("external with a circle", .post, links, owner, order(#""within":"shop""#), 422, "invalid-input", at: ["/within"]),
        Case(
            "to oneself",
            .post,
            links,
            owner,
            internalOrder(#""within":"person","personId":"company-user:acme-olivia""#),
            422,
            "cannot-share-with-oneself"
        ),
        Case("to nobody", .post, links, owner, internalOrder(#""within":"person""#), 422, "invalid-input", at: ["/personId"]),
        Case(
            "on behalf of another, by a person",
            .post,
            links,
            owner,
            order(#""onBehalfOf":{"userId":"olivia"}"#),
            422,
            "invalid-input",
            at: ["/onBehalfOf"]
        ),
        Case("on nobody's behalf, by a service", .post, links, storefront, external, 422, "invalid-input", at: ["/onBehalfOf"]),
        Case("on the wrong behalf", .post, links, storefront, order(#""onBehalfOf":{"userId":"erik"}"#), 403, "permission-denied"),
        Case("a foreign cart", .post, links, customer, external, 404, "cart-not-found"),
        Case("no cart", .post, "/v1/carts/none/links", owner, external, 404, "cart-not-found"),
        Case("an id that is none", .post, "/v1/carts/-x/links", owner, external, 404, "cart-not-found"),
        Case("no login", .post, links, .stranger, external, 401, "login-required"),
        Case("a bad login", .post, links, .stranger, external, headers: .bearer("a.b.c"), 401, "login-invalid"),
        Case("an unknown key", .post, links, .stranger, external, headers: .bearer("nobody"), 401, "key-invalid"),
        Case("a wrong scope", .post, links, .service(Services.reader), external, 403, "scope-missing"),
        Case("two idempotency keys", .post, links, owner, external, headers: two(.idempotencyKey, "a", "a"), 400, "malformed-request"),
        Case("an idempotency key with a space", .post, links, owner, external, headers: [.idempotencyKey: "a b"], 400, "malformed-request"),
        Case("a login in the query", .post, links + "?access_token=x", owner, external, 400, "malformed-request"),
        Case("plain text", .post, links, owner, external, headers: [.contentType: "text/plain"], 415, "unsupported-media-type"),
    ]

    static let carts: [Case] = [
        Case("a person pushes", .put, "/v1/carts/cart-1", owner, #"{"cart":{}}"#, 403, "permission-denied"),
        Case("a stranger pushes", .put, "/v1/carts/cart-1", .stranger, #"{"cart":{}}"#, 401, "login-required"),
        Case("a reader pushes", .put, "/v1/carts/cart-1", .service(Services.reader), #"{"cart":{}}"#, 403, "scope-missing"),
        Case("another owner", .put, "/v1/carts/cart-1", storefront, #"{"owner":{"userId":"erik"},"cart":{}}"#, 409, "owner-differs"),
        Case("no owner any more", .put, "/v1/carts/cart-1", storefront, #"{"cart":{}}"#, 409, "owner-differs"),
        Case("a cart that is a list", .put, "/v1/carts/cart-1", storefront, #"{"cart":[]}"#, 422, "invalid-input", at: ["/cart"]),
        Case("a key twice inside", .put, "/v1/carts/cart-1", storefront, #"{"cart":{"a":{"b":1,"b":2}}}"#, 400, "malformed-json"),
        Case("another state", .put, "/v1/carts/cart-1/state", storefront, #"{"state":"sold"}"#, 422, "invalid-input", at: ["/state"]),
        Case("no state", .put, "/v1/carts/cart-1/state", storefront, "{}", 422, "invalid-input", at: ["/state"]),
        Case("a state of no cart", .put, "/v1/carts/none/state", storefront, #"{"state":"locked"}"#, 404, "cart-not-found"),
        Case("a stale version", .delete, "/v1/carts/cart-1", storefront, nil, headers: [.ifMatch: "\"0\""], 412, "version-differs"),
        Case("a delete by the owner", .delete, "/v1/carts/cart-1", owner, nil, 403, "permission-denied"),
        Case("a read by another", .get, "/v1/carts/cart-1", customer, nil, 404, "cart-not-found"),
        Case("a list for a service", .get, "/v1/carts", storefront, nil, 403, "permission-denied"),
        Case("a list for a stranger", .get, "/v1/carts", .stranger, nil, 401, "login-required"),
        Case("a limit too high", .get, "/v1/carts?limit=201", owner, nil, 400, "malformed-request"),
        Case("a limit twice", .get, "/v1/carts?limit=1&limit=2", owner, nil, 400, "malformed-request"),
        Case("a cursor that is none", .get, "/v1/carts?cursor=x", owner, nil, 400, "malformed-request"),
        Case("resolve by a person", .post, "/v1/resolve", owner, #"{"token":"x"}"#, 403, "permission-denied"),
        Case("resolve without the scope", .post, "/v1/resolve", .service(Services.reader), #"{"token":"x"}"#, 403, "scope-missing"),
        Case("resolve of nonsense", .post, "/v1/resolve", storefront, #"{"token":"x"}"#, 404, "link-not-found"),
        Case("resolve of nothing", .post, "/v1/resolve", storefront, "{}", 422, "invalid-input", at: ["/token"]),
    ]

    private static func order(_ more: String) -> String { #"{"audience":"external","access":"read-only",\#(more)}"# }

    private static func internalOrder(_ more: String) -> String { #"{"audience":"internal","access":"read-only",\#(more)}"# }

    private static func two(_ name: HTTPField.Name, _ one: String, _ other: String) -> HTTPFields {
        var headers: HTTPFields = [name: one]
        headers.append(HTTPField(name: name, value: other))
        return headers
    }

    @Test(arguments: issuing + carts)
    func itIsRefusedAndChangesNothing(input: Case) async throws {
        let shop = try await TestShop()
        try await shop.push()
        let before = try await shop.auditCount()
        let answer = try await shop.send(input.method, input.path, by: input.caller, headers: input.headers, json: input.body)
        #expect(answer.status.code == input.status)
        #expect(answer.code == input.code)
        #expect((answer.json["errors"] as? [[String: String]] ?? []).map { $0["pointer"] } == input.pointers)
        #expect(answer.json["type"] as? String == "urn:cartlink:problem:\(input.code)")
        #expect(try await shop.auditCount() == before)
    }

    @Test func aPatchIsRefusedWhereItWouldWiden() async throws {
        let shop = try await TestShop()
        try await shop.push()
        let link = try await shop.issue(LinkOrder(audience: .internal, access: .readOnly)).link
        let before = try await shop.auditCount()
        for (body, pointer) in [
            (#"{"access":"full"}"#, "/access"), (#"{"expiresAt":"2020-01-01T00:00:00Z"}"#, "/expiresAt"),
            (#"{"expiresAt":"2099-01-01T00:00:00Z"}"#, "/expiresAt"), (#"{"status":"active"}"#, "/status"),
        ] {
            let answer = try await shop.send(.patch, "/v1/links/\(link.id)", by: Self.owner, json: body)
            #expect(answer.status == .unprocessableContent, "\(body)")
            #expect(answer.errors.map { $0.prefix { $0 != ":" } } == [pointer[...]], "\(body)")
        }
        for method in [HTTPRequest.Method.get, .patch, .delete] {
            let answer = try await shop.send(method, "/v1/links/\(link.id)", by: Self.customer, json: method == .patch ? "{}" : nil)
            #expect(answer.code == "link-not-found", "\(method)")
        }
        #expect(try await shop.auditCount() == before)
    }
}
