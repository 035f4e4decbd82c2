// SPDX-License-Identifier: Apache-2.0

/// Reads one JSON text by RFC 8259 and nothing else: valid UTF-8, no byte order mark, no lone surrogate, nothing behind it.
struct JSONReader {
    struct Malformed: Error {}

    private let bytes: [UInt8]
    private var position = 0
    private let keepsAmbiguousObjects: Bool

    private static let depthLimit = 32

    /// Reads the text.
    ///
    /// A member named twice makes the whole text malformed, or with `keepingAmbiguousObjects` only its object worthless.
    static func read(_ bytes: [UInt8], keepingAmbiguousObjects: Bool = false) throws(Malformed) -> JSON {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw Malformed() }
        var reader = JSONReader(bytes: bytes, keepsAmbiguousObjects: keepingAmbiguousObjects)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.position == bytes.count else { throw Malformed() }
        return value
    }

    private init(bytes: [UInt8], keepsAmbiguousObjects: Bool) {
        self.bytes = bytes
        self.keepsAmbiguousObjects = keepsAmbiguousObjects
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ text: StaticString, _ value: JSON) throws(Malformed) -> JSON {
        let end = position + text.utf8CodeUnitCount
        guard end <= bytes.count, String(decoding: bytes[position..<end], as: UTF8.self) == "\(text)" else { throw Malformed() }
        position = end
        return value
    }

    private mutating func value(depth: Int) throws(Malformed) -> JSON {
        guard depth < Self.depthLimit else { throw Malformed() }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try expect("true", .bool(true))
        case UInt8(ascii: "f"): return try expect("false", .bool(false))
        case UInt8(ascii: "n"): return try expect("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func object(depth: Int) throws(Malformed) -> JSON {
        position += 1
        var object = JSON.Object()
        var isAmbiguous = false
        skipSpace()
        if take("}") { return .object(object) }
        repeat {
            skipSpace()
            let name = try string()
            skipSpace()
            guard take(":") else { throw Malformed() }
            let member = try value(depth: depth + 1)
            if object.members.updateValue(member, forKey: name) != nil {
                guard keepsAmbiguousObjects else { throw Malformed() }
                isAmbiguous = true
            }
            skipSpace()
        } while take(",")
        guard take("}") else { throw Malformed() }
        return isAmbiguous ? .ambiguousObject : .object(object)
    }

    private mutating func array(depth: Int) throws(Malformed) -> JSON {
        position += 1
        var elements: [JSON] = []
        skipSpace()
        if take("]") { return .array(elements) }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipSpace()
        } while take(",")
        guard take("]") else { throw Malformed() }
        return .array(elements)
    }

    private mutating func number() throws(Malformed) -> [UInt8] {
        let start = position
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        return Array(bytes[start..<position])
    }

    private mutating func digits() throws(Malformed) {
        let start = position
        while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
        guard position > start else { throw Malformed() }
    }

    private mutating func string() throws(Malformed) -> [UInt8] {
        guard take("\"") else { throw Malformed() }
        var text: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return text
            case UInt8(ascii: "\\"): text.append(contentsOf: try escape())
            case 0..<0x20: throw Malformed()
            default: text.append(byte)
            }
        }
        throw Malformed()
    }

    private mutating func escape() throws(Malformed) -> [UInt8] {
        guard let byte = next else { throw Malformed() }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw Malformed()
        }
    }

    private mutating func unicodeEscape() throws(Malformed) -> [UInt8] {
        var code = try hexadecimal()
        if (0xD800..<0xDC00).contains(code) {
            guard take("\\"), take("u") else { throw Malformed() }
            let low = try hexadecimal()
            guard (0xDC00..<0xE000).contains(low) else { throw Malformed() }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw Malformed() }
        return Array(UTF8.encode(scalar)!)
    }

    private mutating func hexadecimal() throws(Malformed) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw Malformed() }
            code = code << 4 | UInt32(digit)
            position += 1
        }
        return code
    }
}
