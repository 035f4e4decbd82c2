// SPDX-License-Identifier: Apache-2.0

/// A pattern of JSON paths, such as `items[].sku`, `options.*`, `customer.**` or `totalizers[id=Items].value`.
struct PolicyPath: Hashable {
    enum Segment: Hashable {
        /// The member with this name (UTF-8).
        case key([UInt8])
        /// Any member: `*`.
        case anyKey
        /// Any array element: `[]`.
        case element
        /// Those array elements that are objects whose member `key` is the text `value`: `[key=value]`.
        case chosenElement(key: [UInt8], value: [UInt8])
        /// The value itself and all it holds: `**`, last only.
        case rest

        /// How closely a segment describes what it matches; smaller is closer.
        var looseness: Int {
            switch self {
            case .key, .chosenElement: 0
            case .anyKey, .element: 1
            case .rest: 2
            }
        }
    }

    let text: String
    let segments: [Segment]

    /// What lies at a path's beginning, with all it holds.
    init(allOf stem: ArraySlice<Segment>) {
        segments = stem + [.rest]
        text = Self.text(of: segments[...])
    }

    /// How a path is written.
    static func text(of segments: ArraySlice<Segment>) -> String {
        segments.reduce(into: "") { text, segment in
            switch segment {
            case .key(let name): text += (text.isEmpty ? "" : ".") + String(decoding: name, as: UTF8.self)
            case .anyKey: text += text.isEmpty ? "*" : ".*"
            case .element: text += "[]"
            case .chosenElement(let key, let value):
                text += "[\(String(decoding: key, as: UTF8.self))=\(String(decoding: value, as: UTF8.self))]"
            case .rest: text += text.isEmpty ? "**" : ".**"
            }
        }
    }

    /// Reads a path; throws what is wrong with it and what to write instead.
    init(_ text: Substring) throws(PolicyMessage) {
        var segments: [Segment] = []
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            guard segments.last != .rest else { throw PolicyMessage("'**' takes in all that follows: end the path with it") }
            let name = part.prefix { $0 != "[" }
            switch name {
            case "*": segments.append(.anyKey)
            case "**": segments.append(.rest)
            default:
                guard !name.isEmpty else { throw PolicyMessage("the path has an empty part: write names with single dots between them") }
                guard !name.contains(where: { "*]=\"".contains($0) }) else {
                    throw PolicyMessage("'\(name)' is no member name: '*' and '**' stand alone, '[]' follows a name")
                }
                segments.append(.key(Array(name.utf8)))
            }
            try segments.append(contentsOf: Self.brackets(part.dropFirst(name.count)))
        }
        if case .chosenElement = segments.last {
            throw PolicyMessage("a chosen element is an object: go on with one of its members, or with '**'")
        }
        guard !text.unicodeScalars.contains(where: { [.control, .format].contains($0.properties.generalCategory) }) else {
            throw PolicyMessage("the path holds a character that can't be seen: type it anew")
        }
        guard segments.count <= JSONScanner.depthLimit else {
            throw PolicyMessage("unreachable: no cart is nested deeper than \(JSONScanner.depthLimit) levels; delete this line")
        }
        self.text = String(text)
        self.segments = segments
    }

    private static func brackets(_ text: Substring) throws(PolicyMessage) -> [Segment] {
        var rest = text
        var segments: [Segment] = []
        while !rest.isEmpty {
            guard rest.first == "[", let end = rest.firstIndex(of: "]") else {
                throw PolicyMessage("'\(rest)' is no array: write '[]' or '[member=value]' right after the name")
            }
            let inside = rest[rest.index(after: rest.startIndex)..<end]
            let sides = inside.split(separator: "=", omittingEmptySubsequences: false)
            if inside.isEmpty {
                segments.append(.element)
            } else if sides.count == 2, sides.allSatisfy({ !$0.isEmpty && !$0.contains("[") }) {
                segments.append(.chosenElement(key: Array(sides[0].utf8), value: Array(sides[1].utf8)))
            } else {
                throw PolicyMessage("'[\(inside)]' is no array: write '[]' or '[member=value]'")
            }
            rest = rest[rest.index(after: end)...]
        }
        return segments
    }

    var endsInRest: Bool { segments.last == .rest }

    /// Whether every place that the path `other` matches is matched by this one.
    func covers(_ other: ArraySlice<Segment>) -> Bool {
        let stem = endsInRest ? segments.dropLast() : segments[...]
        guard endsInRest ? other.count >= stem.count : other.count == stem.count else { return false }
        return zip(stem, other).allSatisfy { mine, theirs in
            switch mine {
            case .key, .chosenElement, .rest: mine == theirs
            case .anyKey: theirs == .anyKey || theirs.isKey
            case .element: theirs == .element || theirs.isChosenElement
            }
        }
    }

    /// Whether some value lies both under this path (or at it) and under `stem`, the beginning of another one.
    func mayLead(into stem: ArraySlice<Segment>) -> Bool {
        for (mine, theirs) in zip(segments, stem) {
            if mine == .rest || theirs == .rest { return true }
            guard mine.meets(theirs) else { return false }
        }
        return segments.count >= stem.count
    }

    /// Whether some path is matched by both.
    func overlaps(_ other: PolicyPath) -> Bool {
        mayLead(into: other.segments[...]) && other.mayLead(into: segments[...])
    }

    /// The order of precedence: of two paths that match the same place, the one that is closer at the first difference wins.
    static func isCloser(_ first: ArraySlice<Segment>, than second: ArraySlice<Segment>) -> Bool {
        for (mine, theirs) in zip(first, second) where mine.looseness != theirs.looseness { return mine.looseness < theirs.looseness }
        return false
    }
}

extension PolicyPath.Segment {
    /// Whether one member or one element can match both; neither is `.rest`.
    fileprivate func meets(_ other: Self) -> Bool {
        switch (self, other) {
        case (.anyKey, .key), (.key, .anyKey), (.element, .chosenElement), (.chosenElement, .element): true
        default: self == other
        }
    }

    fileprivate var isKey: Bool { if case .key = self { true } else { false } }
    fileprivate var isChosenElement: Bool { if case .chosenElement = self { true } else { false } }
}
