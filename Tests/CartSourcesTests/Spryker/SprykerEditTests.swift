// SPDX-License-Identifier: Apache-2.0

import CartSources
import Redaction
import ShareLinks
import Testing

@Suite("Edits of a Spryker cart") struct SprykerEditTests {
    private let id = PlatformCartID(GlueSample.id)!
    private let lines = [GlueSample.line("a", #""2""#), GlueSample.line("b", "1", key: "b#1/2")]

    private func edit(
        _ edit: ItemEdit,
        _ calls: ScriptedCalls,
        _ permission: Permission = Permission()
    ) async throws(SourceError)
        -> SourcedCart
    {
        let source = SprykerCartSource(settings: SprykerSettings(), calls: calls, shelves: emptyShelves(), turns: EditLine())
        return try await source.edit(id, edit) { cart in await permission.proceeds(cart) }
    }

    private func error(_ edit: ItemEdit, _ calls: ScriptedCalls, _ permission: Permission = Permission()) async -> SourceError? {
        await failure { () async throws(SourceError) in try await self.edit(edit, calls, permission) }
    }

    private func cart(_ lines: [String]) -> UpstreamAnswer { .json(GlueSample.cart(lines)) }

    @Test func anArticleIsAddedToItsLine() async throws {
        let calls = ScriptedCalls(cart(lines), .json("{}", status: 201), cart([GlueSample.line("a", "5"), lines[1]]))
        _ = try await edit(.add(.sample("a", 3)), calls)
        let asked = calls.requests[1]
        #expect(asked.method == "POST" && asked.path == "/carts/\(GlueSample.id)/items" && asked.query == ["include=items"])
        #expect(asked.body == #"{"data":{"type":"items","attributes":{"sku":"a","quantity":3}}}"#)
        #expect(asked.headers == ["accept: application/vnd.api+json", "content-type: application/vnd.api+json"])
        #expect(!asked.isIdempotent && calls.requests.map(\.method) == ["GET", "POST", "GET"])
    }

    @Test func aNewQuantityIsPatched() async throws {
        let calls = ScriptedCalls(cart(lines), .json("{}"), cart([lines[0], GlueSample.line("b", "4", key: "b#1/2")]))
        _ = try await edit(.setQuantity(item: "b#1/2", Quantity(4)!), calls)
        #expect(calls.requests[1].method == "PATCH" && calls.requests[1].path == "/carts/\(GlueSample.id)/items/b%231%2F2")
        #expect(calls.requests[1].body == #"{"data":{"type":"items","attributes":{"quantity":4}}}"#)
    }

    @Test func aLineIsDeleted() async throws {
        let empty = UpstreamAnswer(status: 204, body: [], isJSON: false, retryAfter: nil)
        let calls = ScriptedCalls(cart(lines), empty, cart([lines[1]]))
        _ = try await edit(.remove(item: "a"), calls)
        #expect(calls.requests[1].method == "DELETE" && calls.requests[1].path == "/carts/\(GlueSample.id)/items/a")
        #expect(calls.requests[1].body == nil)
    }

    @Test func whatCannotBeSaidIsNotSent() async {
        let calls = ScriptedCalls(cart(lines))
        #expect(await error(.add(.sample("a", 1, options: [("colour", "red")])), calls) == .notExpressible(field: "options"))
        #expect(calls.requests.isEmpty)
        #expect(await error(.add(.sample("a", 99_998)), calls) == .notExpressible(field: "quantity"))
        #expect(await error(.remove(item: "c"), calls) == .noSuchItem)
        #expect(await error(.remove(item: "a"), calls, Permission(false)) == .stopped)
        #expect(calls.requests.allSatisfy { $0.method == "GET" })
    }

    @Test(
        arguments: [
            (GlueSample.error(404, "103"), SourceError.noSuchItem), (GlueSample.error(404, "101"), .gone),
            (GlueSample.error(422, "102"), .notSold), (GlueSample.error(403, "115"), .unavailable(cause: "answered 403")),
            (GlueSample.error(400, "104"), .unavailable(cause: "answered 400")), (.html(status: 404), .unavailable(cause: "answered 404")),
        ] as [(UpstreamAnswer, SourceError)]
    )
    func refusals(answer: UpstreamAnswer, expected: SourceError) async {
        let calls = ScriptedCalls(cart(lines), answer)
        #expect(await error(.remove(item: "a"), calls) == expected)
        #expect(calls.requests.count == 2)
    }

    @Test func aCartThatDoesNotShowTheEditIsNotTakenForIt() async {
        let done = UpstreamAnswer.json("{}")
        #expect(await error(.remove(item: "a"), ScriptedCalls(cart(lines), done, cart(lines))) == .overtaken)
        #expect(await error(.remove(item: "a"), ScriptedCalls(cart(lines), done, cart([]))) == .overtaken)
        #expect(await error(.add(.sample("c")), ScriptedCalls(cart(lines), done, cart(lines))) == .notSold)
        #expect(
            await error(.add(.sample("a", 3)), ScriptedCalls(cart(lines), done, cart([GlueSample.line("a", "4"), lines[1]]))) == .limited
        )
    }

    @Test func aCartThatCannotBeReadAfterTheEditLeavesItsOutcomeUnknown() async {
        let unknown = SourceError.outcomeUnknown(cause: "took the edit and answered no cart")
        #expect(await error(.remove(item: "a"), ScriptedCalls(cart(lines), .json("{}"), .html(status: 404))) == unknown)
        let down = ScriptedCalls([.success(cart(lines)), .success(.json("{}")), .failure(.unavailable(cause: "timed out"))])
        #expect(await error(.remove(item: "a"), down) == unknown)
        #expect(await error(.remove(item: "a"), ScriptedCalls(cart(lines), .json("{}"), GlueSample.error(404, "101"))) == .gone)
    }
}
