// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// The labelled texts of the folder `Corpus`: what people write into carts, with what must be cut marked.
struct Corpus {
    enum Kind: String, CaseIterable {
        case email, phone, card, iban, url, street

        /// Has a form of its own; a street has not.
        var isStructured: Bool { self != .street }
    }

    struct Mark {
        let kind: Kind
        /// In bytes of the line's text.
        let range: Range<Int>
    }

    struct Line {
        let text: String
        let marks: [Mark]
    }

    /// A line that can't be read.
    struct Malformed: Error {
        let line: String
    }

    static let languages = ["en", "es", "de", "pt"]

    /// - Parameter name: `en`, or `held-out-en` for the part that was written without looking at what the finders miss.
    static func lines(_ name: String) throws -> [Line] {
        let folder = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined()
        let text = String(decoding: try Data(contentsOf: URL(filePath: "\(folder)/Corpus/\(name).txt")), as: UTF8.self)
        return try text.split(separator: "\n").filter { !$0.hasPrefix("# ") }.map { try line(String($0)) }
    }

    /// Reads `Call ⟦phone:555-0123⟧` and `\u{200B}`.
    static func line(_ source: String) throws(Malformed) -> Line {
        var text = ""
        var marks: [Mark] = []
        var open: (kind: Kind, start: Int)?
        var rest = source.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\\" where rest.first == "u":
                guard let end = rest.firstIndex(of: "}"), let value = UInt32(String(rest[..<end].dropFirst(2)), radix: 16),
                    let hidden = Unicode.Scalar(value)
                else { throw Malformed(line: source) }
                text.unicodeScalars.append(hidden)
                rest = rest[end...].dropFirst()
            case "⟦":
                guard open == nil, let colon = rest.firstIndex(of: ":"), let kind = Kind(rawValue: String(rest[..<colon])) else {
                    throw Malformed(line: source)
                }
                open = (kind, text.utf8.count)
                rest = rest[colon...].dropFirst()
            case "⟧":
                guard let (kind, start) = open else { throw Malformed(line: source) }
                marks.append(Mark(kind: kind, range: start..<text.utf8.count))
                open = nil
            default: text.unicodeScalars.append(scalar)
            }
        }
        guard open == nil else { throw Malformed(line: source) }
        return Line(text: text, marks: marks)
    }
}
