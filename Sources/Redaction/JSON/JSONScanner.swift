// SPDX-License-Identifier: Apache-2.0

/// Checks the pieces of a document by RFC 8259, one at a time, and says where they end.
///
/// The caller keeps `bytes` alive; the scanner reads only below `end`. It holds no state and is as small as a string: so the
/// position stays in a register, and no step waits for what the one before wrote into memory.
struct JSONScanner {
    /// The largest document that is read at all.
    static let sizeLimit = 2 * 1024 * 1024
    /// The deepest nesting of objects and arrays; the outermost counts as 1.
    static let depthLimit = 64

    let bytes: UnsafePointer<UInt8>
    let end: Int

    init(_ bytes: UnsafePointer<UInt8>, count: Int) {
        self.bytes = bytes
        end = count
    }

    // MARK: Between values

    /// Steps into the container at `position`, which ends with `closing`: true with the position on its first member or element,
    /// false behind its end if it is empty.
    @inline(__always)
    func enter(_ position: inout Int, closing: UInt8) throws(JSONFault) -> Bool {
        position = try token(at: position &+ 1)
        guard bytes[position] == closing else { return true }
        position &+= 1
        return false
    }

    /// Behind a value: true with the position on the next member or element, false behind the container's end.
    @inline(__always)
    func goesOn(_ position: inout Int, closing: UInt8) throws(JSONFault) -> Bool {
        position = try token(at: position)
        if bytes[position] == UInt8(ascii: ",") {
            position = try token(behind: position)
            return true
        }
        guard bytes[position] == closing else { throw JSONFault(offset: position, reason: .unexpectedByte) }
        position &+= 1
        return false
    }

    /// Steps over the colon behind a member's name.
    @inline(__always)
    func valueStart(behindName position: Int) throws(JSONFault) -> Int {
        let colon = try token(at: position)
        guard bytes[colon] == UInt8(ascii: ":") else { throw JSONFault(offset: colon, reason: .unexpectedByte) }
        return try token(behind: colon)
    }

    /// Where the next byte is that is not white space.
    @inline(__always)
    func token(at position: Int) throws(JSONFault) -> Int {
        if position < end, bytes[position] > 0x20 { return position }
        return try tokenBehindSpace(at: position)
    }

    /// The same behind a comma or colon, where a single space is common.
    @inline(__always)
    private func token(behind separator: Int) throws(JSONFault) -> Int {
        let position = separator &+ 1
        if position < end, bytes[position] > 0x20 { return position }
        if position &+ 1 < end, bytes[position] == 0x20, bytes[position &+ 1] > 0x20 { return position &+ 1 }
        return try tokenBehindSpace(at: position)
    }

    @inline(never)
    private func tokenBehindSpace(at start: Int) throws(JSONFault) -> Int {
        var position = start
        while end - position > ByteBlock.size {
            // Most often it is a single space, or a line break and the next line's indent.
            guard Self.isSpace(bytes[position]) else { return position }
            if let count = ByteBlock(at: bytes + position + 1).spaceCount { return position + 1 + count }
            position += 1 + ByteBlock.size
        }
        while position < end {
            guard Self.isSpace(bytes[position]) else { return position }
            position += 1
        }
        throw JSONFault(offset: position, reason: .unexpectedEnd)
    }

    @inline(__always)
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    // MARK: The document

    /// Where the document's object begins. Another value is one fault, what begins no value at all another.
    func documentStart() throws(JSONFault) -> Int {
        let position = try token(at: 0)
        if bytes[position] == UInt8(ascii: "{") { return position }
        throw JSONFault(offset: position, reason: "[\"-0123456789tfn".utf8.contains(bytes[position]) ? .notAnObject : .unexpectedByte)
    }

    /// Only white space may follow the document.
    func finish(at start: Int) throws(JSONFault) {
        for position in start..<end where !Self.isSpace(bytes[position]) {
            throw JSONFault(offset: position, reason: .trailingBytes)
        }
    }
}
