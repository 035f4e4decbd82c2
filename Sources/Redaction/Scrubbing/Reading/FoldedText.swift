// SPDX-License-Identifier: Apache-2.0

/// A text in the plain form the finders read, one byte a character: digits of other scripts, full-width forms, accents and the many
/// kinds of spaces, dashes and dots become their ASCII likes; what can't be seen is left out; see `FoldedScalar` for the rest.
///
/// What one finder finds is blanked before the next one reads, so that none reads across it.
struct FoldedText {
    private(set) var bytes: [UInt8]
    private(set) var finds: [Range<Int>] = []
    /// Where in the source each byte's character starts, and last the source's end; empty if the two texts are the same.
    private let origins: [UInt32]

    /// - Parameter text: valid UTF-8, at most 4 GiB.
    init(_ text: [UInt8]) {
        guard text.contains(where: { $0 >= 0x7F || $0 < 0x20 }) else {
            (bytes, origins) = (text, [])
            return
        }
        var bytes: [UInt8] = []
        var origins: [UInt32] = []
        bytes.reserveCapacity(text.count)
        origins.reserveCapacity(text.count + 1)
        var index = 0
        while index < text.count {
            let (scalar, length) = Self.scalar(in: text, at: index)
            let byte = scalar < 0x80 ? FoldedScalar.ascii(UInt8(scalar)) : FoldedScalar.fold(scalar)
            if byte != FoldedScalar.ignored {
                bytes.append(byte)
                origins.append(UInt32(index))
            }
            index += length
        }
        origins.append(UInt32(text.count))
        (self.bytes, self.origins) = (bytes, origins)
    }

    var count: Int { bytes.count }

    /// 0, which no character folds to, outside the text.
    @inline(__always)
    subscript(index: Int) -> UInt8 {
        index >= 0 && index < bytes.count ? bytes[index] : 0
    }

    mutating func cut(_ finds: [Range<Int>]) {
        self.finds += finds
        for find in finds {
            for index in find { bytes[index] = FoldedScalar.mark }
        }
    }

    /// Where in the source a find lies. Invisible characters behind it go with it.
    func source(of find: Range<Int>) -> Range<Int> {
        origins.isEmpty ? find : Int(origins[find.lowerBound])..<Int(origins[find.upperBound])
    }

    @inline(__always)
    private static func scalar(in text: [UInt8], at index: Int) -> (scalar: UInt32, length: Int) {
        let lead = UInt32(text[index])
        func next(_ offset: Int) -> UInt32 { UInt32(text[index + offset]) & 0x3F }
        switch lead {
        case ..<0x80: return (lead, 1)
        case ..<0xE0: return ((lead & 0x1F) << 6 | next(1), 2)
        case ..<0xF0: return ((lead & 0x0F) << 12 | next(1) << 6 | next(2), 3)
        default: return ((lead & 0x07) << 18 | next(1) << 12 | next(2) << 6 | next(3), 4)
        }
    }
}

extension UInt8 {
    @inline(__always)
    var isDigit: Bool { self &- UInt8(ascii: "0") <= 9 }
    /// A Latin letter (accents are folded away), or a letter of another script.
    @inline(__always)
    var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 || self == FoldedScalar.letter }
    @inline(__always)
    var isUppercase: Bool { self &- UInt8(ascii: "A") < 26 }
    @inline(__always)
    var lowercased: UInt8 { isUppercase ? self | 0x20 : self }
    @inline(__always)
    var isSpace: Bool { self == UInt8(ascii: " ") }
}
