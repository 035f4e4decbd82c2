// SPDX-License-Identifier: Apache-2.0

import CartSources
import Redaction
import ShareLinks
import Testing

@Suite("Reading a cart of any backend") struct HTTPCartTests {
    private let id = PlatformCartID("hWN7abcdef12~key0123456789")!

    private func source(_ calls: ScriptedCalls, _ settings: HTTPCartSettings) -> HTTPCartSource {
        HTTPCartSource(settings: settings, calls: calls, shelves: emptyShelves())
    }

    private func read(_ text: String, _ settings: HTTPCartSettings, _ part: CartPart = .whole) async throws(SourceError) -> SourcedCart {
        try await source(ScriptedCalls(.json(text)), settings).cart(id, part, asOfNow: true)
    }

    private var plain: HTTPCartSettings {
        var settings = HTTPCartSettings(path: CartTemplate("/api/carts/{cartId}"))
        settings.id = MemberPath("id")
        return settings
    }

    @Test func theIDStandsWhereTheTemplatesSay() async throws {
        var settings = HTTPCartSettings(method: .post, path: CartTemplate("/x/{cartId.1}/y"))
        settings.query = [.init(name: "key", value: CartTemplate("{cartId.2}")), .init(name: "all", value: CartTemplate("{cartId}!"))]
        settings.body = CartTemplate(#"{"query":"{ cart(id: \"gid://shop/Cart/{cartId.1}?key={cartId.2}\") { id } }"}"#)
        let calls = ScriptedCalls(.json(#"{"items":[]}"#))
        _ = try await source(calls, settings).cart(id, .shared, asOfNow: true)
        let asked = try #require(calls.requests.first)
        #expect(asked.method == "POST" && asked.path == "/x/hWN7abcdef12/y" && asked.isIdempotent)
        #expect(asked.query == ["key=key0123456789", "all=\(id.text)!"])
        #expect(asked.body == #"{"query":"{ cart(id: \"gid://shop/Cart/hWN7abcdef12?key=key0123456789\") { id } }"}"#)
        #expect(asked.headers == ["accept: application/json", "content-type: application/json"])
        let short = PlatformCartID("abc")!
        #expect(
            await failure { () async throws(SourceError) in try await source(calls, settings).cart(short, .shared, asOfNow: true) } == .gone
        )
        #expect(calls.requests.count == 1)
    }

    @Test func aCartlinkCartStaysAsItIsButForItsIDAndItsLines() async throws {
        let lines = #"{"id":"l1","sku":"a","quantity":1}, {"sku":"b","quantity":2}, {"id":"l1","sku":"c","quantity":1}"#
        let text =
            #"{"id":"\#(id.text)","currency":"EUR", "url":"https://shop.example/c/\#(id.text)","items":[\#(lines)],"totals":{"items":300}}"#
        let cart = try await read(text, plain)
        #expect(!cart.text.contains("hWN7abcdef12") && cart.json["id"] == nil && cart.json["url"] == nil)
        let ids = try #require(cart.json["items"]?.elements.compactMap { $0["id"]?.string })
        #expect(ids.first == "l1" && Set(ids).count == 3)
        #expect(try await read(text, plain, .shared).version == cart.version)
    }

    @Test(
        arguments: [
            ("hWN7abcdef12~key0123456789", true), ("gid://shop/Cart/hWN7abcdef12?key=key0123456789", true), ("hWN7abcdef12", false),
            ("gid://shop/Cart/other?key=hWN7abcdef12", false), ("", false),
        ]
    )
    func anotherCartIsNotShown(answered: String, isThisOne: Bool) async throws {
        let error = await failure { () async throws(SourceError) in try await read(#"{"id":"\#(answered)","items":[]}"#, plain) }
        #expect(error == (isThisOne ? nil : .unavailable(cause: "answered another cart")))
    }

    @Test(
        arguments: [
            (.json(#"{"message":"none"}"#, status: 404), SourceError.gone), (.json("{}", status: 410), .gone),
            (.html(status: 404), .unavailable(cause: "answered 404")), (.json("{}", status: 401), .unavailable(cause: "answered 401")),
            (.json(#"{"data":{"cart":null}}"#), .gone),
            (.json(#"{"data":null}"#), .unavailable(cause: "answered no cart")), (.json("{}"), .unavailable(cause: "answered no cart")),
            (.json(#"{"data":{"cart":null},"errors":[{"message":"denied"}]}"#), .unavailable(cause: "answered errors with status 200")),
            (.json(#"{"data":{"cart":[]}}"#), .unavailable(cause: "answered a cart that is no object")),
            (.json(#"{"data":{"cart":{}}}"#), .unavailable(cause: "answered a cart without lines")),
            (.html(status: 200), .unavailable(cause: "answered something else than JSON")),
        ] as [(UpstreamAnswer, SourceError)]
    )
    func answersThatAreNotTheCart(answer: UpstreamAnswer, error: SourceError) async {
        var settings = HTTPCartSettings(path: CartTemplate("/"))
        settings.cart = MemberPath("data.cart")!
        let source = source(ScriptedCalls(answer), settings)
        #expect(await failure { () async throws(SourceError) in try await source.cart(id, .shared, asOfNow: true) } == error)
    }

    @Test func itsOwnerAndItsTraitsAreReadWhereTheSettingsSay() async throws {
        var settings = plain
        settings.owner = OwnerMatch(path: MemberPath("buyer.email")!)
        settings.fingerprint = [MemberPath("store.code")!, MemberPath("store.none")!, MemberPath("number")!]
        let text = #"{"id":"\#(id.text)","buyer":{"email":"ann@shop.example"},"store":{"code":"de"},"number":7,"items":[]}"#
        let cart = try await read(text, settings)
        #expect(cart.ownerName == "ann@shop.example")
        #expect(cart.fingerprint.traits.count == 2)
        #expect(CartFingerprint(text: cart.fingerprint.text) == cart.fingerprint)
        #expect(try await read(text, settings, .shared).ownerName == nil)
    }

    @Test func itCannotBeEdited() async {
        let calls = ScriptedCalls(.json("{}"))
        let source = source(calls, plain)
        #expect(
            await failure { () async throws(SourceError) in try await source.edit(id, .remove(item: "a")) { _ in true } } == .notEditable
        )
        #expect(calls.requests.isEmpty)
    }
}
