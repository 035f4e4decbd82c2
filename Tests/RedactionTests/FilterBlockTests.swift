// SPDX-License-Identifier: Apache-2.0

import Redaction
import Testing

/// The filter reads and copies sixteen bytes at a time, numbers eight: what it finds must not depend on where in a block it stands,
/// nor on how much of the document follows.
@Suite struct FilterBlockTests {
    private static let policy = try! Policy(name: "p", file: "p", text: "** public show show show\ndrop.** opaque drop drop show")
    /// Nothing, and more than a block.
    private static let tails = ["}", #","tail":"0123456789012345678901234567890123456789"}"#]

    @Test("strings of every length are shown as they are, and dropped whole", arguments: tails)
    func strings(tail: String) {
        for count in 0..<70 {
            let text = String(repeating: "x", count: count)
            #expect(projection("{\"k\":\"\(text)\"\(tail)") == "{\"k\":\"\(text)\"\(tail)")
            #expect(projection("{\"\(text)\":1\(tail)") == "{\"\(text)\":1\(tail)")
            #expect(projection("{\"a\":1,\"drop\":\"\(text)\"\(tail)") == "{\"a\":1\(tail)")
        }
    }

    @Test(
        "what is special in a string is found at every place",
        arguments: [#"\n"#, #"\""#, #"\\"#, #"\u0041"#, #"\ud83d\ude00"#, "é", "€", "😀", "\u{7F}", "日本語"],
        tails
    )
    func special(piece: String, tail: String) {
        for count in 0..<40 {
            let text = String(repeating: "x", count: count) + piece
            for suffix in ["", "y", "yyyyyyyyyyyyyyyyy"] {
                #expect(projection("{\"k\":\"\(text + suffix)\"\(tail)") == "{\"k\":\"\(text + suffix)\"\(tail)")
                #expect(projection("{\"\(text + suffix)\":1\(tail)") == "{\"\(text + suffix)\":1\(tail)")
            }
        }
    }

    @Test(
        "a fault in a string is told at its very byte",
        arguments: [
            ("\u{1}", .controlCharacter), ("\n", .controlCharacter), (#"\x"#, .invalidEscape), (#"\u00g0"#, .invalidEscape),
            (#"\udc00"#, .loneSurrogate),
        ] as [(String, JSONFault.Reason)],
        tails
    )
    func fault(fault: (piece: String, reason: JSONFault.Reason), tail: String) {
        for count in 0..<40 {
            for start in [#"{"k":""#, #"{"drop":""#, #"{"drop":[{""#] {
                let text = start + String(repeating: "x", count: count)
                #expect(throws: JSONFault(offset: text.utf8.count, reason: fault.reason)) {
                    try Self.policy.project(Array((text + fault.piece + "\":1" + tail).utf8), for: .guest)
                }
            }
        }
    }

    @Test("white space of every length goes, wherever it stands", arguments: [" ", "\n", "\t", "\r", "\r\n\t "])
    func whiteSpace(unit: String) {
        for count in 0..<40 {
            let space = String(repeating: unit, count: count)
            let cart = ["", "{", #""a""#, ":", "[", "1", ",", "2", "]", ",", #""drop""#, ":", "{", "}", ",", #""b""#, ":", "0", "}", ""]
            #expect(projection(cart.joined(separator: space)) == #"{"a":[1,2],"b":0}"#)
        }
        for count in 0..<40 {
            let start = "{" + String(repeating: unit, count: count)
            #expect(throws: JSONFault(offset: start.utf8.count, reason: .unexpectedByte)) {
                try Self.policy.project(Array((start + "\u{B}\"a\":1}").utf8), for: .guest)
            }
        }
    }

    @Test("numbers of every length are shown as they are", arguments: ["", "-"], tails)
    func numbers(sign: String, tail: String) {
        for count in 1..<40 {
            let digits = String("1234567890123456789012345678901234567890".prefix(count))
            for number in [digits, digits + ".0", "0." + digits, digits + "e7", digits + "E-07", "0e" + digits] {
                #expect(projection("{\"k\":\(sign + number)\(tail)") == "{\"k\":\(sign + number)\(tail)")
                #expect(projection("{\"k\":[\(sign + number)]\(tail)") == "{\"k\":[\(sign + number)]\(tail)")
            }
            for (number, place, reason) in [
                ("0" + digits, 1, .invalidNumber), (digits + ".", count + 1, .invalidNumber), (digits + "e", count + 1, .invalidNumber),
                (digits + "x", count, .unexpectedByte), (digits + ".5.5", count + 2, .unexpectedByte),
            ] as [(String, Int, JSONFault.Reason)] {
                #expect(throws: JSONFault(offset: 5 + sign.count + place, reason: reason), "\(sign + number)") {
                    try Self.policy.project(Array("{\"k\":\(sign + number)\(tail)".utf8), for: .guest)
                }
            }
        }
    }

    @Test("words are read whole", arguments: ["null", "true", "false"], tails)
    func words(word: String, tail: String) {
        #expect(projection("{\"k\":\(word)\(tail)") == "{\"k\":\(word)\(tail)")
        #expect(projection("{\"k\":[\(word),\(word)]\(tail)") == "{\"k\":[\(word),\(word)]\(tail)")
        for index in word.indices {
            let wrong = word[..<index] + "?" + word[word.index(after: index)...]
            let offset = 5 + word.distance(from: word.startIndex, to: index)
            #expect(throws: JSONFault(offset: offset, reason: .unexpectedByte)) {
                try Self.policy.project(Array("{\"k\":\(wrong)\(tail)".utf8), for: .guest)
            }
        }
    }

    /// What the guest sees, or the fault.
    private func projection(_ cart: String) -> String {
        do {
            return String(decoding: try Self.policy.project(Array(cart.utf8), for: .guest), as: UTF8.self)
        } catch {
            return "\(error)"
        }
    }
}
