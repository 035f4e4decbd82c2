// SPDX-License-Identifier: Apache-2.0

import Redaction
import Testing

@Suite struct JSONObjectTests {
    @Test func namesKindsAndBytesOfMembers() throws {
        let text = #" { "cart" : {"a": [1, 2]} ,"n":-1.50,"\u0073":"x\ny","l":[ ],"t":true,"f":false,"z":null} "#
        let object = try JSONObject(validating: Array(text.utf8))
        #expect(object.members.map(\.name) == ["cart", "n", "s", "l", "t", "f", "z"])
        #expect(object.members.map(\.kind) == [.object, .number, .string, .array, .true, .false, .null])
        #expect(
            object.members.map { String(decoding: object.bytes(of: $0), as: UTF8.self) } == [
                #"{"a": [1, 2]}"#, "-1.50", #""x\ny""#, "[ ]", "true", "false", "null",
            ]
        )
    }

    @Test(
        "decodes strings",
        arguments: [
            (#""""#, ""), (#""plain""#, "plain"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00E9\u20ac""#, "Aé€"),
            (#""\uD83D\uDE00 é""#, "😀 é"), (#""\u0000""#, "\0"),
        ]
    )
    func decodesStrings(json: String, text: String) throws {
        let object = try JSONObject(validating: Array("{\"a\":\(json)}".utf8))
        let member = try #require(object["a"])
        #expect(object.string(of: member) == text)
    }

    @Test func absentMembersAndOtherKindsGiveNothing() throws {
        let object = try JSONObject(validating: Array(#"{"a":1}"#.utf8))
        #expect(object["b"] == nil)
        let member = try #require(object["a"])
        #expect(object.string(of: member) == nil)
    }
}
