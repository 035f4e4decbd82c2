// SPDX-License-Identifier: Apache-2.0

import CartSources
import Redaction
import ShareLinks
import Testing

@Suite("Edits of a VTEX cart") struct VTEXEditTests {
    private typealias Sample = OrderFormSample
    private let id = PlatformCartID(OrderFormSample.id)!
    private let lines = [OrderFormSample.line("2005", 3, unique: "F00D"), OrderFormSample.line("7", 1, unique: "BEEF", seller: "abc")]

    private func source(_ calls: ScriptedCalls) -> VTEXCartSource {
        VTEXCartSource(settings: VTEXSettings(), calls: calls, shelves: emptyShelves(), turns: EditLine())
    }

    /// The id that a person names the line by.
    private func lineID(_ index: Int) async throws -> String {
        let cart = try await source(ScriptedCalls(.json(Sample.cart(lines)))).cart(id, .shared, asOfNow: true)
        return try #require(cart.json["items"]?.elements[index]["lineId"]?.string)
    }

    private func edit(
        _ edit: ItemEdit,
        _ calls: ScriptedCalls,
        _ permission: Permission = Permission()
    ) async throws(SourceError)
        -> SourcedCart
    {
        try await source(calls).edit(id, edit, proceeds: { cart in await permission.proceeds(cart) })
    }

    private func error(_ edit: ItemEdit, _ calls: ScriptedCalls, _ permission: Permission = Permission()) async -> SourceError? {
        await failure { () async throws(SourceError) in try await self.edit(edit, calls, permission) }
    }

    private let update = #""expectedOrderFormSections":["items","totalizers","sellers","storePreferencesData","clientPreferencesData"]}"#

    @Test func aNewQuantityIsSentForTheLinesPlaceJustNow() async throws {
        let moved = Sample.cart([lines[1], lines[0]])
        let after = Sample.cart([lines[1], Sample.line("2005", 5, unique: "F00D")])
        let calls = ScriptedCalls(.json(moved), .json(after))
        let permission = Permission()
        let cart = try await edit(.setQuantity(item: lineID(0), Quantity(5)!), calls, permission)
        let asked = try #require(calls.requests.last)
        #expect(asked.method == "POST" && asked.path == "/api/checkout/pub/orderForm/\(Sample.id)/items/update")
        #expect(asked.body == #"{"orderItems":[{"index":1,"quantity":5}],"# + update)
        #expect(asked.query == ["disableAutoCompletion=true"])
        #expect(!asked.isIdempotent)
        #expect(calls.requests.count == 2 && permission.documents.count == 1)
        #expect(cart.json["items"]?.elements[1]["quantity"]?.text == "5")
    }

    @Test func aLineIsRemovedWithQuantityZero() async throws {
        let calls = ScriptedCalls(.json(Sample.cart(lines)), .json(Sample.cart([lines[1]])))
        let cart = try await edit(.remove(item: lineID(0)), calls)
        #expect(calls.requests.last?.body == #"{"orderItems":[{"index":0,"quantity":0}],"# + update)
        #expect(cart.json["items"]?.elements.count == 1)
    }

    @Test func moreOfAnArticleBecomesTheLinesNewQuantity() async throws {
        let calls = ScriptedCalls(.json(Sample.cart(lines)), .json(Sample.cart([Sample.line("2005", 5, unique: "F00D"), lines[1]])))
        _ = try await edit(.add(.sample("2005", 2)), calls)
        #expect(calls.requests.last?.path.hasSuffix("/items/update") == true)
        #expect(calls.requests.last?.body == #"{"orderItems":[{"index":0,"quantity":5}],"# + update)
    }

    @Test func aNewArticleIsAddedWithTheStoreAsItsSeller() async throws {
        let calls = ScriptedCalls(.json(Sample.cart(lines)), .json(Sample.cart(lines + [Sample.line("31", 2, unique: "CAFE")])))
        _ = try await edit(.add(.sample("31", 2)), calls)
        let asked = try #require(calls.requests.last)
        #expect(asked.path == "/api/checkout/pub/orderForm/\(Sample.id)/items")
        #expect(asked.body == #"{"orderItems":[{"id":"31","quantity":2,"seller":"1"}],"# + update)
        #expect(!asked.isIdempotent)
    }

