// SPDX-License-Identifier: Apache-2.0

import Redaction
import Testing

/// What stays where something is not simply shown.
@Suite struct FilterLeftoverTests {
    @Test(
        "null stays in the place of an object or array that would stay, whatever happens to a scalar there",
        arguments: ["drop", "link", "scrub", "show", "mask:hidden"]
    )
    func null(word: String) throws {
        let policy = try Policy(
            name: "p",
            file: "p",
            text: "a personal drop \(word) show\na.b public show show show\na[] public show show show"
        )
        for cart in [#"{"a":null}"#, #"{"a":{}}"#, #"{"a":[]}"#] {
            #expect(try policy.project(Array(cart.utf8), for: .member) == Array(cart.utf8))
            #expect(try policy.projectReporting(Array(cart.utf8), for: .member).removed.isEmpty)
        }
    }

    @Test("a null where only a link is expected goes")
    func nullLink() throws {
        let policy = try Policy(name: "p", file: "p", text: "a public link link show")
        #expect(try policy.project(Array(#"{"a":null}"#.utf8), for: .guest) == Array("{}".utf8))
        #expect(try policy.projectReporting(Array(#"{"a":null}"#.utf8), for: .guest).removed == [Removal(path: "a", reason: .unsafeLink)])
    }

    @Test("what a mask leaves as it was is not reported", arguments: [("", true), ("***", true), ("Ann", false)])
    func mask(text: String, isSame: Bool) throws {
        let policy = try Policy(name: "p", file: "p", text: "a personal mask:hidden mask:hidden show")
        let report = try policy.projectReporting(Array("{\"a\":\"\(text)\"}".utf8), for: .guest)
        #expect(report.removed == (isSame ? [] : [Removal(path: "a", reason: .masked)]))
        #expect(String(decoding: report.bytes, as: UTF8.self) == (text.isEmpty ? #"{"a":""}"# : #"{"a":"***"}"#))
    }
}
