// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import HummingbirdTesting
import SQLiteStore
import ShareLinks
import Testing

@testable import CartlinkServer

/// What the owner is shown before making a link is what its people get.
struct LinkPreviewTests {
    private static let path = "/v1/carts/cart-1/links"

    /// Orders with somebody who comes through the link; nil is a stranger.
    static let orders: [(order: String, visitor: Person?)] = [
        (#"{"audience":"external","access":"read-only"}"#, nil),
        (#"{"audience":"external","access":"read-only","showPrices":true}"#, nil),
        (#"{"audience":"external","access":"read-only","showPrices":false}"#, nil),
        (#"{"audience":"external","access":"read-only","showPrices":true,"snapshot":true,"card":"items"}"#, nil),
        (#"{"audience":"external","access":"read-only","snapshot":true,"expiresIn":60,"label":"l"}"#, nil),
        (#"{"audience":"internal","access":"read-only"}"#, People.sameUnit),
        (#"{"audience":"internal","access":"full","within":"business-unit"}"#, People.sameUnit),
        (#"{"audience":"internal","access":"read-only","within":"company","maxAccepts":2}"#, People.sameCompany),
        (#"{"audience":"internal","access":"full","within":"person","personId":"user:erik","allowTakeOver":true}"#, People.customer),
        (#"{"audience":"internal","access":"full","within":"shop"}"#, People.customer),
        (#"{"audience":"internal","access":"read-only","within":"shop","showPrices":false}"#, People.customer),
    ]

    /// A cart with a line that the shop hasn't pushed.
    private func shop(_ format: CartFormat = .cartlink, rules: SharingRules = SharingRules()) async throws -> TestShop {
        let shop = try await TestShop(rules: rules)
        try await shop.push(SampleCarts.document(format, personal: "CANARY"), format: format)
        guard format == .cartlink else { return shop }
        let line = #"{"sku":"NEW-1","quantity":1}"#
        #expect(try await shop.send(.post, "/v1/carts/cart-1/items", by: .person(People.owner), json: line).status == .created)
        return shop
    }

    /// `cart`, and `viewer` with `redaction`, as they were sent.
    private func parts(_ answer: TestResponse) throws -> [Substring] {
        let link = try #require(answer.text.firstRange(of: #","link":{"audience":"#))
        let viewer = try #require(answer.text.firstRange(of: #","viewer":{"relation":"#))
        return [answer.text[..<link.lowerBound], answer.text[viewer.lowerBound...]]
    }

    @Test(arguments: orders, CartFormat.allCases)
    func itIsWhatTheLinksPeopleGetByteForByte(_ row: (order: String, visitor: Person?), format: CartFormat) async throws {
        let shop = try await shop(format)
        let owner = TestCaller.person(People.owner)
        let preview = try await shop.send(.post, "\(Self.path)/preview", by: owner, json: row.order)
        #expect(preview.status == .ok, "\(preview.text)")
        #expect(preview.headers[values: .cacheControl] == ["no-store"])
        let link = try await shop.send(.post, Self.path, by: owner, json: row.order).json
        let token = try #require(link["token"] as? String)
        let caller: TestCaller = row.visitor.map { .person($0) } ?? .stranger
        let shared = try await shop.send(.get, "/v1/shared/\(token)", by: caller)
        #expect(shared.status == .ok)
        #expect(try parts(preview) == parts(shared))
        #expect(!preview.text.contains(row.visitor == nil ? "CANARY" : "@acme.example") && !preview.text.contains(token))
        let told = try #require(preview.json["link"] as? [String: Any])
        for name in ["audience", "access", "within", "expiresAt", "card"] {
            #expect(told[name] as? String == link[name] as? String, "\(name)")
        }
        for name in ["showPrices", "snapshot"] { #expect(told[name] as? Bool == link[name] as? Bool, "\(name)") }
    }

    @Test func linesThatTheShopHasNotPushedAreShownAsTheLinkShowsThem() async throws {
        let shop = try await shop()
        for (order, isShown) in [(Self.orders[1].order, false), (Self.orders[3].order, false), (Self.orders[7].order, true)] {
            let preview = try await shop.send(.post, "\(Self.path)/preview", by: .person(People.owner), json: order)
            #expect(preview.text.contains("NEW-1") == isShown)
        }
    }

    @Test func itChangesNothing() async throws {
        let shop = try await shop()
        let owner = TestCaller.person(People.owner)
        func state() async throws -> [String] {
            [
                try await shop.send(.get, Self.path, by: owner).text,
                try await shop.send(.get, "/v1/carts/cart-1", by: owner).text,
                "\(try await shop.auditCount())",
                "\(try await shop.store.write(.ordinary) { store throws(ShareError) in try store.nextSerial() }.number)",
            ]
        }
        let before = try await state()
        for (order, _) in Self.orders {
            let key: HTTPFields = [.idempotencyKey: "one"]
            #expect(try await shop.send(.post, "\(Self.path)/preview", by: owner, headers: key, json: order).status == .ok)
        }
        let after = try await state()
        #expect(before.dropLast() == after.dropLast())
        // The next number in the store is the next one: nothing was written in between.
        #expect(Int(before.last!)! + 1 == Int(after.last!)!)
        #expect(before[0] == #"{"links":[]}"#)
    }

    @Test func theLatestEndIsTheOneThatIssuingTakes() async throws {
        let shop = try await shop()
        let preview = try await shop.send(.post, "\(Self.path)/preview", by: .person(People.owner), json: Self.orders[0].order)
        let latest = try #require((preview.json["link"] as? [String: Any])?["latestExpiresAt"] as? String)
        let order = #"{"audience":"external","access":"read-only","expiresAt":"\#(latest)"}"#
        #expect(try await shop.send(.post, Self.path, by: .person(People.owner), json: order).status == .created)
        shop.clock.advance(seconds: -1)
        #expect(try await shop.send(.post, Self.path, by: .person(People.owner), json: order).errors.count == 1)
    }

    /// Orders that issuing refuses, each for another reason.
    static let refused: [(order: String, code: String)] = [
        ("{", "malformed-json"), (#"{"audience":"external"}"#, "invalid-input"),
        (#"{"audience":"external","access":"read-only","colour":"red"}"#, "invalid-input"),
        (#"{"audience":"external","access":"full"}"#, "external-links-are-read-only"),
        (#"{"audience":"external","access":"read-only","within":"shop"}"#, "invalid-input"),
        (#"{"audience":"internal","access":"read-only","snapshot":true,"within":"shop"}"#, "invalid-input"),
        (#"{"audience":"internal","access":"read-only","within":"person"}"#, "invalid-input"),
        (
            #"{"audience":"internal","access":"read-only","within":"person","personId":"company-user:acme-olivia"}"#,
            "cannot-share-with-oneself"
        ),
        (#"{"audience":"internal","access":"full","within":"company"}"#, "not-allowed-here"),
        (#"{"audience":"internal","access":"read-only","within":"shop"}"#, "not-allowed-here"),
        (#"{"audience":"external","access":"read-only","expiresIn":99999999}"#, "invalid-input"),
        (#"{"audience":"external","access":"read-only","onBehalfOf":{"userId":"olivia"}}"#, "invalid-input"),
    ]

    @Test(arguments: refused)
    func whatIssuingRefusesItRefusesAlike(order: String, code: String) async throws {
        var rules = SharingRules()
        rules.internal.allowsFull = false
        rules.internal.circles = [.person, .businessUnit, .company]
        let shop = try await shop(rules: rules)
        let answers = [
            try await shop.send(.post, Self.path, by: .person(People.owner), json: order),
            try await shop.send(.post, "\(Self.path)/preview", by: .person(People.owner), json: order),
        ]
        #expect(answers.map(\.code) == [code, code])
        #expect(answers[0].status == answers[1].status && answers[0].errors == answers[1].errors)
    }

    @Test func aCartWithoutRoomOrAnOrderedOneHasNoPreviewEither() async throws {
        var rules = SharingRules()
        rules.linksPerCart = 1
        let shop = try await shop(rules: rules)
        let owner = TestCaller.person(People.owner)
        _ = try await shop.issue()
        #expect(try await shop.send(.post, "\(Self.path)/preview", by: owner, json: Self.orders[0].order).code == "limit-reached")
        let state = try await shop.send(.put, "/v1/carts/cart-1/state", by: .service(Services.storefront), json: #"{"state":"ordered"}"#)
        #expect(state.status == .ok)
        #expect(try await shop.send(.post, "\(Self.path)/preview", by: owner, json: Self.orders[0].order).code == "cart-locked")
    }

    @Test func onlyWhoMayIssueMayPreview() async throws {
        let shop = try await shop()
        let grant = #"{"personId":"company-user:acme-carlos","access":"full"}"#
        try await shop.sharing.recognise(People.sameUnit, at: shop.clock.now)
        #expect(try await shop.send(.post, "/v1/carts/cart-1/grants", by: .person(People.owner), json: grant).status == .created)
        let onBehalf =
            #"{"audience":"external","access":"read-only","onBehalfOf":{"userId":"olivia","companyId":"acme","companyUserId":"acme-olivia"}}"#
        let callers: [(caller: TestCaller, order: String, status: HTTPResponse.Status, code: String?)] = [
            (.stranger, Self.orders[0].order, .unauthorized, "login-required"),
            (.person(People.sameUnit), Self.orders[0].order, .forbidden, "permission-denied"),
            (.person(People.sameCompany), Self.orders[0].order, .notFound, "cart-not-found"),
            (.person(People.customer), Self.orders[0].order, .notFound, "cart-not-found"),
            (.service(Services.reader), Self.orders[0].order, .forbidden, "scope-missing"),
            (.service(Services.storefront), Self.orders[0].order, .unprocessableContent, "invalid-input"),
            (.service(Services.storefront), onBehalf, .ok, nil),
        ]
        for (caller, order, status, code) in callers {
            let answer = try await shop.send(.post, "\(Self.path)/preview", by: caller, json: order)
            #expect(answer.status == status && answer.code == code, "\(caller): \(answer.text)")
        }
    }
}
