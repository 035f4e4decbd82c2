// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
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
