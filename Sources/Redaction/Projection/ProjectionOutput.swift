// SPDX-License-Identifier: Apache-2.0

/// Where the filter writes: a buffer as large as the document, which the projection never outgrows, as everything written
/// stands for something read that was at least as long. Only masks may be longer: then it is `RuleTable.growth` times as large.
struct ProjectionOutput {
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0

    init(_ bytes: UnsafeMutableBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        precondition(count < bytes.count)
        bytes.baseAddress.unsafelyUnwrapped[count] = byte
        count += 1
    }

    @inline(__always)
    mutating func append(_ source: UnsafePointer<UInt8>, count length: Int) {
        precondition(bytes.count - count >= length)
        (bytes.baseAddress.unsafelyUnwrapped + count).update(from: source, count: length)
        count += length
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
