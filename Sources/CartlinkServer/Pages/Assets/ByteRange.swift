// SPDX-License-Identifier: Apache-2.0

/// What a `Range` header asks of a body (RFC 9110 section 14.2).
enum ByteRange: Equatable {
    /// Everything: no range, several, another unit, or one that isn't well formed. All of these may be answered with the whole.
    case whole
    case part(Range<Int>)
    /// Well formed, and outside the body.
    case unsatisfiable

    init(_ header: String?, of length: Int) {
        self = header.flatMap { Self.read($0, length) } ?? .whole
    }

    private static func read(_ header: String, _ length: Int) -> ByteRange? {
        let parts = header.split(separator: "=", omittingEmptySubsequences: false)
        guard parts.count == 2, String(parts[0]).trimmingSpaces().lowercased() == "bytes" else { return nil }
        let ends = parts[1].split(separator: "-", omittingEmptySubsequences: false).map { String($0).trimmingSpaces() }
        guard ends.count == 2 else { return nil }
        if ends[0].isEmpty {
            guard let count = position(ends[1]) else { return nil }
            return count > 0 && length > 0 ? .part(max(0, length - count)..<length) : .unsatisfiable
        }
        guard let first = position(ends[0]) else { return nil }
        guard let last = ends[1].isEmpty ? Int.max : position(ends[1]), first <= last else { return nil }
        return first < length ? .part(first..<(min(last, length - 1) + 1)) : .unsatisfiable
    }

    /// Digits; a number that no body reaches is as good as the largest.
    private static func position(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return Int(text) ?? .max
    }
}
