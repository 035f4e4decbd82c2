// SPDX-License-Identifier: Apache-2.0

import COpenSSL

/// HMAC-SHA-256 (RFC 2104) under one key, with the key's blocks hashed once.
///
/// All the core's cryptography goes through this file and libcrypto. A value holds no key, but states that work like one:
/// it prints nothing of them.
public struct PreparedHMAC: Sendable {
    private var inner = SHA256_CTX()
    private var outer = SHA256_CTX()

    /// Prepares the states for `key`, and for a `prefix` that every message starts with.
    public init(key: [UInt8], prefix: [UInt8] = []) {
        var block = [UInt8](repeating: 0, count: 64)
        if key.count > 64 {
            block.replaceSubrange(0..<32, with: SHA256Digest.of(key))
        } else {
            block.replaceSubrange(0..<key.count, with: key)
        }
        SHA256_Init(&inner)
        SHA256_Update(&inner, block.map { $0 ^ 0x36 }, 64)
        SHA256_Update(&inner, prefix, prefix.count)
        SHA256_Init(&outer)
        SHA256_Update(&outer, block.map { $0 ^ 0x5C }, 64)
        block.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
    }

    /// Writes the 32 bytes of the message's code into `code`; allocates nothing.
    public func authenticate(_ message: UnsafeRawBufferPointer, into code: UnsafeMutableRawBufferPointer) {
        precondition(code.count >= 32, "an HMAC-SHA-256 code has 32 bytes")
        let bytes = code.baseAddress?.assumingMemoryBound(to: UInt8.self)
        var state = inner
        SHA256_Update(&state, message.baseAddress, message.count)
        SHA256_Final(bytes, &state)
        state = outer
        SHA256_Update(&state, code.baseAddress, 32)
        SHA256_Final(bytes, &state)
    }

    /// The 32 bytes of the message's code.
    package func code(for message: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { code, count in
            message.withUnsafeBytes { authenticate($0, into: UnsafeMutableRawBufferPointer(code)) }
            count = 32
        }
    }

    /// Compares in a time that depends on the length only.
    package static func areEqual(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Bool {
        one.count == other.count && CRYPTO_memcmp(one.baseAddress, other.baseAddress, one.count) == 0
    }
}

extension PreparedHMAC: CustomStringConvertible, CustomReflectable {
    public var description: String { "PreparedHMAC" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// SHA-256 of some bytes.
package enum SHA256Digest {
    package static func of(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { digest, count in
            SHA256(bytes, bytes.count, digest.baseAddress)
            count = 32
        }
    }
}
