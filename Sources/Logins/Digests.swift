// SPDX-License-Identifier: Apache-2.0

import COpenSSL

/// The SHA-256 of the bytes (FIPS 180-4).
func sha256(_ bytes: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { digest, count in
        _ = SHA256(bytes, bytes.count, digest.baseAddress)
        count = 32
    }
}

/// The HMAC-SHA-256 of the message (RFC 2104).
func hmacSHA256(key: [UInt8], _ message: ArraySlice<UInt8>) -> [UInt8] {
    message.withUnsafeBufferPointer { message in
        [UInt8](unsafeUninitializedCapacity: 32) { tag, count in
            let result = HMAC(EVP_sha256(), key, Int32(key.count), message.baseAddress, message.count, tag.baseAddress, nil)
            precondition(result != nil, "libcrypto can't compute an HMAC")
            count = 32
        }
    }
}

/// Whether the two are equal, in time that depends on their lengths only.
func isEqualInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
}
