// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

@testable import CartlinkServer

struct GlueAttributesTests {
    private func attributes(_ json: String, of type: GlueType = .items) throws -> GlueAttributes {
        try GlueAttributes(body: Array(json.utf8), of: type)
    }

    /// The details of the errors that reading leads to; none where it succeeds.
    private func faults(_ read: () throws -> Void) -> [String] {
        do {
            try read()
            return []
        } catch {
            return (error as? GlueRefusal)?.errors.map(\.detail) ?? ["another error"]
        }
    }

    @Test(arguments: [
        "", "{", "[]", "null", "1", "{}", #"{"data":null}"#, #"{"data":[]}"#, #"{"data":"items"}"#, #"{"data":{}}"#,
        #"{"data":{"type":"items"}}"#,
        #"{"data":{"attributes":{"a":1}}}"#, #"{"data":{"type":"items","attributes":null}}"#,
        #"{"data":{"type":"items","attributes":[1]}}"#,
        #"{"data":{"type":null,"attributes":{"a":1}}}"#, #"{"data":{"type":"items","attributes":{"a":1,"a":1}}}"#,
        #"{"data":{"type":"carts","attributes":"none"}}"#,
    ])
    func whatIsNoDocumentHasNoAttributes(json: String) {
        #expect(faults { _ = try attributes(json) } == ["Post data is invalid."])
    }

    @Test(arguments: ["\"carts\"", "\"Items\"", "7", "{}", "\"\""])
    func anotherTypeIsRefused(type: String) {
        #expect(faults { _ = try attributes(#"{"data":{"type":\#(type),"attributes":{}}}"#) } == ["Invalid type."])
    }

    @Test(arguments: ["[]", "[ ]", "{}"])
    func anEmptyListIsAnObjectWithoutNames(json: String) {
        #expect(
            faults { _ = try NewItem(attributes(#"{"data":{"type":"items","attributes":\#(json)}}"#)) } == [
                "sku => This field is missing.", "quantity => This field is missing.",
            ]
        )
    }

    private func quantity(_ json: String) throws -> Int64 {
        try Quantity(attributes(#"{"data":{"type":"items","attributes":{"quantity":\#(json)}}}"#)).value
    }

    @Test(
        arguments: [("1", 1), ("\"1\"", 1), ("99999", 99_999), ("\"007\"", 7), ("2.0", 2), ("1e2", 100), ("\"+3\"", 3)] as [(String, Int64)]
    )
    func aQuantityIsANumberOrItsDigits(json: String, expected: Int64) throws {
        #expect(try quantity(json) == expected)
    }

    @Test(arguments: [
        ("0", "greater than 0"), ("-1", "greater than 0"), ("\"0\"", "greater than 0"), ("\"-5\"", "greater than 0"),
        ("0.5", "of type integer"),
        ("\"1.5\"", "of type integer"), ("1e30", "of type integer"), ("\"99999999999999999999\"", "of type integer"),
        ("100000", "less than or equal to 99999"), ("true", "of type numeric"), ("\"x\"", "of type numeric"), ("\" 1\"", "of type numeric"),
        ("\"1,2\"", "of type numeric"), ("\"0x10\"", "of type numeric"), ("\"1e3\"", "of type numeric"), ("\"nan\"", "of type numeric"),
        ("\"-\"", "of type numeric"), ("[1]", "of type numeric"), ("{\"a\":1}", "of type numeric"),
    ])
    func otherQuantitiesAreRefused(json: String, text: String) {
        #expect(faults { _ = try quantity(json) } == ["quantity => This value should be \(text)."])
    }

    @Test(arguments: ["\"\"", "[]", "{}", "false"])
    func aBlankQuantityIsWrongInEveryWay(json: String) {
        let texts = ["not be blank", "be of type numeric", "be greater than 0"]
        #expect(faults { _ = try quantity(json) } == texts.map { "quantity => This value should \($0)." })
    }

    @Test(
        arguments: [
            ("1", 1), ("2", 2), ("\"1\"", 1), ("\"2\"", 2), ("2.0", 2), ("0", nil), ("3", nil), ("-1", nil), ("1.5", nil), ("\"02\"", nil),
            ("\"two\"", nil),
            ("true", nil), ("[1]", nil),
        ] as [(String, Int64?)]
    )
    func aPermissionGroupIsOneOrTwo(json: String, number: Int64?) throws {
        var attributes = try attributes(#"{"data":{"type":"items","attributes":{"group":\#(json)}}}"#)
        let sent = attributes.value("group")
        let value = try #require(sent)
        #expect(GluePermissionGroup(value)?.number == number)
    }
}
