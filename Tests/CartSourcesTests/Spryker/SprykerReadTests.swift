// SPDX-License-Identifier: Apache-2.0

import CartSources
import Redaction
import ShareLinks
import Testing

@Suite("Reading a Spryker cart") struct SprykerReadTests {
    private let id = PlatformCartID(GlueSample.id)!
    private let lines = [
        GlueSample.article("a", "Chair"), GlueSample.line("a", #""2""#), GlueSample.line("b", "1", key: "b-1", more: #","name":"Own""#),
        GlueSample.article("b", "Table"),
    ]

    private func source(_ calls: ScriptedCalls) -> SprykerCartSource {
        let owner = OwnerMatch(path: MemberPath("data.attributes.contact")!)
        return SprykerCartSource(settings: SprykerSettings(owner: owner), calls: calls, shelves: emptyShelves(), turns: EditLine())
    }

    @Test(arguments: CartPart.allCases) func bothPartsAreTheSameRead(part: CartPart) async throws {
        let calls = ScriptedCalls(.json(GlueSample.cart(lines)))
        let cart = try await source(calls).cart(id, part, asOfNow: true)
        let asked = try #require(calls.requests.first)
        #expect(asked.method == "GET" && asked.path == "/carts/\(GlueSample.id)" && asked.isIdempotent)
        #expect(asked.query == ["include=items,concrete-products"])
        #expect(asked.headers == ["accept: application/vnd.api+json"])
        #expect(cart.ownerName == (part == .whole ? "ann@shop.example" : nil))
        #expect(!cart.isMasked && Set(cart.fingerprint.traits.keys) == ["store"])
    }

    @Test func theCartsIDIsNowhereInTheDocument() async throws {
        let cart = try await source(ScriptedCalls(.json(GlueSample.cart(lines)))).cart(id, .whole, asOfNow: true)
        #expect(!cart.text.contains(GlueSample.id) && !cart.text.contains("links"))
        #expect(cart.json["data"]?["id"] == nil)
        #expect(
            cart.json["data"]?["relationships"]?.text
                == #"{"items":{"data":[{"type":"items","id":"a"}]},"carts":{"data":{"type":"carts"}}}"#
        )
        #expect(cart.json["data"]?["attributes"]?["store"]?.string == "DE")
    }

    @Test func linesGetTheirArticlesNamesWhereTheyHaveNone() async throws {
        let cart = try await source(ScriptedCalls(.json(GlueSample.cart(lines)))).cart(id, .shared, asOfNow: true)
        let attributes = try #require(cart.json["included"]?.elements.compactMap { $0["attributes"] })
        #expect(attributes.map { $0["name"]?.string } == ["Chair", "Chair", "Own", "Table"])
        #expect(attributes[1]["quantity"]?.text == #""2""#)
    }

    private func version(_ text: String, _ part: CartPart = .shared) async throws -> CartVersion {
        try await source(ScriptedCalls(.json(text))).cart(id, part, asOfNow: true).version
    }

    @Test func theVersionFollowsLinesAndSums() async throws {
        let version = try await version(GlueSample.cart(lines), .whole)
        let asNumber = GlueSample.cart(lines).replacing(#""quantity":"2""#, with: #""quantity":2"#)
        #expect(try await self.version(asNumber) == version)
        for other in [GlueSample.cart(Array(lines.prefix(2))), GlueSample.cart(lines, totals: #"{"subtotal":301}"#)] {
            #expect(try await self.version(other) != version)
        }
    }

    @Test func aCartWithoutLinesIsACart() async throws {
        let empty = GlueSample.cart([]).replacing(#","included":[]"#, with: "")
        let cart = try await source(ScriptedCalls(.json(empty))).cart(id, .shared, asOfNow: true)
        #expect(cart.json["data"]?["type"]?.string == "carts" && cart.json["included"] == nil)
    }

    @Test(
        arguments: [
            (GlueSample.error(404, "101"), SourceError.gone), (GlueSample.error(404, "7"), .unavailable(cause: "answered 404")),
            (.html(status: 404), .unavailable(cause: "answered 404")), (GlueSample.error(401, "001"), .unavailable(cause: "answered 401")),
            (GlueSample.error(403, "002"), .unavailable(cause: "answered 403")),
            (.html(status: 200), .unavailable(cause: "answered something else than JSON")),
            (.json(GlueSample.cart([], id: "another")), .unavailable(cause: "answered another cart")),
            (.json(GlueSample.cart([], type: "guest-carts")), .unavailable(cause: "answered another cart")),
            (.json(#"{"data":[]}"#), .unavailable(cause: "answered another cart")),
            (.json(#"{"errors":[{"code":"101"}]}"#), .unavailable(cause: "answered errors with status 200")),
        ] as [(UpstreamAnswer, SourceError)]
    )
    func answersThatAreNotTheCart(answer: UpstreamAnswer, error: SourceError) async {
        let source = source(ScriptedCalls(answer))
        #expect(await failure { () async throws(SourceError) in try await source.cart(id, .shared, asOfNow: true) } == error)
    }
}
