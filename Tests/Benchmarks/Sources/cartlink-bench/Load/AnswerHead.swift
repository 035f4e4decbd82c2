// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What the load needs to know of an answer's status line and headers (RFC 9112).
struct AnswerHead {
    let status: Int
    /// The head's own bytes, with the empty line that ends it.
    var length = 0
    var bodyLength = 0
    var closes = false
    var hasRetryAfter = false

    enum Reading {
        case head(AnswerHead)
        case unfinished
        /// No HTTP/1.1, or a body whose length isn't told: those can't be measured.
        case malformed
    }

    /// Reads a head without allocating.
    static func read(_ bytes: UnsafeRawBufferPointer) -> Reading {
        guard let start = bytes.baseAddress, let first = memchr(start, newline, bytes.count) else { return .unfinished }
        guard let status = status(in: bytes) else { return .malformed }
        var head = AnswerHead(status: status)
        var line = UnsafeRawPointer(first) + 1
        while let end = memchr(line, newline, bytes.count - (line - start)) {
            if UnsafeRawPointer(end) - line <= 1 {
                head.length = UnsafeRawPointer(end) - start + 1
                if status == 204 || status == 304 { head.bodyLength = 0 }
                return .head(head)
            }
            guard head.readField(line) else { return .malformed }
            line = UnsafeRawPointer(end) + 1
        }
        return .unfinished
    }

    private static let newline: Int32 = 0x0A

    private static func status(in bytes: UnsafeRawBufferPointer) -> Int? {
        guard bytes.count > 12, bytes.starts(with: "HTTP/1.1 ".utf8) else { return nil }
        var status = 0
        for byte in bytes[9..<12] {
            guard (0x30...0x39).contains(byte) else { return nil }
            status = status * 10 + Int(byte - 0x30)
        }
        return status
    }

    /// - Returns: false for a body of unknown length.
    private mutating func readField(_ line: UnsafeRawPointer) -> Bool {
        let text = line.assumingMemoryBound(to: CChar.self)
        switch UInt8(bitPattern: text[0]) | 0x20 {
        case 0x63:
            if strncasecmp(text, "content-length:", 15) == 0 {
                bodyLength = strtol(text + 15, nil, 10)
            } else if strncasecmp(text, "connection: close", 17) == 0 {
                closes = true
            }
        case 0x72:
            if strncasecmp(text, "retry-after:", 12) == 0 { hasRetryAfter = true }
        case 0x74:
            if strncasecmp(text, "transfer-encoding:", 18) == 0 { return false }
        default: break
        }
        return true
    }
}