    @Test func anArticleOfTheCartKeepsItsSeller() async throws {
        let calls = ScriptedCalls(
            .json(Sample.cart(lines)),
            .json(Sample.cart([lines[0], Sample.line("7", 3, unique: "BEEF", seller: "abc")]))
        )
        _ = try await edit(.add(.sample("7", 2)), calls)
        #expect(calls.requests.last?.body == #"{"orderItems":[{"index":1,"quantity":3}],"# + update)
    }

    @Test func anotherSellerMeansAnotherLine() async throws {
        let calls = ScriptedCalls(
            .json(Sample.cart(lines)),
            .json(Sample.cart(lines + [Sample.line("7", 2, unique: "CAFE", seller: "Other1")]))
        )
        _ = try await edit(.add(.sample("7", 2, options: [("seller", "Other1")])), calls)
        #expect(calls.requests.last?.body == #"{"orderItems":[{"id":"7","quantity":2,"seller":"Other1"}],"# + update)
    }

    @Test(
        arguments: [
            #","attachments":[{"name":"e","content":{"text":"Ann"}}]"#, #","isGift":true"#, #","parentItemIndex":0"#,
            #","bundleItems":[{"id":"9"}]"#, #","assemblies":[{"id":"a"}]"#,
        ]
    )
    func moreOfAnArticleDoesNotJoinALineWithSomethingChosen(chosen: String) async throws {
        let engraved = Sample.line("2005", 3, unique: "F00D", more: chosen)
        let after = Sample.cart([engraved, Sample.line("2005", 1, unique: "CAFE")])
        let calls = ScriptedCalls(.json(Sample.cart([engraved])), .json(after))
        _ = try await edit(.add(.sample("2005")), calls)
        #expect(calls.requests.last?.path.hasSuffix("/items") == true)
    }

    @Test func whatCannotBeSaidIsNotSent() async throws {
        let calls = ScriptedCalls(.json(Sample.cart(lines)))
        #expect(await error(.add(.sample("A1")), calls) == .notExpressible(field: "sku"))
        for option in [("colour", "red"), ("seller", "a-b"), ("seller", "ä"), ("seller", String(repeating: "a", count: 65))] {
            #expect(await error(.add(.sample("1", 1, options: [option])), calls) == .notExpressible(field: "options"))
        }
        let two = [("seller", "1"), ("colour", "red")]
        #expect(await error(.add(.sample("1", 1, options: two)), calls) == .notExpressible(field: "options"))
        #expect(calls.requests.isEmpty)
        #expect(await error(.add(.sample("2005", 99_997)), calls) == .notExpressible(field: "quantity"))
        #expect(await error(.remove(item: "nothing"), calls) == .noSuchItem)
        #expect(calls.requests.allSatisfy { !$0.path.contains("/items") })
    }

    @Test func nothingIsSentWhereItMayNotProceed() async throws {
        let calls = ScriptedCalls(.json(Sample.cart(lines)))
        #expect(await error(.add(.sample("31")), calls, Permission(false)) == .stopped)
        #expect(calls.requests.count == 1)
    }

    @Test func aLineThatMovedMeanwhileIsSoughtOnceMore() async throws {
        let moved = Sample.cart([lines[1], lines[0]])
        let after = Sample.cart([lines[1], Sample.line("2005", 9, unique: "F00D")])
        let calls = ScriptedCalls(.json(Sample.cart(lines)), Sample.error("CHK0041"), .json(moved), .json(after))
        let permission = Permission()
        _ = try await edit(.setQuantity(item: lineID(0), Quantity(9)!), calls, permission)
        #expect(calls.requests.last?.body?.hasPrefix(#"{"orderItems":[{"index":1,"quantity":9}]"#) == true)
        #expect(permission.documents.count == 2)
    }

