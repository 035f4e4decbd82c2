// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks
import Testing

@testable import CartlinkServer

/// Edits that are refused, and those just short of it.
struct ItemLimitTests {
    struct Case: Sendable, CustomStringConvertible {
        let description: String
        let edit: ItemEdit
        let items: String
        /// The new sum, or why there is none.
        let result: Result<Int64, ItemFault>
    }

    static let cases: [Case] = [
        Case(description: "the largest line total", edit: .setting("1", 1), items: line(.max), result: .success(.max)),
        Case(description: "the smallest line total", edit: .setting("1", 1), items: line(.min), result: .success(.min)),
        Case(description: "a line total past 64 bits", edit: .setting("1", 2), items: line(.max), result: .failure(.tooMuch)),
        Case(description: "a line total below 64 bits", edit: .setting("1", 2), items: line(.min), result: .failure(.tooMuch)),
        Case(description: "the largest price", edit: .setting("1", 99_999), items: line(.max / 99_999), result: .success(product)),
        Case(description: "a price past it", edit: .setting("1", 99_999), items: line(.max / 99_999 + 1), result: .failure(.tooMuch)),
        Case(description: "a merged line", edit: .adding("mug", 99_998), items: line(1), result: .success(99_999)),
        Case(description: "a merged line past 99,999", edit: .adding("mug", 99_999), items: line(1), result: .failure(.tooMuch)),
        Case(description: "a merged line's total", edit: .adding("mug", 1), items: line(.max), result: .failure(.tooMuch)),
        Case(description: "a line that holds more already", edit: .adding("mug", 1), items: many(100_000), result: .failure(.tooMuch)),
        Case(description: "a line that holds most", edit: .adding("mug", 1), items: many(.max), result: .failure(.tooMuch)),
        Case(description: "lowering such a line", edit: .setting("1", 1), items: many(.max), result: .success(0)),
        Case(
            description: "a new line's total",
            edit: .adding("mug", 2, ["a": "b"]),
            items: line(.max / 2 + 1),
            result: .failure(.tooMuch)
        ),
        Case(
            description: "a sum that just fits",
            edit: .setting("1", 1),
            items: line(1) + #",{"total":9223372036854775806}"#,
            result: .success(.max)
        ),
        Case(description: "a sum", edit: .setting("1", 2), items: line(1) + #",{"total":9223372036854775806}"#, result: .failure(.tooMuch)),
        Case(
            description: "a sum below 64 bits",
            edit: .setting("1", 1),
            items: line(-1) + #",{"total":-9223372036854775808}"#,
            result: .failure(.tooMuch)
        ),
        Case(
            description: "a sum that fits in the end, whatever the order",
            edit: .setting("1", 1),
            items: line(1) + #",{"total":9223372036854775807},{"total":-1}"#,
            result: .success(.max)
        ),
        Case(
            description: "a sum of other lines",
            edit: .remove(item: "1"),
            items: line(1) + #",{"total":9223372036854775807},{"total":1}"#,
            result: .failure(.tooMuch)
        ),
        Case(
            description: "another line's price and quantity, which the shop answers for",
            edit: .setting("1", 1),
            items: line(1) + #",{"unitPrice":4611686018427387904,"quantity":2}"#,
            result: .success(1)
        ),
        Case(
            description: "removing what was too much",
            edit: .remove(item: "1"),
            items: #"{"id":"1","total":9223372036854775807},{"total":1}"#,
            result: .success(1)
        ),
        Case(description: "changing a line that isn't there", edit: .setting("2", 1), items: line(1), result: .failure(.noSuchItem)),
        Case(description: "removing a line that isn't there", edit: .remove(item: "2"), items: line(1), result: .failure(.noSuchItem)),
        Case(description: "an id as a number", edit: .remove(item: "7"), items: #"{"id":7}"#, result: .failure(.noSuchItem)),
        Case(description: "no id", edit: .remove(item: ""), items: "{}", result: .failure(.noSuchItem)),
    ]

    private static let product: Int64 = .max / 99_999 * 99_999

    /// One mug at a price.
    private static func line(_ price: Int64) -> String {
        #"{"id":"1","sku":"mug","quantity":1,"unitPrice":\#(price)}"#
    }

    /// Many mugs without a price.
    private static func many(_ quantity: Int64) -> String {
        #"{"id":"1","sku":"mug","quantity":\#(quantity)}"#
    }

    @Test(arguments: cases)
    func amountsAndIdsAreChecked(_ test: Case) throws {
        let cart = try #require(ItemDocument(Array(#"{"items":[\#(test.items)]}"#.utf8)))
        let result = Result { () throws(ItemFault) in try cart.applying(test.edit, unconfirmed: [], newItemID: "new").document }
        let sum = result.map { JSONNode($0)["totals"]?["items"]?.integer ?? -1 }
        #expect(sum == test.result)
    }

    @Test func aCartWithoutItemsHasNoneToChange() throws {
        let cart = try #require(ItemDocument(Array("{}".utf8)))
        for edit in [ItemEdit.setting("1", 1), .remove(item: "1")] {
            #expect(throws: ItemFault.noSuchItem) { try cart.applying(edit, unconfirmed: [], newItemID: "new") }
        }
    }

    @Test func aLargerCartOfTheShopMayChangeButNotGrow() throws {
        let filling = String(repeating: "x", count: 1_100_000)
        let cart = try #require(
            ItemDocument(Array(#"{"x":"\#(filling)","items":[{"id":"1","sku":"mug","quantity":10}],"totals":{"items":12,"a":1}}"#.utf8))
        )
        let grown = Result { () throws(ItemFault) in try cart.applying(.adding("cup", 1), unconfirmed: [], newItemID: "new").document }
        #expect(grown == .failure(.tooLarge))
        #expect(try !cart.applying(.remove(item: "1"), unconfirmed: [], newItemID: "new").document.isEmpty)
    }

    /// Documents that have room for so many bytes less than the edit adds.
    @Test(arguments: [(0, true), (1, false)])
    func theDocumentStaysBelowItsLimit(missing: Int, fits: Bool) throws {
        let frame = #"{"x":"","items":[]}"#
        let added = #"{"id":"new","sku":"mug","name":"mug","quantity":1},"totals":{"items":0,"incomplete":true}"#
        let filling = String(repeating: "x", count: 1_048_576 - frame.utf8.count - added.utf8.count + missing)
        let cart = try #require(ItemDocument(Array(#"{"x":"\#(filling)","items":[]}"#.utf8)))
        let result = Result { () throws(ItemFault) in try cart.applying(.adding("mug", 1), unconfirmed: [], newItemID: "new") }
        #expect(result.map(\.document.count) == (fits ? .success(1_048_576) : .failure(.tooLarge)))
    }

    /// Ten times the lines take about ten times the time; where look-ups are quadratic, it is a hundred times.
    @Test func tenThousandLinesAreQuick() throws {
        func duration(lines: Int) throws -> Duration {
            let items = (1...lines).map { #"{"id":"\#($0)","sku":"s\#($0)","name":"n","quantity":1,"unitPrice":250,"total":250}"# }
            let document = Array(#"{"items":[\#(items.joined(separator: ","))]}"#.utf8)
            return try (1...3).map { _ in
                try ContinuousClock().measure {
                    let cart = try #require(ItemDocument(document))
                    let after = try cart.applying(.setting("\(lines)", 2), unconfirmed: [], newItemID: "new").document
                    #expect(ItemDocument.withoutUnconfirmed(after, Set((1...lines / 2).map(String.init))).count < after.count)
                }
            }.min()!
        }
        let (few, many) = (try duration(lines: 1_000), try duration(lines: 10_000))
        #expect(many < few * 40)
    }
}
