// SPDX-License-Identifier: Apache-2.0

import Redaction
import Testing

/// Member names: found in the policy and told apart from each other, whatever their length and however they are written.
@Suite struct FilterKeyTests {
    private static let showsAll = try! Policy(name: "p", file: "p", text: "** public show show show")
    private static let showsNothing = try! Policy(name: "p", file: "p", text: "zzz public show show show")

    @Test("a name of any length is found, also with an escape in it, and one that differs in a byte is not", arguments: 1...50)
    func lookup(count: Int) throws {
        let name = String((0..<count).map { Character(Unicode.Scalar(UInt8(0x61 + $0 % 26))) })
        let policy = try Policy(name: "p", file: "p", text: "\(name) public show show show")
        func shows(_ key: String) throws -> Bool {
            try policy.project(Array("{\"\(key)\":1}".utf8), for: .guest) == Array("{\"\(key)\":1}".utf8)
        }
        #expect(try shows(name))
        for index in name.indices {
            let (before, after) = (name[..<index], name[name.index(after: index)...])
            #expect(try shows("\(before)\\u00\(String(name[index].asciiValue!, radix: 16))\(after)"))
            #expect(try !shows("\(before)~\(after)"))
            #expect(try !shows("\(before)\(after)"))
        }
        #expect(try !shows(name + "a"))
        #expect(try !shows(name + #"\u0000"#))
    }

    @Test("names of every length that are used twice are refused, in dropped parts too", arguments: 0...50)
    func duplicates(count: Int) {
        let name = String(repeating: "n", count: count)
        let escaped = name.isEmpty ? name : #"\u006E"# + name.dropFirst()
        for first in [name, escaped] {
            for second in [name, escaped] {
                for filler in ["", #""other":[{"other":{"n":1}}],"#, (0..<100).map { "\"k\($0)\":{}," }.joined()] {
                    let start = "{\"a\":[{\"\(first)\":{\"\(first)\":1},\(filler)"
                    let cart = Array("\(start)\"\(second)\":0}]}".utf8)
                    for policy in [Self.showsAll, Self.showsNothing] {
                        #expect(throws: JSONFault(offset: start.utf8.count, reason: .duplicateKey)) {
                            try policy.project(cart, for: .guest)
                        }
                    }
                }
            }
        }
    }

    @Test("names that are alike but not the same are told apart")
    func alike() throws {
        // A hash fills short names up with zeros: so these differ in their length alone.
        let padded = (0...20).map { "a" + String(repeating: #"\u0000"#, count: $0) }
        let lengths = (0...60).map { String(repeating: "b", count: $0) }
        let lastByte = (0..<64).map { "a-name-with-more-than-16-bytes-\(Character(Unicode.Scalar(UInt8(0x30 + $0))))" }.filter {
            !$0.contains("\\")
        }
        let firstByte = (0..<26).map { "\(Character(Unicode.Scalar(UInt8(0x61 + $0))))-name-with-more-than-16-bytes" }
        let names = Array(Set(padded + lengths + lastByte + firstByte)).sorted()
        let cart = "{" + names.map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        #expect(try Self.showsAll.project(Array(cart.utf8), for: .guest) == Array(cart.utf8))
        #expect(try JSONObject(validating: Array(cart.utf8)).members.count == names.count)
    }

    /// The names of all open objects share one table, which grows while they are open.
    @Test("the same names may be used at every level, and an object still knows its own behind the ones inside it")
    func levels() {
        let keys = (0..<90).map { "\"key\($0)\":0," }.joined()
        let depth = 63
        let start = String(repeating: "{\(keys)\"next\":", count: depth)
        let deep = start + "{}" + String(repeating: "}", count: depth)
        #expect(throws: Never.self) { try Self.showsAll.project(Array(deep.utf8), for: .guest) }
        for level in [0, 1, 31, 61, 62] {
            let inner = start + "{}" + String(repeating: "}", count: level)
            for name in ["key0", "key45", "key89", "next"] {
                let cart = inner + ",\"\(name)\":0" + String(repeating: "}", count: depth - level)
                for policy in [Self.showsAll, Self.showsNothing] {
                    #expect(throws: JSONFault(offset: inner.utf8.count + 1, reason: .duplicateKey)) {
                        try policy.project(Array(cart.utf8), for: .guest)
                    }
                }
            }
        }
    }

    /// An object's names leave the table with it; a table that kept them would be full in the end, and the search would not end.
    @Test("many objects one behind another are read as one", .timeLimit(.minutes(1)))
    func manyObjects() throws {
        let cart = Array("{\"a\":[\((0..<2000).map { "{\"id\":\($0),\"v\":{}}" }.joined(separator: ","))]}".utf8)
        #expect(try Self.showsAll.project(cart, for: .guest) == cart)
        #expect(try Self.showsNothing.project(cart, for: .guest) == Array("{}".utf8))
    }

    /// Elements are looked into before they are read: their names must not count twice, and a fault is told once and in its place.
    @Test("looking ahead for the member that chooses an element changes nothing")
    func lookAhead() throws {
        let text = "a[id=x].id public show show show\na[id=x].v public show show show\na[id=x].w.** public show show show"
        let policy = try Policy(name: "p", file: "p", text: text)
        let cart = #"{"a":[{"v":{"id":"x"},"w":[{"id":"y"}],"id":"x"},{"id":"y","v":1},{"id":["x"],"v":2},{"v":3,"id":"x"}]}"#
        let guest = #"{"a":[{"w":[{"id":"y"}],"id":"x"},{"v":3,"id":"x"}]}"#
        #expect(String(decoding: try policy.project(Array(cart.utf8), for: .guest), as: UTF8.self) == guest)
        #expect(throws: JSONFault(offset: 13, reason: .duplicateKey)) {
            try policy.project(Array(#"{"a":[{"v":1,"v":2,"id":"x"}]}"#.utf8), for: .guest)
        }
        #expect(throws: JSONFault(offset: 21, reason: .invalidNumber)) {
            try policy.project(Array(#"{"a":[{"id":"x","v":01}]}"#.utf8), for: .guest)
        }
    }
}
