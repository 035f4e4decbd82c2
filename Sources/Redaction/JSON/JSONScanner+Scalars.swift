// SPDX-License-Identifier: Apache-2.0

extension JSONScanner {
    /// Checks a number, `true`, `false` or `null`, and stops behind it.
    ///
    /// Words and whole numbers of up to seven digits are read as one number of eight bytes; the rest goes byte by byte.
    @inline(__always)
    func numberOrWord(at position: Int) throws(JSONFault) -> Int {
        if end &- position >= 8 {
            let word = UInt64(littleEndian: UnsafeRawPointer(bytes + position).loadUnaligned(as: UInt64.self))
            if bytes[position] >= UInt8(ascii: "a") {
                let four = UInt32(truncatingIfNeeded: word)
                if four == 0x6C6C_756E || four == 0x6575_7274 { return position &+ 4 }  // null, true
                if word & 0xFF_FFFF_FFFF == 0x65_736C_6166 { return position &+ 5 }  // false
            } else {
                // A top bit marks each byte that is no digit. A carry can only set marks above the first true one.
                let digits = word ^ 0x3030_3030_3030_3030
                let others = ((digits &+ 0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080
                let count = others.trailingZeroBitCount &>> 3
                if others != 0, count == 1 || (count != 0 && bytes[position] != UInt8(ascii: "0")) {
                    let next = bytes[position &+ count]
                    if next != UInt8(ascii: "."), next | 0x20 != UInt8(ascii: "e") { return position &+ count }
                }
            }
        }
        return try slowNumberOrWord(at: position)
    }

    @inline(never)
    private func slowNumberOrWord(at position: Int) throws(JSONFault) -> Int {
        switch bytes[position] {
        case UInt8(ascii: "t"): try word("true", at: position)
        case UInt8(ascii: "f"): try word("false", at: position)
        case UInt8(ascii: "n"): try word("null", at: position)
        default: try number(at: position)
        }
    }

    private func word(_ word: StaticString, at start: Int) throws(JSONFault) -> Int {
        for index in 0..<word.utf8CodeUnitCount {
            guard start + index < end else { throw JSONFault(offset: end, reason: .unexpectedEnd) }
            guard bytes[start + index] == word.utf8Start[index] else { throw JSONFault(offset: start + index, reason: .unexpectedByte) }
        }
        return start + word.utf8CodeUnitCount
    }

    /// RFC 8259 §6: `-`, an integer part without leading zeros, a fraction, an exponent. Its size is not limited: it stays text.
    private func number(at start: Int) throws(JSONFault) -> Int {
        var position = start
        if bytes[position] == UInt8(ascii: "-") {
            position += 1
        } else if !isDigit(position) {
            throw JSONFault(offset: position, reason: .unexpectedByte)
        }
        if position < end, bytes[position] == UInt8(ascii: "0") {
            position += 1
            if isDigit(position) { throw JSONFault(offset: position, reason: .invalidNumber) }
        } else {
            position = try digits(at: position)
        }
        if position < end, bytes[position] == UInt8(ascii: ".") {
            position = try digits(at: position + 1)
        }
        if position < end, bytes[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < end,
                bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
            {
                position += 1
            }
            position = try digits(at: position)
        }
        return position
    }

    /// One digit or more.
    private func digits(at start: Int) throws(JSONFault) -> Int {
        guard start < end else { throw JSONFault(offset: start, reason: .unexpectedEnd) }
        guard isDigit(start) else { throw JSONFault(offset: start, reason: .invalidNumber) }
        var position = start + 1
        while isDigit(position) { position += 1 }
        return position
    }

    private func isDigit(_ position: Int) -> Bool {
        position < end && bytes[position] &- UInt8(ascii: "0") <= 9
    }
}
