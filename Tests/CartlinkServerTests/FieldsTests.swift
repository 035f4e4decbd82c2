// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ShareLinks
import Testing

@testable import CartlinkServer

struct FieldsTests {
    /// Bodies that are no JSON object at all.
    static let refused: [(String, Problem.Code)] = [
        ("", .malformedJSON), ("{", .malformedJSON), (#"{"a":1,}"#, .malformedJSON), (#"{"a":01}"#, .malformedJSON),
        (#"{"a":"\x"}"#, .malformedJSON), (#"{"a":1}{}"#, .malformedJSON), (#"{"a":1,"a":2}"#, .malformedJSON),
        (#"{"a":1,"\u0061":2}"#, .malformedJSON), (#"{"a":"\ud800"}"#, .malformedJSON), ("{'a':1}", .malformedJSON),
        ("{\"a\":NaN}", .malformedJSON), ("{\"a\":\"\u{1}\"}", .malformedJSON),
        ("[]", .malformedRequest), ("null", .malformedRequest), ("\"text\"", .malformedRequest),
        ("7", .malformedRequest),
    ]

    @Test(arguments: refused)
    func onlyStrictJSONObjectsAreRead(body: String, code: Problem.Code) {
        #expect(problem(reading: body) { bytes throws(Problem) in try Fields(bytes) }?.code == code)
    }

    @Test func bytesThatAreNotUTF8AreRefused() {
        let bytes = Array(#"{"a":""#.utf8) + [0xFF] + Array(#""}"#.utf8)
        #expect(throws: Problem.self) { _ = try Fields(bytes) }
    }

    @Test func aProblemRepeatsNothingOfTheBody() {
        let found = problem(reading: #"{"name":"Olivia Ortega","#) { bytes throws(Problem) in try Fields(bytes) }
        #expect(found?.detail?.contains("Olivia") == false)
        #expect(found?.detail?.contains("at byte") == true)
    }

    private static func faults(_ json: String, _ read: (inout Fields) throws(Problem) -> Void) -> [InputFault] {
        problem(reading: json) { bytes throws(Problem) in
            var fields = try Fields(bytes)
            try read(&fields)
            try fields.finish()
        }?.faults ?? []
    }

    @Test func whatNobodyAskedForIsUnknown() {
        #expect(Self.faults(#"{"a":1,"b":2}"#) { fields throws(Problem) in _ = fields.integer("a") } == [.init("/b", .unknown)])
    }

    /// RFC 6901 section 3: `~` becomes `~0` before `/` becomes `~1`.
    static let escapes: [(name: String, pointer: String)] = [
        ("a/b", "/a~1b"), ("m~n", "/m~0n"), ("~1", "/~01"), ("/~", "/~1~0"), ("", "/"), (" ", "/ "), ("é", "/é"),
    ]

    @Test(arguments: escapes)
    func pointersAreEscaped(name: String, pointer: String) {
        #expect(Self.faults("{\"\(name)\":1}") { _ throws(Problem) in } == [.init(pointer, .unknown)])
    }

    /// Values of each JSON type, and the readers that take them.
    static let types: [(value: String, takes: Set<String>)] = [
        ("\"x\"", ["string"]), ("1", ["integer"]), ("true", ["bool"]), ("false", ["bool"]), ("{}", ["object"]), ("[]", []), ("null", []),
        ("\"1\"", ["string"]), ("\"true\"", ["string"]),
    ]

    @Test(arguments: types)
    func valuesOfAnotherTypeAreRefused(value: String, takes: Set<String>) {
        let json = "{\"a\":\(value)}"
        let readers: [(String, (inout Fields) -> Void)] = [
            ("string", { _ = $0.string("a") }), ("integer", { _ = $0.integer("a") }), ("bool", { _ = $0.bool("a") }),
            ("object", { _ = $0.object("a") }),
        ]
        for (name, read) in readers {
            let faults = Self.faults(json) { fields throws(Problem) in read(&fields) }
            #expect(faults == (takes.contains(name) ? [] : [.init("/a", .type)]), "\(name) of \(value)")
        }
    }

    static let integers: [(String, Int64?)] = [
        ("0", 0), ("-0", 0), ("-7", -7), ("9223372036854775807", .max), ("-9223372036854775808", .min), ("9223372036854775808", nil),
        ("1.0", nil), ("1e2", nil), ("1E0", nil), ("123456789012345678901234567890", nil),
    ]

    @Test(arguments: integers)
    func onlyWholeNumbersOf64BitsAreIntegers(text: String, number: Int64?) {
        var read: Int64?
        let faults = Self.faults("{\"n\":\(text)}") { fields throws(Problem) in read = fields.integer("n") }
        #expect(read == number)
        #expect(faults == (number == nil ? [.init("/n", .range)] : []))
    }

    @Test func nestedFaultsNameTheWholePath() {
        let faults = Self.faults(#"{"owner":{"userId":7,"x/y":1}}"#) { fields throws(Problem) in
            _ = try fields.nested("owner") { $0.string("userId") }
        }
        #expect(faults == [.init("/owner/userId", .type), .init("/owner/x~1y", .unknown)])
    }

    @Test func absentFieldsAreNoFaultUnlessTheyAreRequired() {
        #expect(
            Self.faults("{}") { fields throws(Problem) in
                _ = fields.string("a")
                _ = fields.bool("b")
                fields.require("c")
            } == [.init("/c", .required)]
        )
    }

    @Test func allFaultsComeAtOnce() {
        let faults = Self.faults(#"{"a":1,"b":"x","c":true,"d":{}}"#) { fields throws(Problem) in
            _ = fields.string("a")
            _ = fields.integer("b")
            let _: CartState? = fields.choice("c")
            fields.require("e")
        }
        #expect(faults == [.init("/a", .type), .init("/b", .type), .init("/c", .type), .init("/e", .required), .init("/d", .unknown)])
    }

    @Test func choicesAndFormsAreJudged() {
        let faults = Self.faults(#"{"state":"OPEN","label":""}"#) { fields throws(Problem) in
            let _: CartState? = fields.choice("state")
            _ = fields.text("label") { LinkLabel($0) }
        }
        #expect(faults == [.init("/state", .value), .init("/label", .form)])
    }

    @Test func escapedNamesAreTheSameNames() {
        #expect(Self.faults(#"{"\u0061":"x"}"#) { fields throws(Problem) in _ = fields.string("a") } == [])
    }
}
