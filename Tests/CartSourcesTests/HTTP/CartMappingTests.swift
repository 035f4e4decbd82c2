// SPDX-License-Identifier: Apache-2.0

import CartSources
import Redaction
import ShareLinks
import Testing

@Suite("A backend's cart in the cartlink format") struct CartMappingTests {
    private func read(_ text: String, money: HTTPCartSettings.Money = .major) async throws(SourceError) -> SourcedCart {
        var settings = HTTPCartSettings(path: CartTemplate("/carts/{cartId}"))
        settings.money = money
        settings.fields = CartMapping(
            fields: [
                .currency: MemberPath("money.code")!, .itemsTotal: MemberPath("money.subtotal")!, .grandTotal: MemberPath("money.sum")!,
                .name: MemberPath("title")!, .customer: MemberPath("buyer")!, .shippingAddress: MemberPath("ship")!,
                .note: MemberPath("remark")!, .coupons: MemberPath("codes")!,
            ],
            lines: MemberPath("lines.nodes")!,
            lineFields: [
                .sku: MemberPath("variant.sku")!, .name: MemberPath("variant.title")!, .quantity: MemberPath("count")!,
                .unitPrice: MemberPath("cost.each")!, .total: MemberPath("cost.all")!, .image: MemberPath("picture")!,
            ]
        )
        let source = HTTPCartSource(settings: settings, calls: ScriptedCalls(.json(text)), shelves: emptyShelves())
        return try await source.cart(PlatformCartID("cart-0123456789")!, .whole, asOfNow: true)
    }

    private func cart(_ code: String, each: String, all: String = "null", lines: String? = nil) -> String {
        let line = #"{"variant":{"sku":12,"title":"Chair"},"count":"2","cost":{"each":\#(each),"all":\#(all)},"picture":{"no":"text"}}"#
        return #"{"id":"cart-0123456789","secret":"x","money":{"code":"\#(code)","subtotal":\#(each)},"title":"Trip","#
            + #""buyer":{"email":"ann@shop.example","carts":["cart-0123456789"]},"ship":"no object","remark":{"no":"text"},"#
            + #""codes":["C0DE"],"lines":{"nodes":[\#(lines ?? line)]}}"#
    }

    @Test func onlyWhatIsMappedGetsIn() async throws {
        let cart = try await read(cart("EUR", each: #""12.34""#, all: "24.680"))
        let id = try #require(cart.json["items"]?.elements.first?["id"]?.string)
        #expect(
            cart.text == #"{"name":"Trip","currency":"EUR","items":[{"sku":"12","name":"Chair","quantity":2,"unitPrice":1234,"total":2468,"#
                + #""id":"\#(id)"}],"totals":{"items":1234},"customer":{"email":"ann@shop.example","carts":[]},"coupons":["C0DE"]}"#
        )
        #expect(id.utf8.count == 32)
    }

    @Test(
        arguments: [
            ("EUR", "0.29", 29), ("EUR", "1", 100), ("EUR", "-5.5", -550), ("EUR", "1.5e3", 150_000), ("JPY", "1200", 1200),
            ("jpy", "1200.00", 1200), ("KWD", "1.234", 1234), ("EUR", "1.234", nil), ("JPY", "0.5", nil), ("EUR", #""1,50""#, nil),
            ("EUR", "92233720368547758.07", 9_223_372_036_854_775_807), ("EUR", "92233720368547758.08", nil), ("EUR", "1e99999999999", nil),
            ("EUR", "0e9", 0), ("EUR", #""""#, nil), ("EUR", "true", nil),
        ] as [(String, String, Int64?)]
    )
    func amountsAreExactOrAbsent(code: String, amount: String, minorUnits: Int64?) async throws {
        let cart = try await read(cart(code, each: amount))
        #expect(cart.json["items"]?.elements.first?["unitPrice"]?.text == minorUnits.map { String($0) })
        #expect(cart.json["totals"]?["items"]?.text == minorUnits.map { String($0) })
    }

    @Test(arguments: [
        ("2.50", "2.5"), ("0.025", "0.025"), ("25e-1", "2.5"), ("1e2", "100"), ("-12.5", "-12.5"), ("3.0", "3"), ("1e19", "1e19"),
    ])
    func quantitiesAreWrittenPlainly(quantity: String, text: String) async throws {
        let cart = try await read(cart("EUR", each: "1", lines: #"{"count":\#(quantity)}"#))
        #expect(cart.json["items"]?.elements.first?["quantity"]?.text == text)
    }

    @Test func minorUnitsAreTakenAsTheyAre() async throws {
        let cart = try await read(cart("EUR", each: "1234", all: "12.5"), money: .minor)
        #expect(cart.json["items"]?.elements.first?["unitPrice"]?.text == "1234")
        #expect(cart.json["items"]?.elements.first?["total"] == nil)
    }

    @Test func equalLinesHaveIDsOfTheirOwn() async throws {
        let line = #"{"variant":{"sku":"a"},"count":1}"#
        let cart = try await read(cart("EUR", each: "1", lines: "\(line),\(line)"))
        #expect(Set(cart.json["items"]?.elements.compactMap { $0["id"]?.string } ?? []).count == 2)
    }

    @Test func aPathThatLeadsNowhereDoesNotLookLikeAnEmptyCart() async throws {
        let unavailable = SourceError.unavailable(cause: "answered a cart without lines")
        #expect(await failure { () async throws(SourceError) in try await read(#"{"lines":{}}"#) } == unavailable)
        #expect(await failure { () async throws(SourceError) in try await read("{}") } == unavailable)
        #expect(try await read(#"{"lines":{"nodes":null}}"#).json["items"]?.text == "[]")
    }

    @Test(arguments: ["", ".", "a.", ".a", "a..b", "a[0]", "a.*", "a b"]) func whatIsNoPath(text: String) {
        #expect(MemberPath(text) == nil)
    }
}
