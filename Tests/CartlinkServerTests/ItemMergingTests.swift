// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

@testable import CartlinkServer

/// Which lines take more pieces of their article, and which are left alone.
struct ItemMergingTests {
    /// A line of the article `mug`, and whether a mug of size L joins it.
    static let lines: [(line: String, takes: Bool)] = [
        (#"{"sku":"mug","quantity":1,"options":{"size":"L"}}"#, true),
        (#"{"sku":"m\u0075g","quantity":1,"options":{"si\u007ae":"\u004c"}}"#, true),
        (#"{"sku":"mug","quantity":0,"options":{"size":"L"},"note":null,"personalisation":null}"#, true),
        (#"{"sku":"mug","quantity":1,"options":{"size":"L"},"custom":{"gift":true},"name":"Mug"}"#, true),
        (#"{"sku":"mug","quantity":1,"options":{"size":"M"}}"#, false),
        (#"{"sku":"mug","quantity":1,"options":{"Size":"L"}}"#, false),
        (#"{"sku":"mug","quantity":1,"options":{"size":"L","colour":"red"}}"#, false),
        (#"{"sku":"mug","quantity":1,"options":{}}"#, false),
        (#"{"sku":"mug","quantity":1}"#, false),
        (#"{"sku":"mug","quantity":1,"options":["L"]}"#, false),
        (#"{"sku":"mug","quantity":1,"options":{"size":["L"]}}"#, false),
        (#"{"sku":"Mug","quantity":1,"options":{"size":"L"}}"#, false),
        (#"{"sku":7,"quantity":1,"options":{"size":"L"}}"#, false),
        (#"{"quantity":1,"options":{"size":"L"}}"#, false),
        (#"{"sku":"mug","options":{"size":"L"}}"#, false),
        (#"{"sku":"mug","quantity":1.0,"options":{"size":"L"}}"#, false),
        (#"{"sku":"mug","quantity":-1,"options":{"size":"L"}}"#, false),
        (#"{"sku":"mug","quantity":1,"options":{"size":"L"},"personalisation":{"text":"Ana"}}"#, false),
        (#"{"sku":"mug","quantity":1,"options":{"size":"L"},"note":"wrap it"}"#, false),
    ]

    @Test(arguments: lines)
    func linesThatAreTheSameTakeMore(line: String, takes: Bool) throws {
        let result = try Self.add(.adding("mug", 1, ["size": "L"]), to: "[\(line)]")
        #expect(result.items.count == (takes ? 1 : 2))
        #expect(result.unconfirmed == (takes ? [] : ["new"]))
    }

    /// A line's options, in the ways of having none or of ordering them.
    static let options: [(line: String, added: KeyValuePairs<String, String>)] = [
        ("", [:]), (#","options":{}"#, [:]), (#","options":null"#, [:]),
        (#","options":{"size":"L","colour":"red"}"#, ["size": "L", "colour": "red"]),
        (#","options":{"size":"L","colour":"red"}"#, ["colour": "red", "size": "L"]),
    ]

    @Test(arguments: options)
    func theOrderOfOptionsMakesNoDifference(line: String, added: KeyValuePairs<String, String>) throws {
        let result = try Self.add(.adding("mug", 5, added), to: #"[{"sku":"mug","quantity":2,"unitPrice":3\#(line)}]"#)
        #expect(result.items == [#"{"sku":"mug","quantity":7,"unitPrice":3\#(line),"total":21}"#])
    }

    @Test func theFirstLineThatFitsTakesThem() throws {
        let (one, two) = (#"{"id":"1","sku":"mug","note":"n","quantity":1}"#, #"{"id":"3","sku":"mug","quantity":1}"#)
        let result = try Self.add(.adding("mug", 1), to: #"[\#(one),{"id":"2","sku":"mug","quantity":1},\#(two)]"#)
        #expect(result.items == [one, #"{"id":"2","sku":"mug","quantity":2}"#, two])
    }

    @Test func aLineThatAPersonAddedTakesMoreAndStaysUnconfirmed() throws {
        let result = try Self.add(.adding("mug", 1), to: #"[{"id":"p","sku":"mug","quantity":1}]"#, unconfirmed: ["p"])
        #expect(result.items == [#"{"id":"p","sku":"mug","quantity":2}"#])
        #expect(result.unconfirmed == ["p"])
    }

    @Test func addingTheSameTwiceMakesOneLine() throws {
        let once = try #require(try ItemDocument(Array("{}".utf8))?.applying(.adding("mug", 1), unconfirmed: [], newItemID: "1"))
        let twice = try ItemDocument(once.document)?.applying(.adding("mug", 1), unconfirmed: once.unconfirmed, newItemID: "2")
        #expect(twice?.unconfirmed == ["1"])
        let text = #"{"items":[{"id":"1","sku":"mug","name":"mug","quantity":2}],"totals":{"items":0,"incomplete":true}}"#
        #expect(twice.map { String(decoding: $0.document, as: UTF8.self) } == text)
    }

    private static func add(
        _ edit: ItemEdit,
        to items: String,
        unconfirmed: Set<String> = []
    ) throws -> (
        items: [String], unconfirmed: Set<String>
    ) {
        let cart = try #require(ItemDocument(Array(#"{"items":\#(items)}"#.utf8)))
        let result = try cart.applying(edit, unconfirmed: unconfirmed, newItemID: "new")
        let parts = JSONParts.members(String(decoding: result.document, as: UTF8.self))
        let elements = JSONParts.split(parts.first { $0.name == "items" }?.value ?? "")
        return (elements, result.unconfirmed)
    }
}