    @Test func aLineThatGoesOnMovingIsGivenUp() async throws {
        let cart = UpstreamAnswer.json(Sample.cart(lines))
        let calls = ScriptedCalls(cart, Sample.error("CHK0041"), cart, Sample.error("CHK0041"))
        #expect(await error(.remove(item: try lineID(0)), calls) == .overtaken)
        #expect(calls.requests.count == 4)
    }

    @Test(
        arguments: [
            (OrderFormSample.error("CHK0023"), SourceError.notExpressible(field: "quantity")),
            (OrderFormSample.error("CHK0024"), .notSold), (OrderFormSample.error("ORD005"), .notSold),
            (OrderFormSample.error("ORD002"), .gone), (OrderFormSample.error("ORD001"), .unavailable(cause: "answered 400")),
            (.json("{}", status: 401), .unavailable(cause: "answered 401")),
            (.json("{}", status: 403), .unavailable(cause: "answered 403")),
            (.html(status: 404), .unavailable(cause: "answered 404")),
            (.json("[]"), .outcomeUnknown(cause: "took the edit and answered no cart")),
            (.json("{}", status: 202), .outcomeUnknown(cause: "took the edit and answered no cart")),
            (.html(status: 200), .outcomeUnknown(cause: "took the edit and answered no cart")),
        ] as [(UpstreamAnswer, SourceError)]
    )
    func refusals(answer: UpstreamAnswer, expected: SourceError) async {
        #expect(await error(.add(.sample("31")), ScriptedCalls(.json(Sample.cart(lines)), answer)) == expected)
    }

    @Test func anUnknownOutcomeStaysUnknown() async {
        let cart = Sample.cart(lines)
        let calls = ScriptedCalls([.success(.json(cart)), .failure(.outcomeUnknown(cause: "timed out"))])
        #expect(await error(.add(.sample("31")), calls) == .outcomeUnknown(cause: "timed out"))
    }

    /// What the cart is after 2005 was to go from 3 to 5, and what that says.
    @Test func anAnswerThatDoesNotShowTheEditIsNotTakenForIt() async throws {
        let quantity = ItemEdit.setQuantity(item: try await lineID(0), Quantity(5)!)
        let five = Sample.line("2005", 5, unique: "F00D")
        for after in [[five], [five, Sample.line("7", 2, unique: "BEEF", seller: "abc")], [lines[1]]] {
            #expect(await error(quantity, ScriptedCalls(.json(Sample.cart(lines)), .json(Sample.cart(after)))) == .overtaken)
        }
        // All of it or a part is missing: the stock ends there.
        for after in [lines, [Sample.line("2005", 4, unique: "F00D"), lines[1]]] {
            #expect(await error(quantity, ScriptedCalls(.json(Sample.cart(lines)), .json(Sample.cart(after)))) == .limited)
        }
        let removal = ItemEdit.remove(item: try await lineID(0))
        for after in [lines, [], [lines[0]]] {
            #expect(await error(removal, ScriptedCalls(.json(Sample.cart(lines)), .json(Sample.cart(after)))) == .overtaken)
        }
    }

    @Test func anArticleThatDidNotComeIsNotSold() async throws {
        let add = ItemEdit.add(.sample("31", 2))
        let before = UpstreamAnswer.json(Sample.cart(lines))
        #expect(await error(add, ScriptedCalls(before, before)) == .notSold)
        #expect(await error(add, ScriptedCalls(before, .json(Sample.cart([lines[0]])))) == .overtaken)
        let fewer = Sample.cart(lines + [Sample.line("31", 1, unique: "CAFE")])
        #expect(await error(add, ScriptedCalls(before, .json(fewer))) == .limited)
    }

    @Test func giftsComeAndGoWithOtherLines() async throws {
        let gift = Sample.line("99", 1, unique: "61F7", more: #","isGift":true"#)
        let calls = ScriptedCalls(.json(Sample.cart(lines + [gift])), .json(Sample.cart([lines[1]])))
        #expect(try await edit(.remove(item: lineID(0)), calls).json["items"]?.elements.count == 1)
    }
}
