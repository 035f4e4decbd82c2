// SPDX-License-Identifier: Apache-2.0

/// Hashes member names under a secret of this process, so that nobody can write a document whose keys all collide.
struct KeyHasher: Sendable {
    static let shared = KeyHasher()

    private let seed = UInt64.random(in: .min ... .max)
    private let factor = UInt64.random(in: .min ... .max) | 1

    @inline(__always)
    func hash(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        var state = seed ^ UInt64(truncatingIfNeeded: count)
        var index = 0
        while count - index >= 8 {
            state = mixed(state ^ UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt64.self))
            index += 8
        }
        var rest: UInt64 = 0
        while index < count {
            rest = rest << 8 | UInt64(bytes[index])
            index += 1
        }
        return mixed(state ^ rest)
    }

    func hash(_ bytes: [UInt8]) -> UInt64 {
        bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return mixed(seed) }
            return hash(base, buffer.count)
        }
    }

    @inline(__always)
    private func mixed(_ value: UInt64) -> UInt64 {
        let product = (value ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: factor)
        return product.high ^ product.low
    }
}
