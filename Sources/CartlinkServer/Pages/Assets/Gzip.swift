// SPDX-License-Identifier: Apache-2.0

import CZlib

/// The gzip format (RFC 1952), through zlib.
enum Gzip {
    /// The same bytes give the same bytes: the header carries no time. Nil where zlib has no memory left.
    ///
    /// - Parameter effort: zlib's level, 1 to 9.
    static func compressed(_ bytes: [UInt8], effort: Int32 = 6) -> [UInt8]? {
        var stream = z_stream()
        guard cartlink_gzip_begin(&stream, effort) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        var input = bytes
        let most = Int(deflateBound(&stream, uLong(bytes.count)))
        let output = [UInt8](unsafeUninitializedCapacity: most) { space, count in
            input.withUnsafeMutableBufferPointer { source in
                stream.next_in = source.baseAddress
                stream.avail_in = uInt(source.count)
                stream.next_out = space.baseAddress
                stream.avail_out = uInt(space.count)
                count = deflate(&stream, Z_FINISH) == Z_STREAM_END ? Int(stream.total_out) : 0
            }
        }
        return output.isEmpty ? nil : output
    }
}

extension Gzip {
    /// Whether a header `Accept-Encoding` takes gzip (RFC 9110 section 12.5.3).
    static func isTaken(by header: String) -> Bool {
        let wishes = header.lowercased().split(separator: ",").map { part in
            let pieces = part.split(separator: ";").map { String($0).trimmingSpaces() }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            return (name: pieces.first ?? "", weight: weight)
        }
        let named = wishes.first { ["gzip", "x-gzip"].contains($0.name) } ?? wishes.first { $0.name == "*" }
        return (named?.weight ?? 0) > 0
    }
}
