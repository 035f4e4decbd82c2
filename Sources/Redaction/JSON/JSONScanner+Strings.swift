// SPDX-License-Identifier: Apache-2.0

extension JSONScanner {
    /// Checks a string whose opening quote is at `quote`.
    @inline(__always)
    func string(at quote: Int) throws(JSONFault) -> JSONString {
        var position = quote &+ 1
        while end &- position >= ByteBlock.size {
            if let count = ByteBlock(at: bytes + position).plainCount {
                position &+= count
                guard bytes[position] == UInt8(ascii: "\"") else { break }
                return JSONString(start: quote &+ 1, end: position, isEscaped: false)
            }
            position &+= ByteBlock.size
        }
        return try string(from: quote &+ 1, plainUpTo: position)
    }

    /// A string with escapes or characters outside ASCII, or near the document's end.
    @inline(never)
    private func string(from start: Int, plainUpTo known: Int) throws(JSONFault) -> JSONString {
        var position = known
        var isEscaped = false
        while true {
            position = plainEnd(from: position)
            guard position < end else { throw JSONFault(offset: end, reason: .unexpectedEnd) }
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                return JSONString(start: start, end: position, isEscaped: isEscaped)
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
                position = try escape(at: position)
            } else if byte >= 0x80 {
                repeat {
                    position = try multibyteCharacter(at: position)
                } while position < end && bytes[position] >= 0x80
            } else {
                throw JSONFault(offset: position, reason: .controlCharacter)
            }
        }
    }

    @inline(__always)
    private func plainEnd(from start: Int) -> Int {
        var position = start
        while end - position >= ByteBlock.size {
            if let count = ByteBlock(at: bytes + position).plainCount { return position + count }
            position += ByteBlock.size
        }
        while position < end, Self.isPlain(bytes[position]) { position += 1 }
        return position
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private func escape(at position: Int) throws(JSONFault) -> Int {
        guard position + 1 < end else { throw JSONFault(offset: end, reason: .unexpectedEnd) }
        switch bytes[position + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            return position + 2
        case UInt8(ascii: "u"):
            let unit = try codeUnit(at: position)
            if unit & 0xFC00 == 0xDC00 { throw JSONFault(offset: position, reason: .loneSurrogate) }
            guard unit & 0xFC00 == 0xD800 else { return position + 6 }
            let second = position + 6
            guard second + 1 < end else { throw JSONFault(offset: end, reason: .unexpectedEnd) }
            guard bytes[second] == UInt8(ascii: "\\"), bytes[second + 1] == UInt8(ascii: "u"),
                try codeUnit(at: second) & 0xFC00 == 0xDC00
            else { throw JSONFault(offset: position, reason: .loneSurrogate) }
            return second + 6
        default: throw JSONFault(offset: position, reason: .invalidEscape)
        }
    }

    /// The value of `\uXXXX`, the position on the backslash.
    private func codeUnit(at position: Int) throws(JSONFault) -> UInt16 {
        var unit: UInt16 = 0
        for index in position + 2..<position + 6 {
            guard index < end else { throw JSONFault(offset: end, reason: .unexpectedEnd) }
            guard let digit = Self.hexadecimalValue(bytes[index]) else { throw JSONFault(offset: position, reason: .invalidEscape) }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    /// Well-formed byte sequences by Unicode table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF.
    private func multibyteCharacter(at position: Int) throws(JSONFault) -> Int {
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch bytes[position] {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw JSONFault(offset: position, reason: .invalidUTF8)
        }
        for index in 1..<length {
            guard position + index < end else { throw JSONFault(offset: end, reason: .unexpectedEnd) }
            guard (index == 1 ? second : 0x80...0xBF).contains(bytes[position + index]) else {
                throw JSONFault(offset: position, reason: .invalidUTF8)
            }
        }
        return position + length
    }

    @inline(__always)
    static func hexadecimalValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
