// SPDX-License-Identifier: Apache-2.0

/// One JSON object of texts, written member by member into one buffer and ended by a newline.
struct LogLine {
    private(set) var bytes: [UInt8] = []

    /// The members in the order of their names.
    init(_ members: [(name: String, value: String)]) {
        bytes.reserveCapacity(256)
        var mark = UInt8(ascii: "{")
        for (name, value) in members.sorted(by: { $0.name < $1.name }) {
            bytes.append(mark)
            append(name)
            bytes.append(UInt8(ascii: ":"))
            append(value)
            mark = UInt8(ascii: ",")
        }
        if members.isEmpty { bytes.append(mark) }
        bytes.append(UInt8(ascii: "}"))
        bytes.append(0x0A)
    }

    /// A JSON string (RFC 8259 section 7) without a control character of any kind: a terminal that shows the log obeys none.
    private mutating func append(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            // Most texts need no escape and go in whole.
            var written = 0
            var place = 0
            while place < utf8.count {
                let length = Self.lengthToEscape(in: utf8, at: place)
                if length > 0 {
                    bytes.append(contentsOf: utf8[written..<place])
                    appendEscape(of: utf8[place + length - 1])
                    written = place + length
                }
                place += max(1, length)
            }
            bytes.append(contentsOf: utf8[written...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// How many bytes of what stands there need an escape: C0, quote, backslash and DEL are one byte, C1 (U+0080 to U+009F) are two.
    private static func lengthToEscape(in utf8: UnsafeBufferPointer<UInt8>, at place: Int) -> Int {
        switch utf8[place] {
        case 0..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"), 0x7F: 1
        case 0xC2 where place + 1 < utf8.count && utf8[place + 1] < 0xA0: 2
        default: 0
        }
    }

    /// - Parameter last: the character's last byte, which is its number for each that is escaped.
    private mutating func appendEscape(of last: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch last {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(last)
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        default:
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(Self.digits[Int(last >> 4)])
            bytes.append(Self.digits[Int(last & 15)])
        }
    }

    private static let digits = Array("0123456789abcdef".utf8)
}
