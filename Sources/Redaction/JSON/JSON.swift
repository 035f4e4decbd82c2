// SPDX-License-Identifier: Apache-2.0

/// A JSON value of an answer; members keep their order, and bytes that are JSON already go in as they are.
package enum JSON: Sendable {
    case string(String)
    case number(Int64)
    case bool(Bool)
    case array([JSON])
    case object([(String, JSON?)])
    /// Valid JSON, such as a projection.
    case bytes([UInt8])

    /// The value as UTF-8 text; members whose value is nil are left out.
    package var text: [UInt8] {
        var text: [UInt8] = []
        append(to: &text)
        return text
    }

    private func append(to text: inout [UInt8]) {
        switch self {
        case .string(let string): Self.append(string, to: &text)
        case .number(let number): text.append(contentsOf: String(number).utf8)
        case .bool(let bool): text.append(contentsOf: (bool ? "true" : "false").utf8)
        case .bytes(let bytes): text.append(contentsOf: bytes)
        case .array(let elements):
            text.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                element.append(to: &text)
            }
            text.append(UInt8(ascii: "]"))
        case .object(let members):
            text.append(UInt8(ascii: "{"))
            var isFirst = true
            for case (let name, let value?) in members {
                if !isFirst { text.append(UInt8(ascii: ",")) }
                isFirst = false
                Self.append(name, to: &text)
                text.append(UInt8(ascii: ":"))
                value.append(to: &text)
            }
            text.append(UInt8(ascii: "}"))
        }
    }

    private static func append(_ string: String, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(contentsOf: [UInt8(ascii: "\\"), byte])
            case 0x0A: text.append(contentsOf: "\\n".utf8)
            case 0x0D: text.append(contentsOf: "\\r".utf8)
            case 0x09: text.append(contentsOf: "\\t".utf8)
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                text.append(contentsOf: "\\u00\(digits.count < 2 ? "0" : "")\(digits)".utf8)
            default: text.append(byte)
            }
        }
        text.append(UInt8(ascii: "\""))
    }
}
