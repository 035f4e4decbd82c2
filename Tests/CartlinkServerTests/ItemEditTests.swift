// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

@testable import CartlinkServer

/// What an edit writes, byte for byte.
struct ItemEditTests {
    struct Case: Sendable, CustomStringConvertible {
        let description: String
        let edit: ItemEdit
        let before: String
        let after: String
        let unconfirmed: Set<String>
        let unconfirmedAfter: Set<String>

        init(
            _ description: String,
            _ edit: ItemEdit,
            _ before: String,
            _ after: String,
            unconfirmed: Set<String> = [],
            then unconfirmedAfter: Set<String> = []
        ) {
            self.description = description
            self.edit = edit
            self.before = before
            self.after = after
            self.unconfirmed = unconfirmed
            self.unconfirmedAfter = unconfirmedAfter
        }
    }

    private static func check(_ test: Case) throws {
        let cart = try #require(ItemDocument(Array(test.before.utf8)))
        let result = try cart.applying(test.edit, unconfirmed: test.unconfirmed, newItemID: "new")
        #expect(String(decoding: result.document, as: UTF8.self) == test.after)
        #expect(result.unconfirmed == test.unconfirmedAfter)
    }

    static let adding: [Case] = [
        Case(
            "an article the cart doesn't have carries its SKU as name, and no price",
            .adding("mug", 2),
            #"{"currency":"EUR","items":[]}"#,
            #"{"currency":"EUR","items":[{"id":"new","sku":"mug","name":"mug","quantity":2}],"totals":{"items":0,"incomplete":true}}"#,
            then: ["new"]
        ),
        Case(
            "a document without items gets them, before its totals",
            .adding("mug", 1),
            "{}",
            #"{"items":[{"id":"new","sku":"mug","name":"mug","quantity":1}],"totals":{"items":0,"incomplete":true}}"#,
            then: ["new"]
        ),
        Case(
            "name, price, image and address come from a pushed line of the article, as they stand there",
            .adding("mug", 3, ["size": "L"]),
            #"{"items":[{"id":"1","sku":"mug","name":"M\u0075g","quantity":1,"unitPrice":250,"total":250,"image":"https:\/\/a","url":"u"}]}"#,
            #"{"items":[{"id":"1","sku":"mug","name":"M\u0075g","quantity":1,"unitPrice":250,"total":250,"image":"https:\/\/a","url":"u"},"#
                + #"{"id":"new","sku":"mug","name":"M\u0075g","quantity":3,"unitPrice":250,"total":750,"image":"https:\/\/a","url":"u","#
                + #""options":{"size":"L"}}],"totals":{"items":1000,"incomplete":true}}"#,
            then: ["new"]
        ),
        Case(
            "a line that a person added lends nothing",
            .adding("mug", 1, ["size": "L"]),
            #"{"items":[{"id":"p","sku":"mug","name":"Free","quantity":1,"unitPrice":1}]}"#,
            #"{"items":[{"id":"p","sku":"mug","name":"Free","quantity":1,"unitPrice":1},"#
                + #"{"id":"new","sku":"mug","name":"mug","quantity":1,"options":{"size":"L"}}],"totals":{"items":1,"incomplete":true}}"#,
            unconfirmed: ["p"],
            then: ["p", "new"]
        ),
        Case(
            "a pushed line behind it does",
            .adding("mug", 1, ["size": "L"]),
            #"{"items":[{"id":"p","sku":"mug","name":"Free"},{"sku":"mug","name":"Mug","unitPrice":9}]}"#,
            #"{"items":[{"id":"p","sku":"mug","name":"Free"},{"sku":"mug","name":"Mug","unitPrice":9},"#
                + #"{"id":"new","sku":"mug","name":"Mug","quantity":1,"unitPrice":9,"total":9,"options":{"size":"L"}}],"#
                + #""totals":{"items":9,"incomplete":true}}"#,
            unconfirmed: ["p"],
            then: ["p", "new"]
        ),
        Case(
            "a price that is no whole number is kept, but makes no total",
            .adding("mug", 2, ["size": "L"]),
            #"{"items":[{"id":"1","sku":"mug","name":7,"quantity":1,"unitPrice":2.50,"image":{"x":1}}]}"#,
            #"{"items":[{"id":"1","sku":"mug","name":7,"quantity":1,"unitPrice":2.50,"image":{"x":1}},"#
                + #"{"id":"new","sku":"mug","name":"mug","quantity":2,"unitPrice":2.50,"options":{"size":"L"}}],"#
                + #""totals":{"items":0,"incomplete":true}}"#,
            then: ["new"]
        ),
        Case(
            "options keep their order, and texts are escaped",
            .add(NewItem("a/b", 1, [("z", "1\""), ("a", "é")])),
            #"{"items":[]}"#,
            #"{"items":[{"id":"new","sku":"a/b","name":"a/b","quantity":1,"options":{"z":"1\"","a":"é"}}],"#
                + #""totals":{"items":0,"incomplete":true}}"#,
            then: ["new"]
        ),
    ]

