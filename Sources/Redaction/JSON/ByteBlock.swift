// SPDX-License-Identifier: Apache-2.0

/// Sixteen bytes of a document, looked at together.
///
/// Each operator below is one vector instruction. The types are spelled out because those operators that take a single number, or
/// whose result is left open, compile to a loop over the bytes.
struct ByteBlock {
    static let size = 16

    private typealias Mask = SIMDMask<SIMD16<Int8>>
    private let bytes: SIMD16<Int8>

    /// The caller has made sure that 16 bytes may be read.
    @inline(__always)
    init(at start: UnsafePointer<UInt8>) {
        bytes = UnsafeRawPointer(start).loadUnaligned(as: SIMD16<Int8>.self)
    }

    /// How many bytes come before the first quote, backslash, control character or byte outside ASCII; nil if there is none.
    @inline(__always)
    var plainCount: Int? {
        let isQuote: Mask = bytes .== SIMD16<Int8>(repeating: 0x22)
        let isBackslash: Mask = bytes .== SIMD16<Int8>(repeating: 0x5C)
        // As signed numbers, bytes outside ASCII are negative.
        let isOutOfRange: Mask = bytes .< SIMD16<Int8>(repeating: 0x20)
        return Self.countBeforeFirst(isQuote .| isBackslash .| isOutOfRange)
    }

    /// How many bytes of white space come before the first other byte; nil if there is none.
    @inline(__always)
    var spaceCount: Int? {
        let isSpace: Mask = bytes .== SIMD16<Int8>(repeating: 0x20)
        let isLineFeed: Mask = bytes .== SIMD16<Int8>(repeating: 0x0A)
        let isReturn: Mask = bytes .== SIMD16<Int8>(repeating: 0x0D)
        let isTab: Mask = bytes .== SIMD16<Int8>(repeating: 0x09)
        return Self.countBeforeFirst(.!(isSpace .| isLineFeed .| isReturn .| isTab))
    }

    /// The mask's bytes are all ones or all zeros. Four bits of each go into one number, the first byte's lowest.
    @inline(__always)
    private static func countBeforeFirst(_ found: Mask) -> Int? {
        let pairs = unsafeBitCast(found, to: SIMD8<UInt16>.self) &>> SIMD8<UInt16>(repeating: 4)
        let bits = UInt64(littleEndian: unsafeBitCast(SIMD8<UInt8>(truncatingIfNeeded: pairs), to: UInt64.self))
        return bits == 0 ? nil : bits.trailingZeroBitCount &>> 2
    }
}
