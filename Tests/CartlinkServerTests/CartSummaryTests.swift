// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

@testable import CartlinkServer

extension CartSummary {
    fileprivate subscript(sum: Sum) -> Int64? { sums.first { $0.sum == sum }?.amount }
}

struct CartSummaryTests {
    private func summary(_ json: String, _ format: CartFormat = .cartlink) -> CartSummary {
        CartSummary(projection: Array(json.utf8), format: format)
    }

    @Test func aCartIsRead() throws {
        let summary = summary(
            #"""
            {"currency":"EUR","items":[{"sku":"K","name":"Kettle","quantity":1,"total":4990,"image":"https://cdn/x.png",
             "options":{"size":"L","colour":"red"}},{"sku":"M","quantity":2.5,"total":0}],"totals":{"items":4990,"incomplete":true}}
            """#
        )
        #expect(summary.currency == "EUR")
        #expect(summary[.items] == 4990)
        #expect(summary.isIncomplete)
        #expect(summary.items.count == 2)
        let kettle = try #require(summary.items.first)
        #expect(kettle.name == "Kettle")
        #expect(kettle.quantity == "1")
        #expect(kettle.total == 4990)
        #expect(kettle.image == "https://cdn/x.png")
        #expect(kettle.options == ["colour: red", "size: L"])
        #expect(summary.items[1].name == "M")
        #expect(summary.items[1].quantity == "2.5")
        #expect(summary.items[1].total == 0)
    }

    @Test func anOrderFormIsRead() throws {
        let summary = summary(
            #"""
            {"storePreferencesData":{"currencyCode":"BRL"},"totalizers":[{"id":"Shipping","value":9},{"id":"Items","value":4990}],
             "items":[{"name":"Kettle","skuName":"Kettle red","quantity":1,"imageUrl":"https://cdn/x.png","priceDefinition":{"total":4990}},
             {"skuName":"Mug","name":"Mug","quantity":0}]}
            """#,
            .vtexOrderForm
        )
        #expect(summary.currency == "BRL")
        #expect(summary[.items] == 4990)
        #expect(summary.items.map(\.name) == ["Kettle", "Mug"])
        #expect(summary.items.map(\.options) == [["Kettle red"], []])
        #expect(summary.items.map(\.quantity) == ["1", "0"])
        #expect(summary.items.map(\.total) == [4990, nil])
    }

    @Test func aGlueCartIsRead() throws {
        let summary = summary(
            #"""
            {"data":{"attributes":{"currency":"EUR","totals":{"subtotal":4990}}},
             "included":[{"type":"items","attributes":{"sku":"KTL","quantity":1,"calculations":{"sumSubtotalAggregation":4990}}},
              {"type":"vouchers","attributes":{"sku":"no item"}},{"type":"items","attributes":{"sku":"MUG","quantity":"2"}}]}
            """#,
            .sprykerCart
        )
        #expect(summary.currency == "EUR")
        #expect(summary[.items] == 4990)
        #expect(summary.items.map(\.name) == ["KTL", "MUG"])
        #expect(summary.items.map(\.quantity) == ["1", "2"])
        #expect(summary.items.map(\.total) == [4990, nil])
    }

    /// Numbers as the page counts them: what is no number is a dash, and a Boolean is none.
    static let quantities: [(json: String, text: String)] = [
        ("0", "0"), ("1", "1"), ("2", "2"), ("-1", "-1"), ("1.0", "1"), ("1e2", "100"), ("0.5", "0.5"), ("true", "–"), ("false", "–"),
        ("null", "–"), ("\"3\"", "–"), ("[]", "–"), ("{}", "–"), ("4294967296", "4294967296"),
    ]

    @Test(arguments: quantities)
    func quantitiesAreNumbers(json: String, text: String) {
        let summary = summary(#"{"items":[{"quantity":\#(json)}]}"#)
        #expect(summary.items.map(\.quantity) == [text])
    }

    static let totals: [(json: String, total: Int64?)] = [
        ("0", 0), ("1", 1), ("-500", -500), ("1.5", nil), ("true", nil), ("false", nil), ("\"1\"", nil), ("null", nil), ("1e30", nil),
    ]

    @Test(arguments: totals)
    func totalsAreWholeMinorUnits(json: String, total: Int64?) {
        let summary = summary(#"{"items":[{"total":\#(json)}],"totals":{"items":\#(json)}}"#)
        #expect(summary[.items] == total)
        #expect(summary.items.map(\.total) == [total])
    }

    @Test(arguments: [
        "{}", "[]", "", #"{"items":7,"totals":"x","currency":9}"#, #"{"items":{}}"#, #"{"items":[]}"#, #"{"totals":{"items":{}}}"#,
    ])
    func whatIsNotACartShowsNothing(json: String) {
        let summary = summary(json)
        #expect(summary.items.isEmpty)
        #expect(summary[.items] == nil)
        #expect(summary.currency == nil)
        #expect(!summary.isIncomplete)
    }

    @Test func aFieldOfAnotherTypeIsJustNotShown() throws {
        let summary = summary(#"{"currency":"EUR","items":[{"name":7,"sku":[],"image":1,"options":["x"],"total":100}]}"#)
        let item = try #require(summary.items.first)
        #expect(item.name == "–")
        #expect(item.image == nil)
        #expect(item.options == [])
        #expect(item.total == 100)
    }

    static let sums: [(format: CartFormat, json: String, amounts: [Int64])] = [
        (.cartlink, #"{"totals":{"grand":5,"tax":4,"shipping":3,"discount":-2,"items":1}}"#, [1, -2, 3, 4, 5]),
        (.cartlink, #"{"totals":{"items":1,"discount":2}}"#, [1, -2]),
        (
            .vtexOrderForm,
            #"{"value":5,"totalizers":[{"id":"Tax","value":4},{"id":"Discounts","value":-2},{"id":"Items","value":1},{"id":"X","value":9}]}"#,
            [1, -2, 4, 5]
        ),
        (.sprykerCart, #"{"data":{"attributes":{"totals":{"grandTotal":5,"taxTotal":4,"discountTotal":2,"subtotal":6}}}}"#, [6, -2, 5]),
    ]

    @Test(arguments: sums)
    func sumsComeInTheOrderInWhichTheyAreAddedUp(format: CartFormat, json: String, amounts: [Int64]) {
        #expect(summary(json, format).sums.map(\.amount) == amounts)
    }
}
