// SPDX-License-Identifier: Apache-2.0

import Redaction
import Testing

/// What counts as JSON here, by RFC 8259, asked of both readers: the one for request bodies and the filter.
@Suite struct JSONValidityTests {
    @Test(
        "accepts",
        arguments: [
            "{}", " \t\r\n{ \n} ", #"{"a":1}"#, #"{"":0}"#, #"{"a":[]}"#, #"{"a":[1,[2,{"b":[]}],null,true,false]}"#,
            #"{"a":0,"b":-0,"c":0.5,"d":-1.25e+10,"e":1E-3,"f":123456789012345678901234567890,"g":0e1}"#,
            #"{"a":"\"\\\/\b\f\n\r\t\u0041\u00e9\uD83D\uDE00"}"#, #"{"a":"é€😀\#u{7F}\#u{80}\#u{FFFF}\#u{10FFFF}"}"#,
            #"{"a":{"b":1},"b":{"a":1},"A":1}"#, #"{"e\u0301":1,"é":2}"#, #"{ "a" : [ 1 , 2 ] , "b" : { } }"#,
        ]
    )
    func accepted(text: String) {
        #expect(verdicts(Array(text.utf8)) == [nil, nil])
    }

    @Test(
        "refuses with reason and place",
        arguments: [
            ("", 0, .unexpectedEnd), ("  ", 2, .unexpectedEnd), ("[]", 0, .notAnObject), ("null", 0, .notAnObject),
            ("\"a\"", 0, .notAnObject),
            ("\u{FEFF}{}", 0, .unexpectedByte), ("{}x", 2, .trailingBytes), ("{} {}", 3, .trailingBytes), ("{}\0", 2, .trailingBytes),
            ("{a:1}", 1, .unexpectedByte), ("{'a':1}", 1, .unexpectedByte), (#"{"a" 1}"#, 5, .unexpectedByte),
            (#"{"a":1,}"#, 7, .unexpectedByte),
            (#"{,"a":1}"#, 1, .unexpectedByte), (#"{"a":[1,]}"#, 8, .unexpectedByte), (#"{"a":[,1]}"#, 6, .unexpectedByte),
            (#"{"a":[1 2]}"#, 8, .unexpectedByte), (#"{"a":1 "b":2}"#, 7, .unexpectedByte), (#"{"a":1]"#, 6, .unexpectedByte),
            (#"{"a":}"#, 5, .unexpectedByte), (#"{"a":/**/1}"#, 5, .unexpectedByte), (#"{"a"\#u{A0}:1}"#, 4, .unexpectedByte),
            (#"{"a":tru}"#, 8, .unexpectedByte), (#"{"a":True}"#, 5, .unexpectedByte), (#"{"a":truex}"#, 9, .unexpectedByte),
            (#"{"a":NaN}"#, 5, .unexpectedByte), (#"{"a":Infinity}"#, 5, .unexpectedByte), (#"{"a":nul"#, 8, .unexpectedEnd),
            (#"{"a":+1}"#, 5, .unexpectedByte), (#"{"a":.5}"#, 5, .unexpectedByte), (#"{"a":01}"#, 6, .invalidNumber),
            (#"{"a":-}"#, 6, .invalidNumber), (#"{"a":-01}"#, 7, .invalidNumber), (#"{"a":1.}"#, 7, .invalidNumber),
            (#"{"a":1.e1}"#, 7, .invalidNumber), (#"{"a":1e}"#, 7, .invalidNumber), (#"{"a":1e+}"#, 8, .invalidNumber),
            (#"{"a":-Infinity}"#, 6, .invalidNumber), (#"{"a":0x10}"#, 6, .unexpectedByte), (#"{"a":1_000}"#, 6, .unexpectedByte),
            (#"{"a":"\x"}"#, 6, .invalidEscape), (#"{"a":"\u12g4"}"#, 6, .invalidEscape), (#"{"a":"\U0041"}"#, 6, .invalidEscape),
            (#"{"a":"\uD800"}"#, 6, .loneSurrogate), (#"{"a":"\uDC00"}"#, 6, .loneSurrogate), (#"{"a":"\uD800\uD800"}"#, 6, .loneSurrogate),
            (#"{"a":"\uD800x\uDC00"}"#, 6, .loneSurrogate), (#"{"\uDFFF":1}"#, 2, .loneSurrogate),
            (#"{"a":"\uD83D\u12"}"#, 12, .invalidEscape),
            ("{\"a\":\"\n\"}", 6, .controlCharacter), ("{\"a\":\"12345678\t\"}", 14, .controlCharacter),
            ("{\"a\":\"\0\"}", 6, .controlCharacter),
            (#"{"a":1,"a":2}"#, 7, .duplicateKey), (#"{"a":1,"\u0061":2}"#, 7, .duplicateKey), (#"{"\u0061":1,"a":2}"#, 12, .duplicateKey),
            (#"{"a":[{"b":{"c":1,"d":2,"\u0063":3}}]}"#, 24, .duplicateKey), (#"{"":1,"":2}"#, 6, .duplicateKey),
            (#"{"\uD83D\uDE00":1,"😀":2}"#, 18, .duplicateKey), (#"{"\/":1,"/":2}"#, 8, .duplicateKey),
        ] as [(String, Int, JSONFault.Reason)]
    )
    func refused(text: String, offset: Int, reason: JSONFault.Reason) {
        let fault = JSONFault(offset: offset, reason: reason)
        #expect(verdicts(Array(text.utf8)) == [fault, fault])
    }

    @Test(
        "refuses byte sequences that are not UTF-8",
        arguments: [
            [0x80], [0xBF], [0xC0, 0xAF], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x80, 0xAF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
            [0xED, 0xBF, 0xBF], [0xE2, 0x82], [0xE2, 0x28, 0xA1], [0xF0, 0x80, 0x80, 0xAF], [0xF0, 0x8F, 0xBF, 0xBF],
            [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF], [0xF0, 0x9F, 0x98], [0xF8, 0x88, 0x80, 0x80, 0x80],
        ] as [[UInt8]]
    )
    func refusedBytes(bytes: [UInt8]) {
        for padding in 0..<17 {
            let start = Array("{\"a\":\"".utf8) + [UInt8](repeating: 0x78, count: padding)
            let fault = JSONFault(offset: start.count, reason: .invalidUTF8)
            #expect(verdicts(start + bytes + Array("xxxxxxxxx\"}".utf8)) == [fault, fault])
        }
    }

    @Test func truncatedAnywhereIsRefused() {
        let text = #" {"a":[1,-2.5e3,"x\u00e9\uD83D\uDE00é",{"b":null,"c":true}],"d":false,"e":{}}"#
        let bytes = Array(text.utf8)
        #expect(verdicts(bytes) == [nil, nil])
        for count in 0..<bytes.count {
            let faults = verdicts(Array(bytes.prefix(count)))
            #expect(faults[0] == faults[1])
            #expect(faults[0]?.reason == .unexpectedEnd, "cut after \(count) bytes")
            #expect(faults[0]?.offset == count, "cut after \(count) bytes")
        }
    }

    @Test("nesting ends at 64 levels", arguments: [("[", "]"), (#"{"a":"#, "}")])
    func depth(open: String, close: String) {
        func nested(_ depth: Int) -> [UInt8] {
            let inner = depth - 1
            return Array((#"{"a":"# + String(repeating: open, count: inner) + "1" + String(repeating: close, count: inner) + "}").utf8)
        }
        #expect(verdicts(nested(64)) == [nil, nil])
        let fault = JSONFault(offset: 5 + 63 * open.utf8.count, reason: .tooDeep)
        #expect(verdicts(nested(65)) == [fault, fault])
        #expect(verdicts(Array(String(repeating: "[", count: 100_000).utf8)).allSatisfy { $0 != nil })
    }

    @Test func sizeEndsAtTwoMebibytes() {
        let frame = Array(#"{"a":""}"#.utf8)
        func sized(_ count: Int) -> [UInt8] { frame.dropLast(2) + [UInt8](repeating: 0x78, count: count - frame.count) + frame.suffix(2) }
        #expect(verdicts(sized(2_097_152)) == [nil, nil])
        let fault = JSONFault(offset: 2_097_152, reason: .tooLarge)
        #expect(verdicts(sized(2_097_153)) == [fault, fault])
        #expect(throws: JSONFault(offset: 7, reason: .tooLarge)) { try JSONObject(validating: Array(#"{"a":10}"#.utf8), limit: 7) }
        #expect(throws: JSONFault(offset: 5, reason: .tooDeep)) { try JSONObject(validating: Array(#"{"a":[]}"#.utf8), depth: 1) }
    }

    /// Small objects are searched in a row, large ones by a hash table: both must see the second key, wherever it is.
    @Test("a key used twice is found among many", arguments: [2, 3, 15, 16, 17, 33, 64, 65, 1000])
    func duplicateAmongMany(count: Int) {
        let keys = (0..<count).map { "\"key\($0)\":{\"key0\":\($0)}" }
        #expect(verdicts(Array("{\(keys.joined(separator: ","))}".utf8)) == [nil, nil])
        for index in Set([0, 1, count / 2, count - 1]) {
            let text = "{\(keys.joined(separator: ",")),\"key\(index)\":0}"
            #expect(verdicts(Array(text.utf8)).map { $0?.reason } == [.duplicateKey, .duplicateKey])
        }
    }

    @Test func manyKeysTakeTimeInProportion() {
        let text = "{" + (0..<200_000).map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        #expect(verdicts(Array(text.utf8)) == [nil, nil])
    }

    /// What `JSONObject` and the filter say of the document; they must agree whether the filter looks at a part or drops it.
    private func verdicts(_ bytes: [UInt8]) -> [JSONFault?] {
        [
            Result { () throws(JSONFault) in _ = try JSONObject(validating: bytes) },
            Result { () throws(JSONFault) in _ = try project(bytes) },
        ]
        .map { result in if case .failure(let fault) = result { fault } else { nil } }
    }

    private func project(_ bytes: [UInt8]) throws(JSONFault) {
        for policy in [Self.showsAll, Self.showsNothing] {
            _ = try policy.project(bytes, for: .guest)
            _ = try policy.projectReporting(bytes, for: .guest)
        }
    }

    private static let showsAll = try! Policy(name: "all", file: "all", text: "** public show show show")
    private static let showsNothing = try! Policy(name: "none", file: "none", text: "zzz public show show show")
}
