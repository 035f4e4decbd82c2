// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

@testable import CartlinkServer

/// Lines that the shop hasn't pushed are hidden; nothing else changes.
struct ItemHidingTests {
    static let cases: [(hidden: Set<String>, before: String, after: String)] = [
        ([], #"{ "items" : [ {"id":"a"} ] }"#, #"{ "items" : [ {"id":"a"} ] }"#),
        (["z"], #"{ "items" : [ {"id":"a"} ] }"#, #"{ "items" : [ {"id":"a"} ] }"#),
        (["a"], #"{ "items" : [ {"id":"a"} ] , "x":1}"#, #"{ "items" : [ ] , "x":1}"#),
        (["a"], #"{"items":[ {"id":"a"} , {"id":"b"}]}"#, #"{"items":[ {"id":"b"}]}"#),
        (["b"], #"{"items":[ {"id":"a"} , {"id":"b"} ]}"#, #"{"items":[ {"id":"a"} ]}"#),
        (["a", "b"], #"{"items":[{"id":"a"}, {"id":"b"}, {"id":"c"}, {"id":"d"}]}"#, #"{"items":[ {"id":"c"}, {"id":"d"}]}"#),
        (["b", "c"], #"{"items":[{"id":"a"}, {"id":"b"}, {"id":"c"}, {"id":"d"}]}"#, #"{"items":[{"id":"a"}, {"id":"d"}]}"#),
        (["a", "c"], #"{"items":[{"id":"a"}, {"id":"b"},{"id":"c"}, {"id":"d"}]}"#, #"{"items":[ {"id":"b"}, {"id":"d"}]}"#),
        (["b", "d"], #"{"items":[{"id":"a"},{"id":"b"},{"id":"c"},{"id":"d"}]}"#, #"{"items":[{"id":"a"},{"id":"c"}]}"#),
        (["a"], #"{"\u0069tems":[{"\u0069d":"\u0061","note":"a,b]"},{}]}"#, #"{"\u0069tems":[{}]}"#),
        (["a"], #"{"x":[{"id":"a"}],"items":[{"x":{"id":"a"}}]}"#, #"{"x":[{"id":"a"}],"items":[{"x":{"id":"a"}}]}"#),
        (["a"], #"{"x":1}"#, #"{"x":1}"#),
    ]

    @Test(arguments: cases)
    func theseLinesAreGoneAndAllElseStays(hidden: Set<String>, before: String, after: String) {
        let text = String(decoding: ItemDocument.withoutUnconfirmed(Array(before.utf8), hidden), as: UTF8.self)
        #expect(text == after)
    }

    @Test func addingAndHidingGivesTheLinesOfBefore() throws {
        let before = #"{"items":[{"id":"a","sku":"mug","quantity":1,"note":"n"}],"totals":{"items":0,"incomplete":true}}"#
        let cart = try #require(ItemDocument(Array(before.utf8)))
        let added = try cart.applying(.adding("mug", 1, ["text": "read me"]), unconfirmed: [], newItemID: "new")
        #expect(String(decoding: added.document, as: UTF8.self).contains("read me"))
        #expect(String(decoding: ItemDocument.withoutUnconfirmed(added.document, added.unconfirmed), as: UTF8.self) == before)
    }

    @Test(arguments: [#"{"items":[{"id":"a"},7]}"#, #"{"items":{}}"#, "{", ""])
    func ofACartThatCantBeReadGuestsSeeNothing(text: String) {
        #expect(ItemDocument.withoutUnconfirmed(Array(text.utf8), ["a"]) == Array("{}".utf8))
    }
}
