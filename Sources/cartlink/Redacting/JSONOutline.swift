// SPDX-License-Identifier: Apache-2.0

/// A projection with a line for each member and element, indented, without commas: so that a line is the same whatever follows it.
enum JSONOutline {
    /// - Parameter projection: valid JSON without white space between its parts.
    static func lines(_ projection: [UInt8]) -> [String] {
        var lines: [String] = []
        var line: [UInt8] = []
        var depth = 0
        var isInString = false
        var isEscaped = false
        func endLine() {
            lines.append(String(repeating: "  ", count: depth) + String(decoding: line, as: UTF8.self))
            line = []
        }
        for (index, byte) in projection.enumerated() {
            let before = index > 0 ? projection[index - 1] : 0
            if isInString {
                line.append(byte)
                isInString = isEscaped || byte != UInt8(ascii: "\"")
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
                continue
            }
            let closes = byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
            let opened = before == UInt8(ascii: "{") || before == UInt8(ascii: "[")
            // An empty object or array stays on its line.
            if (opened && !closes) || (closes && !opened) || byte == UInt8(ascii: ",") { endLine() }
            if opened, !closes { depth += 1 }
            if closes, !opened { depth -= 1 }
            switch byte {
            case UInt8(ascii: ","): break
            case UInt8(ascii: ":"): line += Array(": ".utf8)
            default: line.append(byte)
            }
            isInString = byte == UInt8(ascii: "\"")
        }
        endLine()
        return lines
    }
}
