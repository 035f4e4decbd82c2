// SPDX-License-Identifier: Apache-2.0

/// A JSON object that the strict scanner has accepted: its members by name, each with the bytes of its value as they came.
public struct JSONObject: Sendable {
    public enum Kind: String, Sendable {
        case string, number, object, array, null
        case `true`, `false`
    }

    public struct Member: Sendable, Hashable {
        /// The decoded name.
        public let name: String
        public let kind: Kind
        /// Where the value lies in the document, without white space around it.
        public let range: Range<Int>
    }

    /// The document as it came.
    public let bytes: [UInt8]
    /// In the order of the document; no name occurs twice.
    public let members: [Member]

    /// Checks the whole document, also inside members nobody asks for.
    ///
    /// - Parameters:
    ///   - limit: the largest document in bytes.
    ///   - depth: the deepest nesting of objects and arrays, the outermost counting as 1.
    public init(validating bytes: [UInt8], limit: Int = 2_097_152, depth: Int = 64) throws(JSONFault) {
        guard bytes.count <= limit else { throw JSONFault(offset: limit, reason: .tooLarge) }
        self.bytes = bytes
        members = try bytes.withUnsafeBufferPointer { buffer throws(JSONFault) in
            guard let base = buffer.baseAddress else { throw JSONFault(offset: 0, reason: .unexpectedEnd) }
            var scanner = JSONScanner(base, count: buffer.count, depthLimit: depth)
            return try Self.members(&scanner)
        }
    }

    private static func members(_ scanner: inout JSONScanner) throws(JSONFault) -> [Member] {
        try scanner.expectObject()
        var members: [Member] = []
        var frame = try scanner.enterObject()
        while let key = try scanner.nextMember(&frame) {
            let start = scanner.position
            try scanner.skipValue()
            members.append(
                Member(
                    name: String(decoding: key.string.decoded(in: scanner.bytes), as: UTF8.self),
                    kind: Kind(firstByte: scanner.bytes[start]),
                    range: start..<scanner.position
                )
            )
        }
        try scanner.finish()
        return members
    }

    public subscript(name: String) -> Member? {
        members.first { $0.name == name }
    }

    /// The value's bytes, exactly as they came.
    public func bytes(of member: Member) -> [UInt8] {
        Array(bytes[member.range])
    }

    /// The decoded text of a string; nil for other kinds.
    public func string(of member: Member) -> String? {
        guard member.kind == .string else { return nil }
        return bytes.withUnsafeBufferPointer { buffer in
            let string = JSONString(start: member.range.lowerBound + 1, end: member.range.upperBound - 1, isEscaped: true)
            return buffer.baseAddress.map { String(decoding: string.decoded(in: $0), as: UTF8.self) }
        }
    }
}

extension JSONObject.Kind {
    /// The kind of a valid value.
    init(firstByte: UInt8) {
        switch firstByte {
        case UInt8(ascii: "{"): self = .object
        case UInt8(ascii: "["): self = .array
        case UInt8(ascii: "\""): self = .string
        case UInt8(ascii: "t"): self = .true
        case UInt8(ascii: "f"): self = .false
        case UInt8(ascii: "n"): self = .null
        default: self = .number
        }
    }
}
