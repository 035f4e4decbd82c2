// SPDX-License-Identifier: Apache-2.0

/// Where the filter writes: a buffer as large as the document, which the projection never outgrows, as everything written
/// stands for something read that was at least as long. Only masks may be longer: then it is `RuleTable.growth` times as large.
struct ProjectionOutput {
    /// Room behind the projection, so that the last piece too may be copied in whole blocks.
    static let slack = blockSize
    private static let blockSize = 16

    private let bytes: UnsafeMutableRawPointer
    private let capacity: Int
    private let document: UnsafeRawPointer
    private let documentSize: Int
    private(set) var count = 0

    /// `bytes` has `slack` more than is written at most; both buffers outlive this value.
    init(_ bytes: UnsafeMutableBufferPointer<UInt8>, for document: UnsafeBufferPointer<UInt8>) {
        self.bytes = UnsafeMutableRawPointer(bytes.baseAddress.unsafelyUnwrapped)
        capacity = bytes.count
        self.document = UnsafeRawPointer(document.baseAddress.unsafelyUnwrapped)
        documentSize = document.count
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        precondition(count < capacity)
        bytes.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count &+= 1
    }

    /// Copies a part of the document.
    ///
    /// Short ones in whole blocks: what is too much is written over or cut off. Both preconditions are checked here, so that a
    /// flaw elsewhere ends the process instead of reading or writing past a buffer.
    @inline(__always)
    mutating func append(_ start: Int, _ end: Int) {
        let length = end &- start
        let blocks = (length &+ Self.blockSize &- 1) & ~(Self.blockSize &- 1)
        precondition(start >= 0 && length >= 0 && capacity &- count >= blocks)
        if length <= 4 &* Self.blockSize, documentSize &- start >= blocks {
            var offset = 0
            while offset < length {
                let block = document.loadUnaligned(fromByteOffset: start &+ offset, as: SIMD16<UInt8>.self)
                bytes.storeBytes(of: block, toByteOffset: count &+ offset, as: SIMD16<UInt8>.self)
                offset &+= Self.blockSize
            }
        } else {
            precondition(documentSize &- start >= length)
            (bytes + count).copyMemory(from: document + start, byteCount: length)
        }
        count &+= length
    }

    mutating func append(_ source: [UInt8]) {
        for byte in source { append(byte) }
    }

    /// Takes back what was written since `count` bytes.
    @inline(__always)
    mutating func rewind(to count: Int) {
        self.count = count
    }
}
