// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// A file of `Golden`, which a test compares with what the code gives now, or records anew.
struct GoldenFile {
    /// Below `Golden`.
    let path: String

    private static let isRecording = ProcessInfo.processInfo.environment["CARTLINK_RECORD_GOLDEN"] == "1"

    private var url: URL { URL(filePath: "\(SampleCarts.goldenFolder)/\(path)") }

    /// Compares the bytes of a JSON text; the file holds them indented.
    func expect(json: [UInt8]) throws {
        try expect(Self.indented(json)) { Self.minified($0) == json }
    }

    func expect(lines: [String]) throws {
        let text = lines.map { $0 + "\n" }.joined()
        try expect(text) { $0 == text }
    }

    private func expect(_ text: String, isMet: (String) -> Bool) throws {
        if Self.isRecording {
            try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
            Issue.record("recorded Golden/\(path): review the difference, then test without CARTLINK_RECORD_GOLDEN")
            return
        }
        let golden = (try? String(decoding: Data(contentsOf: url), as: UTF8.self)) ?? ""
        guard !isMet(golden) else { return }
        let sides = [golden, text].map { $0.split(separator: "\n", omittingEmptySubsequences: false) }
        let line = zip(sides[0], sides[1]).prefix { $0 == $1 }.count
        let shown = sides.map { $0.dropFirst(line).prefix(1).joined() }
        Issue.record(
            """
            Golden/\(path):\(line + 1) has '\(shown[0])', but now comes '\(shown[1])'. \
            If that is meant, record it: CARTLINK_RECORD_GOLDEN=1 swift test --filter Golden
            """
        )
    }

    // MARK: Layout

    /// The JSON text with a line for each member and element. Nothing but white space between the parts is added.
    static func indented(_ json: [UInt8]) -> String {
        var output: [UInt8] = []
        var depth = 0
        var scan = OutsideStrings()
        func newLine() { output += [UInt8(ascii: "\n")] + Array(repeating: UInt8(ascii: " "), count: depth * 2) }
        for (index, byte) in json.enumerated() {
            guard scan.isOutside(byte) else {
                output.append(byte)
                continue
            }
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                output.append(byte)
                depth += 1
                if json[index + 1] != byte + 2 { newLine() }  // ASCII: } follows { by two, ] likewise
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if json[index - 1] != byte - 2 { newLine() }
                output.append(byte)
            case UInt8(ascii: ","):
                output.append(byte)
                newLine()
            case UInt8(ascii: ":"): output += Array(": ".utf8)
            default: output.append(byte)
            }
        }
        return String(decoding: output, as: UTF8.self) + "\n"
    }

    /// The JSON text without the white space between its parts.
    static func minified(_ text: String) -> [UInt8] {
        var scan = OutsideStrings()
        return text.utf8.filter { !scan.isOutside($0) || !" \n\r\t".utf8.contains($0) }
    }

    /// Tells whether a byte is part of a text; the quotes are.
    private struct OutsideStrings {
        private var isInside = false
        private var isEscaped = false

        mutating func isOutside(_ byte: UInt8) -> Bool {
            let wasInside = isInside
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInside.toggle()
            }
            return !wasInside && !isInside
        }
    }
}
