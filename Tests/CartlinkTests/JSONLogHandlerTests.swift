// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import SeededRandomness
import ShareLinks
import Testing

@testable import cartlink

/// The handler writes to standard error, so each test runs in a process of its own.
struct JSONLogHandlerTests {
    private static func lines(_ output: [UInt8]?) -> [[String: String]?] {
        String(decoding: output ?? [], as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            .map { try? JSONDecoder().decode([String: String].self, from: Data($0.utf8)) }
    }

    @Test func noValueForgesALine() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            var logger = Logger(label: "t", factory: { JSONLogHandler(label: $0, level: .info) })
            logger[metadataKey: "hb.request.id"] = "r-1"
            logger.info(
                "request",
                metadata: [
                    "cause": "a\r\nb {\"level\":\"error\"}\u{1B}[31m \"quoted\" \\ \u{2028} é \u{0}", "list": ["x\ny", "z"],
                    "map": ["k\n": "v\n"],
                ]
            )
            logger.debug("below the level")
            logger.error("second\nline")
        }
        let lines = Self.lines(result?.standardErrorContent)
        #expect(lines.count == 2)
        #expect(lines.first??["cause"] == "a\r\nb {\"level\":\"error\"}\u{1B}[31m \"quoted\" \\ \u{2028} é \u{0}")
        #expect(lines.first??["level"] == "info")
        #expect(lines.first??["message"] == "request")
        #expect(lines.first??["requestId"] == "r-1")
        #expect(lines.first??["time"]?.hasSuffix("Z") == true)
        #expect(lines.last??["message"] == "second\nline")
        // No control character goes out raw: a terminal that shows the log obeys none.
        let raw = (result?.standardErrorContent ?? []).filter { $0 != 0x0A }
        #expect(!raw.isEmpty && raw.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
    }

    @Test func noValueReplacesTheLinesOwnParts() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            let logger = Logger(label: "t", factory: { JSONLogHandler(label: $0, level: .info) })
            logger.warning("true", metadata: ["level": "forged", "message": "forged", "time": "forged"])
        }
        let line = Self.lines(result?.standardErrorContent).first ?? nil
        #expect(line?["level"] == "warning")
        #expect(line?["message"] == "true")
        #expect(line?["time"] != "forged")
    }
}

/// What a line is made of, without writing it.
struct LogLineTests {
    /// Every member of a line comes back from a decoder of JSON, and the bytes hold no control character.
    @Test(arguments: 1...50)
    func whatIsWrittenIsReadBackTheSame(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            var members: [String: String] = [:]
            for _ in 0..<Int.random(in: 0...6, using: &random) { members[Self.text(using: &random)] = Self.text(using: &random) }
            let bytes = LogLine(members.map { ($0.key, $0.value) }).bytes
            let read = try JSONDecoder().decode([String: String].self, from: Data(bytes))
            // Character by character: Swift takes some different texts for equal.
            #expect(Self.scalars(of: read) == Self.scalars(of: members))
            #expect(bytes.last == 0x0A)
            let text = String(decoding: bytes.dropLast(), as: UTF8.self)
            #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control })
        }
    }

    @Test func aLineLooksAsItAlwaysDid() throws {
        let members = ["time": "2026-11-30T00:00:00Z", "level": "info", "route": "/v1/shared/{token}", "quote": "a\"b\\c\n\t\r\u{1}é"]
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let line = LogLine(members.map { ($0.key, $0.value) }).bytes
        #expect(String(decoding: line, as: UTF8.self) == String(decoding: try encoder.encode(members), as: UTF8.self) + "\n")
    }

    @Test func whatTheEventBringsWinsOverTheLoggersOwn() throws {
        let event = LogEvent(
            level: .info,
            message: "m",
            metadata: ["a": "event", "time": "forged"],
            source: nil,
            file: "",
            function: "",
            line: 1
        )
        let line = JSONLogHandler.line(event, with: ["a": "logger", "b": "logger", "level": "forged"], at: .init(milliseconds: 0))
        let read = try JSONDecoder().decode([String: String].self, from: Data(line.bytes))
        #expect(read == ["a": "event", "b": "logger", "level": "info", "message": "m", "time": "1970-01-01T00:00:00Z"])
    }

    /// Texts of all that may need an escape, and of what comes near it.
    private static func text(using random: inout SeededGenerator) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...12, using: &random) {
            let ranges: [ClosedRange<UInt32>] = [
                0...0x1F, 0x20...0x7E, 0x22...0x22, 0x5C...0x5C, 0x7F...0xA0, 0xA1...0x7FF, 0x2027...0x202A, 0xFFF0...0x1F600,
            ]
            let number = UInt32.random(in: ranges.randomElement(using: &random)!, using: &random)
            text.append(Unicode.Scalar(number) ?? "\u{FFFD}")
        }
        return String(text)
    }

    private static func scalars(of members: [String: String]) -> Set<[[UInt32]]> {
        Set(members.map { [$0.key.unicodeScalars.map(\.value), $0.value.unicodeScalars.map(\.value)] })
    }
}
