// SPDX-License-Identifier: Apache-2.0

/// Hashes member names under a secret of this process, so that nobody can write a document whose keys all collide.
///
/// Sixteen bytes are two numbers; each gets a secret added, and the product is folded (NH, as in RFC 4418 §5.2.2).
struct KeyHasher: Sendable {
    static let shared = KeyHasher()

    private let first = UInt64.random(in: .min ... .max)
    private let second = UInt64.random(in: .min ... .max)

    /// A name of up to 16 bytes, filled up with zeros, in little-endian order.
    @inline(__always)
    func hash(_ low: UInt64, _ high: UInt64) -> UInt64 {
        let product = (low &+ first).multipliedFullWidth(by: high &+ second)
        return product.high ^ product.low
    }

    /// A name of `count` bytes with at least 16 readable bytes from where it begins: what is too much is masked off.
    @inline(__always)
    func hash(roomy name: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        guard count <= 16 else { return hash(long: name, count) }
        let (low, high) = (Self.word(name), Self.word(name + 8))
        return count < 8 ? hash(low & Self.mask(count), 0) : hash(low, high & Self.mask(count &- 8))
    }

    /// A name of `count` bytes, of which nothing behind is read.
    func hash(_ name: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        guard count <= 16 else { return hash(long: name, count) }
        var words: (low: UInt64, high: UInt64) = (0, 0)
        for index in 0..<count {
            if index < 8 {
                words.low |= UInt64(name[index]) << (8 * index)
            } else {
                words.high |= UInt64(name[index]) << (8 * index - 64)
            }
        }
        return hash(words.low, words.high)
    }

    func hash(_ name: [UInt8]) -> UInt64 {
        name.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return hash(0, 0) }
            return hash(base, buffer.count)
        }
    }

    /// More than 16 bytes, block by block; the last block overlaps the one before.
    private func hash(long name: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        var state = UInt64(truncatingIfNeeded: count)
        var index = 0
        while index < count {
            let block = name + min(index, count - 16)
            state = hash(Self.word(block) ^ state, Self.word(block + 8))
            index += 16
        }
        return state
    }

    /// The lowest `count` bytes of a word, 0...8.
    @inline(__always)
    private static func mask(_ count: Int) -> UInt64 {
        count == 8 ? .max : (1 &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1
    }

    @inline(__always)
    private static func word(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
    }
}
