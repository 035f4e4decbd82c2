// SPDX-License-Identifier: Apache-2.0

import Redaction

/// A policy's text as `docs/policies.md` tells a person to read it: line by line, without a graph.
struct ReferencePolicy: Sendable {
    enum Part: Hashable {
        case name([UInt8])
        case anyName
        case element
        case chosen(member: [UInt8], value: [UInt8])
        case rest

        /// A name or a chosen element is closer than `*` or `[]`, and these are closer than `**`.
        var looseness: Int {
            switch self {
            case .name, .chosen: 0
            case .anyName, .element: 1
            case .rest: 2
            }
        }
    }

    struct Line: Sendable {
        let path: String
        let parts: [Part]
        let dataClass: String
        let guest: String
        let member: String
        let owner: String

        var endsInRest: Bool { parts.last == .rest }

        /// `show`, `drop`, `scrub`, `link` or `mask:…`.
        func action(for viewer: Viewer, showPrices: Bool) -> String {
            let action =
                switch viewer {
                case .guest: guest
                case .member: member
                case .owner: owner
                case .service: ["personal", "payment"].contains(dataClass) ? "drop" : "show"
                }
            return action == "show:price" ? (showPrices ? "show" : "drop") : action
        }
    }

    let lines: [Line]

    /// How many parts the longest path has: beyond, only `**` matches, and one level is like the next.
    var longest: Int { lines.map(\.parts.count).max() ?? 0 }

    /// Reads a policy that is known to be good; nil if a line can't be read as the page describes.
    init?(_ text: String) {
        var lines: [Line] = []
        for line in text.unicodeScalars.split(whereSeparator: \.isLineEnd) {
            let words = line.prefix { $0 != "#" }.split(whereSeparator: \.properties.isWhitespace).map { String($0) }
            if words.isEmpty { continue }
            guard words.count == 5, let parts = Self.parts(words[0]) else { return nil }
            lines.append(
                Line(path: words[0], parts: parts, dataClass: words[1], guest: words[2], member: words[3], owner: words[4])
            )
        }
        self.lines = lines
    }

    private static func parts(_ path: String) -> [Part]? {
        var parts: [Part] = []
        for step in path.unicodeScalars.split(separator: ".", omittingEmptySubsequences: false) {
            let pieces = step.split(separator: "[", omittingEmptySubsequences: false).map { String($0) }
            switch pieces[0] {
            case "": return nil
            case "*": parts.append(.anyName)
            case "**": parts.append(.rest)
            default:
                guard !pieces[0].unicodeScalars.contains(where: { "*]=\"#".unicodeScalars.contains($0) }) else { return nil }
                parts.append(.name(Array(pieces[0].utf8)))
            }
            for bracket in pieces.dropFirst() {
                guard bracket.unicodeScalars.last == "]" else { return nil }
                let sides = bracket.unicodeScalars.dropLast().split(separator: "=", omittingEmptySubsequences: false).map { String($0) }
                switch sides.count {
                case 1 where sides[0].isEmpty: parts.append(.element)
                case 2: parts.append(.chosen(member: Array(sides[0].utf8), value: Array(sides[1].utf8)))
                default: return nil
                }
            }
        }
        return parts.dropLast().contains(.rest) ? nil : parts
    }
}

extension ReferencePolicy.Part {
    var isName: Bool { if case .name = self { true } else { false } }
    var isChosen: Bool { if case .chosen = self { true } else { false } }
}

extension Unicode.Scalar {
    /// The ends of lines that Unicode lists (UAX #14, mandatory breaks).
    fileprivate var isLineEnd: Bool {
        switch value {
        case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }
}
