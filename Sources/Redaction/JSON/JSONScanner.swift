// SPDX-License-Identifier: Apache-2.0

/// Reads a document once, front to back, and refuses everything RFC 8259 does not allow.
///
/// The caller keeps `bytes` alive; the scanner reads only below `end`. It builds nothing: it says where things lie.
struct JSONScanner: ~Copyable {
    /// The largest document that is read at all.
    static let sizeLimit = 2 * 1024 * 1024
    /// The deepest nesting of objects and arrays; the outermost counts as 1.
    static let depthLimit = 64

    let bytes: UnsafePointer<UInt8>
    let end: Int
    var position = 0

    private let depthLimit: Int
    private let hasher = KeyHasher.shared
    private var depth = 0
    private var keys = KeyLedger()

    init(_ bytes: UnsafePointer<UInt8>, count: Int, depthLimit: Int = Self.depthLimit) {
        self.bytes = bytes
        end = count
        self.depthLimit = depthLimit
    }

    // MARK: Containers

    /// A member's name, with the hash that policies are keyed by.
    struct Key {
        let string: JSONString
        let hash: UInt64
    }

    @inline(__always)
    mutating func enterObject() throws(JSONFault) -> KeyLedger.Frame {
        try enter()
        return keys.open()
    }

    /// The next member's name, with the position on its value; nil behind the object's end.
    @inline(__always)
    mutating func nextMember(_ frame: inout KeyLedger.Frame) throws(JSONFault) -> Key? {
        var byte = try nextToken()
        if byte == UInt8(ascii: "}") {
            keys.close(frame)
            leave()
            return nil
        }
        if frame.isFirstMember {
            frame.isFirstMember = false
        } else {
            guard byte == UInt8(ascii: ",") else { throw fault(.unexpectedByte) }
            position += 1
            byte = try nextToken()
        }
        guard byte == UInt8(ascii: "\"") else { throw fault(.unexpectedByte) }
        let key = try key(&frame)
        guard try nextToken() == UInt8(ascii: ":") else { throw fault(.unexpectedByte) }
        position += 1
        _ = try nextToken()
        return key
    }

    @inline(__always)
    private mutating func key(_ frame: inout KeyLedger.Frame) throws(JSONFault) -> Key {
        let quote = position
        let string = try string()
        let hash = string.isEscaped ? hasher.hash(string.decoded(in: bytes)) : hasher.hash(bytes + string.start, string.count)
        let isNew = keys.insert(.init(hash: hash, key: string), into: &frame) { [bytes] first, second in
            guard !first.isEscaped, !second.isEscaped else { return first.decoded(in: bytes) == second.decoded(in: bytes) }
            return first.count == second.count && Self.areEqual(bytes + first.start, bytes + second.start, first.count)
        }
        guard isNew else { throw JSONFault(offset: quote, reason: .duplicateKey) }
        return Key(string: string, hash: hash)
    }

    @inline(__always)
    mutating func enterArray() throws(JSONFault) {
        try enter()
    }

    /// True with the position on the next element; false behind the array's end.
    @inline(__always)
    mutating func nextElement(isFirst: Bool) throws(JSONFault) -> Bool {
        let byte = try nextToken()
        if byte == UInt8(ascii: "]") {
            leave()
            return false
        }
        if !isFirst {
            guard byte == UInt8(ascii: ",") else { throw fault(.unexpectedByte) }
            position += 1
            _ = try nextToken()
        }
        return true
    }

    @inline(__always)
    private mutating func enter() throws(JSONFault) {
        guard depth < depthLimit else { throw fault(.tooDeep) }
        depth += 1
        position += 1
    }

    @inline(__always)
    private mutating func leave() {
        depth -= 1
        position += 1
    }

    // MARK: Values

    /// Checks one value of any kind, the position on its first byte, and stops behind it.
    mutating func skipValue() throws(JSONFault) {
        switch bytes[position] {
        case UInt8(ascii: "{"):
            var frame = try enterObject()
            while try nextMember(&frame) != nil { try skipValue() }
        case UInt8(ascii: "["):
            try enterArray()
            var isFirst = true
            while try nextElement(isFirst: isFirst) {
                isFirst = false
                try skipValue()
            }
        case UInt8(ascii: "\""): _ = try string()
        default: try numberOrWord()
        }
    }

    /// Looks ahead into the object at the position: the text of its member `name`, if that is a string.
    mutating func peek(_ name: [UInt8]) throws(JSONFault) -> [UInt8]? {
        let start = position
        var found: [UInt8]?
        var frame = try enterObject()
        while let key = try nextMember(&frame) {
            if bytes[position] == UInt8(ascii: "\""), key.string.decoded(in: bytes) == name {
                found = try string().decoded(in: bytes)
            } else {
                try skipValue()
            }
        }
        position = start
        return found
    }

    /// Checks a number, `true`, `false` or `null`.
    @inline(__always)
    mutating func numberOrWord() throws(JSONFault) {
        switch bytes[position] {
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        default: try number()
        }
    }

    private mutating func word(_ word: StaticString) throws(JSONFault) {
        for index in 0..<word.utf8CodeUnitCount {
            guard position < end else { throw fault(.unexpectedEnd) }
            guard bytes[position] == word.utf8Start[index] else { throw fault(.unexpectedByte) }
            position += 1
        }
    }

    /// RFC 8259 §6: `-`, an integer part without leading zeros, a fraction, an exponent. Its size is not limited: it stays text.
    @inline(__always)
    private mutating func number() throws(JSONFault) {
        if bytes[position] == UInt8(ascii: "-") {
            position += 1
        } else if bytes[position] &- UInt8(ascii: "0") > 9 {
            throw fault(.unexpectedByte)
        }
        if position < end, bytes[position] == UInt8(ascii: "0") {
            position += 1
            if position < end, bytes[position] &- UInt8(ascii: "0") <= 9 { throw fault(.invalidNumber) }
        } else {
            try digits()
        }
        if position < end, bytes[position] == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if position < end, bytes[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < end, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
    }

    /// One digit or more.
    @inline(__always)
    private mutating func digits() throws(JSONFault) {
        guard position < end else { throw fault(.unexpectedEnd) }
        guard bytes[position] &- UInt8(ascii: "0") <= 9 else { throw fault(.invalidNumber) }
        repeat { position += 1 } while position < end && bytes[position] &- UInt8(ascii: "0") <= 9
    }

    // MARK: Bytes

    /// The next byte that is not white space.
    @inline(__always)
    mutating func nextToken() throws(JSONFault) -> UInt8 {
        while position < end {
            let byte = bytes[position]
            if byte > 0x20 { return byte }
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            position += 1
        }
        throw fault(.unexpectedEnd)
    }

    /// Another value than an object is one fault, what begins no value at all another.
    mutating func expectObject() throws(JSONFault) {
        let first = try nextToken()
        if first == UInt8(ascii: "{") { return }
        throw fault("[\"-0123456789tfn".utf8.contains(first) ? .notAnObject : .unexpectedByte)
    }

    /// Only white space may follow the document.
    mutating func finish() throws(JSONFault) {
        while position < end {
            guard [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) else { throw fault(.trailingBytes) }
            position += 1
        }
    }

    @inline(__always)
    func fault(_ reason: JSONFault.Reason) -> JSONFault {
        JSONFault(offset: position, reason: reason)
    }

    @inline(__always)
    static func areEqual(_ first: UnsafePointer<UInt8>, _ second: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        for index in 0..<count where first[index] != second[index] { return false }
        return true
    }
}
