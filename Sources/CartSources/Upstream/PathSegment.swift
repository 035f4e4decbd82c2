// SPDX-License-Identifier: Apache-2.0

/// Percent-encoding (RFC 3986): what is unreserved stays, all else is encoded.
package enum PathSegment {
    /// The text as one segment of a path, whatever is in it. Nil where no spelling is one segment everywhere: hosts and proxies read
    /// `%2E%2E` as a step up, too.
    package static func encoded(_ text: some StringProtocol) -> String? {
        guard text != "", text != ".", text != ".." else { return nil }
        return percentEncoded(text)
    }

    static func percentEncoded(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
            case _: bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let digits = Array("0123456789ABCDEF".utf8)
}