    @Test(arguments: adding)
    func addingWritesOneLine(_ test: Case) throws {
        try Self.check(test)
    }

    static let changing: [Case] = [
        Case(
            "quantity and total keep their places",
            .setting("1", 4),
            #"{"items":[{"total":3,"id":"1","quantity":1,"unitPrice":3,"note":"n"}],"totals":{"grand":9},"x":1}"#,
            #"{"items":[{"total":12,"id":"1","quantity":4,"unitPrice":3,"note":"n"}],"totals":{"items":12,"incomplete":true},"x":1}"#
        ),
        Case(
            "a total that was missing comes last",
            .setting("1", 4),
            #"{"items":[{"id":"1","unitPrice":-3}]}"#,
            #"{"items":[{"id":"1","unitPrice":-3,"quantity":4,"total":-12}],"totals":{"items":-12,"incomplete":true}}"#
        ),
        Case(
            "without a whole price the total goes: first, between, last",
            .setting("1", 4),
            #"{"items":[{ "total":3, "quantity":1, "id":"1", "unitPrice":3.5}]}"#,
            #"{"items":[{ "quantity":4, "id":"1", "unitPrice":3.5}],"totals":{"items":0,"incomplete":true}}"#
        ),
        Case(
            "between",
            .setting("1", 4),
            #"{"items":[{ "id":"1" , "total":3 , "quantity":1 }]}"#,
            #"{"items":[{ "id":"1" , "quantity":4 }],"totals":{"items":0,"incomplete":true}}"#
        ),
        Case(
            "last",
            .setting("1", 4),
            #"{"items":[{ "id":"1" , "quantity":1 , "total":3 }]}"#,
            #"{"items":[{ "id":"1" , "quantity":4 }],"totals":{"items":0,"incomplete":true}}"#
        ),
        Case(
            "a quantity that is no whole number is replaced",
            .setting("1", 4),
            #"{"items":[{"id":"1","quantity":2.0,"unitPrice":3,"total":1e3}]}"#,
            #"{"items":[{"id":"1","quantity":4,"unitPrice":3,"total":12}],"totals":{"items":12,"incomplete":true}}"#
        ),
        Case(
            "escaped names and ids are the same names and ids, and keep their spelling",
            .setting("A1", 2),
            #"{"\u0069tems":[{"i\u0064":"\u00411","quant\u0069ty":1,"unit\u0050rice":5,"t\u006ftal":5}],"t\u006ftals":{"x":1}}"#,
            #"{"\u0069tems":[{"i\u0064":"\u00411","quant\u0069ty":2,"unit\u0050rice":5,"t\u006ftal":10}],"#
                + #""t\u006ftals":{"items":10,"incomplete":true}}"#
        ),
        Case(
            "white space and other numbers' texts stay",
            .setting("b", 2),
            "\n{ \"n\" : 1.50e+2 ,\t\"items\" : [\n {\"id\":\"a\", \"w\": 1E5 } ,\n { \"id\":\"b\" }\n ] , \"totals\" : null\r\n}\n",
            "\n{ \"n\" : 1.50e+2 ,\t\"items\" : [\n {\"id\":\"a\", \"w\": 1E5 } ,\n { \"id\":\"b\",\"quantity\":2 }\n ] , "
                + "\"totals\" : {\"items\":0,\"incomplete\":true}\r\n}\n"
        ),
        Case(
            "a line that a person added stays unconfirmed",
            .setting("p", 2),
            #"{"items":[{"id":"p"}]}"#,
            #"{"items":[{"id":"p","quantity":2}],"totals":{"items":0,"incomplete":true}}"#,
            unconfirmed: ["p"],
            then: ["p"]
        ),
    ]

