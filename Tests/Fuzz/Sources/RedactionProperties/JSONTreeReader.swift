// SPDX-License-Identifier: Apache-2.0

/// The reading of one document; nil stands for "not JSON" throughout.
struct JSONTreeReader {
    private let scalars: [Unicode.Scalar]
    /// Where each scalar begins in the document, and where the last one ends.
    private let offsets: [Int]
    private var index = 0

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        var offset = 0
        offsets =
            scalars.map { scalar in
                defer { offset += UTF8.width(scalar) }
                return offset
            } + [text.utf8.count]
    }

    mutating func document() -> JSONTree? {
        skipSpace()
        guard let tree = value(depth: 0) else { return nil }
        skipSpace()
        return index == scalars.count ? tree : nil
    }

    private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private mutating func skipSpace() {
        while let next, next == " " || next == "\n" || next == "\r" || next == "\t" { index += 1 }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        index += 1
        return true
    }

    private mutating func run(of allowed: String) -> String {
        let start = index
        while let next, allowed.unicodeScalars.contains(next) { index += 1 }
        return String(String.UnicodeScalarView(scalars[start..<index]))
    }

    private mutating func value(depth: Int) -> JSONTree? {
        let start = index
        let content: JSONTree.Content? =
            switch next {
            case "{": object(depth: depth + 1).map { .object($0) }
            case "[": array(depth: depth + 1).map { .array($0) }
            case "\"": string().map { .string(Array($0.utf8)) }
            case "t", "f", "n": word()
            default: Self.isNumber(run(of: "+-.0123456789eE")) ? .number : nil
            }
        guard let content else { return nil }
        return JSONTree(range: offsets[start]..<offsets[index], content: content)
    }

    private mutating func object(depth: Int) -> [JSONTree.Member]? {
        guard depth <= 64, take("{") else { return nil }
        var members: [JSONTree.Member] = []
        var names: Set<[UInt8]> = []
        skipSpace()
        if take("}") { return members }
        repeat {
            skipSpace()
            let start = index
            guard let name = string().map({ Array($0.utf8) }), names.insert(name).inserted else { return nil }
            let nameRange = offsets[start]..<offsets[index]
            skipSpace()
            guard take(":") else { return nil }
            skipSpace()
            guard let value = value(depth: depth) else { return nil }
            members.append(JSONTree.Member(nameRange: nameRange, name: name, value: value))
            skipSpace()
        } while take(",")
        return take("}") ? members : nil
    }

    private mutating func array(depth: Int) -> [JSONTree]? {
        guard depth <= 64, take("[") else { return nil }
        var elements: [JSONTree] = []
        skipSpace()
        if take("]") { return elements }
        repeat {
            skipSpace()
            guard let element = value(depth: depth) else { return nil }
            elements.append(element)
            skipSpace()
        } while take(",")
        return take("]") ? elements : nil
    }

    private mutating func word() -> JSONTree.Content? {
        let word = run(of: "abcdefghijklmnopqrstuvwxyz")
        return ["true", "false", "null"].contains(word) ? .word(word) : nil
    }

    /// By splitting: an exponent behind the first `e`, a fraction behind the first `.`, and what is left is the integer part.
    private static func isNumber(_ text: String) -> Bool {
        func areDigits(_ text: Substring) -> Bool { !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        let powers = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        let parts = powers[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let integer = parts[0].hasPrefix("-") ? parts[0].dropFirst() : parts[0]
        guard areDigits(integer), integer == "0" || !integer.hasPrefix("0") else { return false }
        if parts.count > 1, !areDigits(parts[1]) { return false }
        guard powers.count > 1 else { return true }
        let isSigned = powers[1].hasPrefix("+") || powers[1].hasPrefix("-")
        return areDigits(isSigned ? powers[1].dropFirst() : powers[1])
    }

    private mutating func string() -> String? {
        guard take("\"") else { return nil }
        var text = String.UnicodeScalarView()
        while let scalar = next {
            index += 1
            switch scalar {
            case "\"": return String(text)
            case "\\":
                guard let escaped = escape() else { return nil }
                text.append(escaped)
            case "\u{0}"..<" ": return nil
            default: text.append(scalar)
            }
        }
        return nil
    }

    private mutating func escape() -> Unicode.Scalar? {
        guard let letter = next else { return nil }
        index += 1
        let letters: [Unicode.Scalar: Unicode.Scalar] = [
            "\"": "\"", "\\": "\\", "/": "/", "b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r", "t": "\t",
        ]
        guard letter == "u" else { return letters[letter] }
        guard let unit = codeUnit() else { return nil }
        guard UTF16.isLeadSurrogate(unit) else { return Unicode.Scalar(unit) }
        guard take("\\"), take("u"), let trail = codeUnit(), UTF16.isTrailSurrogate(trail) else { return nil }
        return Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) * 0x400 + (UInt32(trail) - 0xDC00))
    }

    private mutating func codeUnit() -> UInt16? {
        guard index + 4 <= scalars.count else { return nil }
        let digits = scalars[index..<index + 4]
        index += 4
        guard digits.allSatisfy({ $0.properties.isASCIIHexDigit }) else { return nil }
        return UInt16(String(String.UnicodeScalarView(digits)), radix: 16)
    }
}
