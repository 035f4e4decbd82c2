// SPDX-License-Identifier: Apache-2.0

import COpenSSL

/// Random bytes of libcrypto's generator.
package enum SecureRandom {
    package static func bytes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        // Without randomness no link may be made, and no caller could do better than stop.
        precondition(RAND_bytes(&bytes, Int32(count)) == 1, "libcrypto has no randomness")
        return bytes
    }

    /// A random UUID (RFC 9562 section 5.4), which is an identifier.
    package static func identifier<Named>() -> Identifier<Named> {
        var bytes = bytes(16)
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let hex = Hex.text(of: bytes)
        var text = ""
        for (index, digit) in hex.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append("-") }
            text.append(digit)
        }
        guard let identifier = Identifier<Named>(text) else { preconditionFailure("a UUID is an identifier") }
        return identifier
    }

    package static func linkID() -> LinkID {
        let bytes = bytes(16)
        func half(_ range: Range<Int>) -> UInt64 { bytes[range].reduce(0) { $0 << 8 | UInt64($1) } }
        return LinkID(high: half(0..<8), low: half(8..<16))
    }
}
