// SPDX-License-Identifier: Apache-2.0

/// Walks a document once, front to back, and refuses everything RFC 8259 does not allow, names used twice in one object, and what
/// is nested too deep.
///
/// It builds nothing. Every step takes the position it begins at and gives the one behind it. All of them are `mutating`, also where
/// nothing changes: Swift 6.3 copies the whole struct for the others, and waits for what was just written into it.
struct JSONReader: ~Copyable {
    let scanner: JSONScanner
    private let depthLimit: Int
    private let hasher = KeyHasher.shared
    private var keys = KeyLedger()

    /// A member's name, with the hash that policies are keyed by.
    struct Key {
        let string: JSONString
        let hash: UInt64
    }

    /// The caller keeps `bytes` alive.
    init(_ bytes: UnsafePointer<UInt8>, count: Int, depthLimit: Int = JSONScanner.depthLimit) {
        scanner = JSONScanner(bytes, count: count)
        self.depthLimit = depthLimit
    }

    // MARK: Objects and arrays

    /// Steps into an object or array at `depth`: see `JSONScanner.enter`.
    @inline(__always)
    mutating func enter(_ position: inout Int, depth: Int, closing: UInt8) throws(JSONFault) -> Bool {
        guard depth <= depthLimit else { throw JSONFault(offset: position, reason: .tooDeep) }
        return try scanner.enter(&position, closing: closing)
    }

    /// Begins to keep the names of an object.
    @inline(__always)
    mutating func openObject() -> KeyLedger.Object {
        keys.open()
    }

    @inline(__always)
    mutating func closeObject(_ object: KeyLedger.Object) {
        keys.close(object)
    }

    /// A member's name; goes on to its value.
    @inline(__always)
    mutating func key(_ position: inout Int, of object: KeyLedger.Object) throws(JSONFault) -> Key {
        let scanner = scanner
        guard scanner.bytes[position] == UInt8(ascii: "\"") else { throw JSONFault(offset: position, reason: .unexpectedByte) }
        let string = try scanner.string(at: position)
        let hash = hash(string)
        let isNew = keys.insert(hash, at: string.start, in: object) { Self.isSame(string, asNameAt: $0, scanner) }
        guard isNew else { throw JSONFault(offset: position, reason: .duplicateKey) }
        position = try scanner.valueStart(behindName: string.end &+ 1)
        return Key(string: string, hash: hash)
    }

    /// Compares two names whose hashes are equal: next to always they are the same, and the document is refused.
    @inline(never)
    private static func isSame(_ name: JSONString, asNameAt start: Int, _ scanner: JSONScanner) -> Bool {
        guard let other = try? scanner.string(at: start - 1) else { return true }
        return name.decoded(in: scanner.bytes) == other.decoded(in: scanner.bytes)
    }

    /// The hash of a string's text.
    @inline(__always)
    mutating func hash(_ string: JSONString) -> UInt64 {
        if !string.isEscaped, scanner.end &- string.start >= 16 { return hasher.hash(roomy: scanner.bytes + string.start, string.count) }
        return Self.hash(special: string, scanner.bytes)
    }

    @inline(never)
    private static func hash(special string: JSONString, _ bytes: UnsafePointer<UInt8>) -> UInt64 {
        string.isEscaped ? KeyHasher.shared.hash(string.decoded(in: bytes)) : KeyHasher.shared.hash(bytes + string.start, string.count)
    }

    // MARK: Values

    /// Checks one value of any kind and stops behind it. `depth` is that of what it stands in.
    @inline(__always)
    mutating func skipValue(at position: Int, depth: Int) throws(JSONFault) -> Int {
        switch scanner.bytes[position] {
        case UInt8(ascii: "\""): try scanner.string(at: position).end &+ 1
        case UInt8(ascii: "{"): try skipObject(at: position, depth: depth &+ 1)
        case UInt8(ascii: "["): try skipArray(at: position, depth: depth &+ 1)
        default: try scanner.numberOrWord(at: position)
        }
    }

    @inline(never)
    private mutating func skipObject(at start: Int, depth: Int) throws(JSONFault) -> Int {
        var position = start
        guard try enter(&position, depth: depth, closing: UInt8(ascii: "}")) else { return position }
        let object = openObject()
        repeat {
            _ = try key(&position, of: object)
            position = try skipValue(at: position, depth: depth)
        } while try scanner.goesOn(&position, closing: UInt8(ascii: "}"))
        closeObject(object)
        return position
    }

    @inline(never)
    private mutating func skipArray(at start: Int, depth: Int) throws(JSONFault) -> Int {
        var position = start
        guard try enter(&position, depth: depth, closing: UInt8(ascii: "]")) else { return position }
        repeat {
            position = try skipValue(at: position, depth: depth)
        } while try scanner.goesOn(&position, closing: UInt8(ascii: "]"))
        return position
    }

    /// Looks ahead into the object at `start`: its wanted member's text, if that is a string.
    mutating func peek(_ isWanted: (Key) -> Bool, at start: Int, depth: Int) throws(JSONFault) -> JSONString? {
        var position = start
        var found: JSONString?
        guard try enter(&position, depth: depth, closing: UInt8(ascii: "}")) else { return nil }
        let object = openObject()
        repeat {
            let key = try key(&position, of: object)
            if scanner.bytes[position] == UInt8(ascii: "\"") {
                let string = try scanner.string(at: position)
                if isWanted(key) { found = string }
                position = string.end + 1
            } else {
                position = try skipValue(at: position, depth: depth)
            }
        } while try scanner.goesOn(&position, closing: UInt8(ascii: "}"))
        closeObject(object)
        return found
    }
}
