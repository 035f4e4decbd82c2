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
            var reader = JSONReader(base, count: buffer.count, depthLimit: depth)
            return try Self.members(&reader)
        }
    }

    private static func members(_ reader: inout JSONReader) throws(JSONFault) -> [Member] {
        var position = try reader.scanner.documentStart()
        var members: [Member] = []
        if try reader.enter(&position, depth: 1, closing: UInt8(ascii: "}")) {
            let object = reader.openObject()
            repeat {
                let key = try reader.key(&position, of: object)
                let start = position
                position = try reader.skipValue(at: start, depth: 1)
                members.append(
                    Member(
                        name: String(decoding: key.string.decoded(in: reader.scanner.bytes), as: UTF8.self),
                        kind: Kind(firstByte: reader.scanner.bytes[start]),
                        range: start..<position
                    )
                )
            } while try reader.scanner.goesOn(&position, closing: UInt8(ascii: "}"))
        }
        try reader.scanner.finish(at: position)
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