    @Test(arguments: changing)
    func changingWritesQuantityAndTotal(_ test: Case) throws {
        try Self.check(test)
    }

    static let removing: [Case] = [
        Case(
            "the only line",
            .remove(item: "a"),
            #"{"items":[ {"id":"a"} ],"totals":{}}"#,
            #"{"items":[ ],"totals":{"items":0,"incomplete":true}}"#
        ),
        Case(
            "the first line",
            .remove(item: "a"),
            #"{"items":[ {"id":"a","total":1} , {"id":"b","total":2}]}"#,
            #"{"items":[ {"id":"b","total":2}],"totals":{"items":2,"incomplete":true}}"#
        ),
        Case(
            "the last line",
            .remove(item: "b"),
            #"{"items":[{"id":"a","total":1} , {"id":"b","total":2} ]}"#,
            #"{"items":[{"id":"a","total":1} ],"totals":{"items":1,"incomplete":true}}"#
        ),
        Case(
            "a line that a person added is no longer unconfirmed",
            .remove(item: "p"),
            #"{"items":[{"id":"a"},{"id":"p"},{"id":"q"}]}"#,
            #"{"items":[{"id":"a"},{"id":"q"}],"totals":{"items":0,"incomplete":true}}"#,
            unconfirmed: ["p", "q"],
            then: ["q"]
        ),
    ]

    @Test(arguments: removing)
    func removingTakesTheLineOnly(_ test: Case) throws {
        try Self.check(test)
    }

    /// Lines, and what they add to the cart's sum.
    static let sums: [(lines: String, sum: Int)] = [
        (#"{"total":7,"unitPrice":2,"quantity":3}"#, 7), (#"{"unitPrice":2,"quantity":3}"#, 6), (#"{"total":-7}"#, -7),
        (#"{"total":7.0,"unitPrice":2,"quantity":3}"#, 6), (#"{"total":"7","unitPrice":2,"quantity":3}"#, 6),
        (#"{"total":7e0}"#, 0), (#"{"total":null}"#, 0), (#"{"unitPrice":2}"#, 0), (#"{"unitPrice":2,"quantity":3.0}"#, 0),
        (#"{"unitPrice":2.5,"quantity":2}"#, 0), (#"{"total":92233720368547758070}"#, 0), ("{}", 0), (#"{"total":-0}"#, 0),
        (#"{"total":1},{"total":10},{"unitPrice":100,"quantity":1}"#, 111),
    ]

    @Test(arguments: sums)
    func theSumIsOfWholeNumbers(lines: String, sum: Int) throws {
        let cart = try #require(ItemDocument(Array(#"{"totals":{},"items":[{"id":"gone"},\#(lines)]}"#.utf8)))
        let after = try cart.applying(.remove(item: "gone"), unconfirmed: [], newItemID: "new").document
        #expect(String(decoding: after, as: UTF8.self) == #"{"totals":{"items":\#(sum),"incomplete":true},"items":[\#(lines)]}"#)
    }

    @Test(arguments: ["", "[]", "{", "null", #"{"items":{}}"#, #"{"items":null}"#, #"{"items":[1]}"#, #"{"items":[{},[]]}"#])
    func whatIsNoCartIsNotEdited(text: String) {
        #expect(ItemDocument(Array(text.utf8)) == nil)
    }
}

extension ItemEdit {
    static func adding(_ sku: String, _ quantity: Int64, _ options: KeyValuePairs<String, String> = [:]) -> ItemEdit {
        .add(NewItem(sku, quantity, options.map { ($0.key, $0.value) }))
    }

    static func setting(_ item: String, _ quantity: Int64) -> ItemEdit {
        .setQuantity(item: item, Quantity(quantity)!)
    }
}

extension NewItem {
    init(_ sku: String, _ quantity: Int64, _ options: [(String, String)] = []) {
        let choices = options.map { ItemOptions.Choice(name: $0.0, value: $0.1)! }
        self.init(sku: SKU(sku)!, quantity: Quantity(quantity)!, options: ItemOptions(choices)!)
    }
}
