// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import cartlink

@Suite struct DemoPriceListTests {
    private func priced(_ items: String, totals: String = #"{"items":0,"incomplete":true}"#) throws -> String? {
        let cart = #"{"currency":"EUR","note":"kept","items":[\#(items)],"totals":\#(totals)}"#
        return DemoPriceList.priced(Array(cart.utf8)).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(arguments: [
        // A line without price or with somebody's own gets the shop's; there is no discount below 100.
        (
            #"{"id":"1","sku":"TEA-250","name":"TEA-250","quantity":2,"unitPrice":1}"#,
            #"[{"id":"1","name":"Black tea, 250 g","quantity":2,"sku":"TEA-250","total":1780,"unitPrice":890}]"#,
            #"{"grand":2792,"items":1780,"shipping":490,"tax":522}"#
        ),
        (
            #"{"id":"1","sku":"GRD-40","quantity":2}"#,
            #"[{"id":"1","name":"Coffee grinder, 40 mm","quantity":2,"sku":"GRD-40","total":17800,"unitPrice":8900}]"#,
            #"{"discount":-500,"grand":21882,"items":17800,"shipping":490,"tax":4092}"#
        ),
        // What isn't sold here goes, and so does what no order could hold.
        (#"{"id":"1","sku":"call me","name":"call me","quantity":1}"#, "[]", #"{"grand":0,"items":0}"#),
        (#"{"id":"1","sku":"TEA-250","quantity":9000000000000000000}"#, "[]", #"{"grand":0,"items":0}"#),
        ("", "[]", #"{"grand":0,"items":0}"#),
    ])
    func linesGetTheShopsPrices(_ items: String, _ priced: String, _ totals: String) throws {
        #expect(try self.priced(items) == #"{"currency":"EUR","items":\#(priced),"note":"kept","totals":\#(totals)}"#)
    }

    @Test func whatHasItsPricesIsLeftAlone() throws {
        let line = #"{"id":"1","sku":"TEA-250","quantity":2}"#
        #expect(try priced(line, totals: #"{"items":1}"#) == nil)
        #expect(try priced(line, totals: #"{"items":1,"incomplete":false}"#) == nil)
        #expect(DemoPriceList.priced(Array("no JSON".utf8)) == nil)
    }

    /// The demo's own files hold what the price list makes of them, so the first edit changes only what was edited.
    @Test(arguments: ["cart", "cart-of-carlos", "cart-for-dana"])
    func preparedCartsHaveTheShopsPrices(_ name: String) throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../config/demo/\(name).json")
        var cart = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        let before = try JSONSerialization.data(withJSONObject: cart, options: .sortedKeys)
        var totals = try #require(cart["totals"] as? [String: Any])
        totals["incomplete"] = true
        cart["totals"] = totals
        let waiting = try JSONSerialization.data(withJSONObject: cart)
        #expect(DemoPriceList.priced(Array(waiting)) == Array(before))
    }
}
