// SPDX-License-Identifier: Apache-2.0

/// The unpadded base64url of JWS (RFC 7515 §2), one text per value.
enum Base64URL {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()

    /// The bytes, or `nil` for padding, other characters, an impossible length or set bits behind the last byte:
    /// those bits would give one signature several texts.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3 / 4)
        var pending: UInt32 = 0
        var count: UInt32 = 0
        for character in text {
            let value = values[Int(character)]
            guard value != 0xFF else { return nil }
            pending = (pending << 6 | UInt32(value)) & 0xFFF
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: pending >> count))
            }
        }
        guard count < 6, pending & ((1 << count) - 1) == 0 else { return nil }
        return bytes
    }

    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        var pending: UInt32 = 0
        var count: UInt32 = 0
        for byte in bytes {
            pending = (pending << 8 | UInt32(byte)) & 0x3FFF
            count += 8
            while count >= 6 {
                count -= 6
                text.append(alphabet[Int(pending >> count & 63)])
            }
        }
        if count > 0 { text.append(alphabet[Int(pending << (6 - count) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }
}
