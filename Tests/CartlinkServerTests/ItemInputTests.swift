// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

@testable import CartlinkServer

/// The bodies of item edits, and the fields that a refusal names.
struct ItemInputTests {
    static let quantities: [(String, InputFault.Reason?)] = [
        ("1", nil), ("99999", nil), ("0", .range), ("-0", .range), ("-1", .range), ("100000", .range), ("1000000000", .range),
        ("1.5", .range), ("1.0", .range), ("1e9", .range), ("1e0", .range), ("9223372036854775808", .range),
        ("\"1\"", .type), ("null", .type), ("true", .type), ("[1]", .type), ("{}", .type),
    ]

    @Test(arguments: quantities)
    func quantitiesAreWholeNumbersFrom1To99999(text: String, fault: InputFault.Reason?) {
        let faults = fault.map { [InputFault("/quantity", $0)] }
        #expect(Self.changeFaults("{\"quantity\":\(text)}") == faults)
        #expect(Self.itemFaults("{\"sku\":\"mug\",\"quantity\":\(text)}") == faults)
    }

    static let bodies: [(String, [InputFault]?)] = [
        (#"{"sku":"mug","quantity":1}"#, nil),
        (#"{"sku":"mug","quantity":1,"options":{}}"#, nil),
        (#"{"sku":"mug","quantity":1,"options":{"size":"L","":"x"}}"#, [.init("/options/", .form)]),
        ("{}", [.init("/sku", .required), .init("/quantity", .required)]),
        (#"{"sku":"","quantity":1}"#, [.init("/sku", .form)]),
        (#"{"sku":"a\nb","quantity":1}"#, [.init("/sku", .form)]),
        (#"{"sku":"a\u202eb","quantity":1}"#, [.init("/sku", .form)]),
        (#"{"sku":7,"quantity":1}"#, [.init("/sku", .type)]),
        (#"{"sku":"mug","quantity":1,"unitPrice":1}"#, [.init("/unitPrice", .unknown)]),
        (#"{"sku":"mug","quantity":1,"name":"x","id":"y"}"#, [.init("/name", .unknown), .init("/id", .unknown)]),
        (#"{"sku":"mug","quantity":1,"options":[]}"#, [.init("/options", .type)]),
        (#"{"sku":"mug","quantity":1,"options":null}"#, [.init("/options", .type)]),
        (#"{"sku":"mug","quantity":1,"options":{"colour":1}}"#, [.init("/options/colour", .type)]),
        (#"{"sku":"mug","quantity":1,"options":{"colour":""}}"#, [.init("/options/colour", .form)]),
        (#"{"sku":"mug","quantity":1,"options":{"colour":"a\tb"}}"#, [.init("/options/colour", .form)]),
        (#"{"sku":"mug","quantity":1,"options":{"a/b":{}}}"#, [.init("/options/a~1b", .type)]),
        (#"{"sku":"mug","quantity":1,"options":{"\u00e9":"1","e\u0301":"2"}}"#, [.init("/options", .form)]),
        (
            #"{"sku":7,"quantity":0,"options":{"a":1},"x":1}"#,
            [.init("/sku", .type), .init("/quantity", .range), .init("/options/a", .type), .init("/x", .unknown)]
        ),
    ]

    @Test(arguments: bodies)
    func refusalsNameTheField(body: String, faults: [InputFault]?) {
        #expect(Self.itemFaults(body) == faults)
    }

    private static func choosing(_ value: String) -> String {
        "{\"quantity\":1,\"sku\":\"mug\",\"options\":{\"a\":\"\(value)\"}}"
    }

    @Test(arguments: [(200, true), (201, false)])
    func optionsHaveALength(count: Int, fits: Bool) {
        let faults = Self.itemFaults(Self.choosing(String(repeating: "é", count: count)))
        #expect(faults == (fits ? nil : [.init("/options/a", .form)]))
    }

    @Test func oneCharacterOfVeryManyBytesIsRefused() {
        let faults = Self.itemFaults(Self.choosing("e" + String(repeating: "\u{301}", count: 500)))
        #expect(faults == [.init("/options/a", .form)])
    }

    static let skus: [(sku: String, isTaken: Bool)] = [
        ("m", true), ("KTL-17", true), ("a.b_c~d:e/f+g#h", true), (String(repeating: "9", count: 128), true),
        (String(repeating: "9", count: 129), false), ("-m", false), ("two words", false), ("a@b", false), ("é", false), ("٣", false),
    ]

    @Test(arguments: skus)
    func aSKUIsNoSentence(sku: String, isTaken: Bool) {
        #expect((SKU(sku) != nil) == isTaken)
    }

    @Test(arguments: [(64, true), (65, false)])
    func optionNamesHaveALength(count: Int, fits: Bool) {
        let name = String(repeating: "n", count: count)
        #expect(Self.itemFaults(Self.body(options: [name])) == (fits ? nil : [.init("/options/\(name)", .form)]))
    }

    @Test(arguments: [(20, true), (21, false), (3_000, false)])
    func thereAreAtMost20Options(count: Int, fits: Bool) {
        let body = Self.body(options: (1...count).map { "n\($0)" })
        #expect(Self.itemFaults(body) == (fits ? nil : [.init("/options", .range)]))
    }

    @Test func optionsKeepTheirOrder() throws {
        let item = try NewItem(body: Array(#"{"options":{"z":"1","a":"2","m":"3"},"quantity":7,"sku":"mug"}"#.utf8))
        #expect(item.options.choices.map(\.name) == ["z", "a", "m"])
        #expect(item.options.choices.map(\.value) == ["1", "2", "3"])
        #expect(item.quantity.value == 7)
        #expect(item.sku.text == "mug")
    }

    private static func body(options names: [String]) -> String {
        #"{"sku":"mug","quantity":1,"options":{\#(names.map { "\"\($0)\":\"x\"" }.joined(separator: ","))}}"#
    }

    private static func itemFaults(_ body: String) -> [InputFault]? {
        problem(reading: body) { bytes throws(Problem) in try NewItem(body: bytes) }?.faults
    }

    private static func changeFaults(_ body: String) -> [InputFault]? {
        problem(reading: body) { bytes throws(Problem) in try Quantity(body: bytes) }?.faults
    }

    @Test func nothingElseChangesALine() {
        #expect(Self.changeFaults(#"{"quantity":1,"unitPrice":1}"#) == [.init("/unitPrice", .unknown)])
        #expect(Self.changeFaults("{}") == [.init("/quantity", .required)])
    }
}
