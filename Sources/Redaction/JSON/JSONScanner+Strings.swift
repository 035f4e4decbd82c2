// SPDX-License-Identifier: Apache-2.0

extension JSONScanner {
    /// Checks a string, the position on its opening quote, and stops behind the closing one.
    @inline(__always)
    mutating func string() throws(JSONFault) -> JSONString {
        position += 1
        var string = JSONString(start: position, end: position, isEscaped: false)
        while true {
            skipPlain()
            guard position < end else { throw fault(.unexpectedEnd) }
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                string.end = position
                position += 1
                return string
            } else if byte == UInt8(ascii: "\\") {
                string.isEscaped = true
                try escape()
            } else if byte >= 0x80 {
                try multibyteCharacter()
            } else {
                throw fault(.controlCharacter)
            }
        }
    }

    /// Stops at the first quote, backslash, control character or byte outside ASCII, eight bytes at a time.
    ///
    /// In each term a byte's top bit says "found"; a borrow can only set bits above the first true one, so the lowest is exact.
    @inline(__always)
    private mutating func skipPlain() {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        while end - position >= 8 {
            let word = UInt64(littleEndian: UnsafeRawPointer(bytes + position).loadUnaligned(as: UInt64.self))
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            let found =
                (((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | ((word &- ones &* 0x20) & ~word) | word) & tops
            if found != 0 {
                position += found.trailingZeroBitCount >> 3
                return
            }
            position += 8
        }
        while position < end {
            let byte = bytes[position]
            if byte == 0x22 || byte == 0x5C || byte < 0x20 || byte >= 0x80 { return }
            position += 1
        }
    }

    private mutating func escape() throws(JSONFault) {
        guard position + 1 < end else { throw JSONFault(offset: end, reason: .unexpectedEnd) }
        switch bytes[position + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        case UInt8(ascii: "u"):
            let first = try codeUnit()
            if first & 0xFC00 == 0xD800 {
                let high = position - 6
                guard position + 1 < end else { throw JSONFault(offset: end, reason: .unexpectedEnd) }
                guard bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u"), try codeUnit() & 0xFC00 == 0xDC00
                else { throw JSONFault(offset: high, reason: .loneSurrogate) }
            } else if first & 0xFC00 == 0xDC00 {
                throw JSONFault(offset: position - 6, reason: .loneSurrogate)
            }
        default: throw fault(.invalidEscape)
        }
    }

    /// The value of `\uXXXX`, the position on the backslash.
    private mutating func codeUnit() throws(JSONFault) -> UInt16 {
        var unit: UInt16 = 0
        for index in position + 2..<position + 6 {
            guard index < end else { throw JSONFault(offset: end, reason: .unexpectedEnd) }
            guard let digit = Self.hexadecimalValue(bytes[index]) else { throw fault(.invalidEscape) }
            unit = unit << 4 | UInt16(digit)
        }
        position += 6
        return unit
    }

    /// Well-formed byte sequences by Unicode table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF.
    private mutating func multibyteCharacter() throws(JSONFault) {
        let lead = bytes[position]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw fault(.invalidUTF8)
        }
        for index in 1..<length {
            guard position + index < end else { throw JSONFault(offset: end, reason: .unexpectedEnd) }
            guard (index == 1 ? second : 0x80...0xBF).contains(bytes[position + index]) else { throw fault(.invalidUTF8) }
        }
        position += length
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
