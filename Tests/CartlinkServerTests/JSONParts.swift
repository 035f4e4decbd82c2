// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Takes JSON text apart without the code under test: it looks at brackets, quotes and commas only.
enum JSONParts {
    /// The texts between an object's or array's outer commas, without white space around them.
    static func split(_ text: String) -> [String] {
        var parts: [[UInt8]] = [[]]
        var (depth, isInside, isEscaped) = (0, false, false)
        for byte in text.trimmingCharacters(in: .whitespacesAndNewlines).utf8.dropFirst().dropLast() {
            if isInside {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else {
                    isInside = byte != UInt8(ascii: "\"")
                }
            } else {
                switch byte {
                case UInt8(ascii: "\""): isInside = true
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
                default: break
                }
            }
            if byte == UInt8(ascii: ","), depth == 0, !isInside { parts.append([]) } else { parts[parts.count - 1].append(byte) }
        }
        let texts = parts.map { String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines) }
        return texts == [""] ? [] : texts
    }

    /// An object's members: the decoded name, the value's text, and the member's whole text.
    static func members(_ text: String) -> [(name: String, value: String, text: String)] {
        split(text).map { part in
            // The names in these tests hold no colon.
            let colon = part.firstIndex(of: ":")!
            let name = try! JSONSerialization.jsonObject(with: Data(part[..<colon].utf8), options: .fragmentsAllowed) as! String
            return (name, part[part.index(after: colon)...].trimmingCharacters(in: .whitespacesAndNewlines), part)
        }
    }
}
