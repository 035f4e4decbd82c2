// SPDX-License-Identifier: Apache-2.0

/// A JSON array that the strict scanner has accepted: its elements, each with the bytes of its value as they came.
public struct JSONArray: Sendable {
    public struct Element: Sendable, Hashable {
        public let kind: JSONObject.Kind
        /// Where the value lies in the document, without white space around it.
        public let range: Range<Int>
    }

    /// The document as it came.
    public let bytes: [UInt8]
    public let elements: [Element]

    /// Checks the whole document, also inside elements nobody asks for.
    public init(validating bytes: [UInt8]) throws(JSONFault) {
        self.bytes = bytes
        elements = try bytes.withUnsafeBufferPointer { buffer throws(JSONFault) in
            guard let base = buffer.baseAddress else { throw JSONFault(offset: 0, reason: .unexpectedEnd) }
            var reader = JSONReader(base, count: buffer.count, depthLimit: 64)
            return try Self.elements(&reader)
        }
    }

    private static func elements(_ reader: inout JSONReader) throws(JSONFault) -> [Element] {
        var position = try reader.scanner.token(at: 0)
        guard reader.scanner.bytes[position] == UInt8(ascii: "[") else { throw JSONFault(offset: position, reason: .unexpectedByte) }
        var elements: [Element] = []
        if try reader.enter(&position, depth: 1, closing: UInt8(ascii: "]")) {
            repeat {
                let start = position
                position = try reader.skipValue(at: start, depth: 1)
                elements.append(Element(kind: JSONObject.Kind(firstByte: reader.scanner.bytes[start]), range: start..<position))
            } while try reader.scanner.goesOn(&position, closing: UInt8(ascii: "]"))
        }
        try reader.scanner.finish(at: position)
        return elements
    }

    /// The value's bytes, exactly as they came.
    public func bytes(of element: Element) -> [UInt8] {
        Array(bytes[element.range])
    }
}
