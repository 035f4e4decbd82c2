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
            var scanner = JSONScanner(base, count: buffer.count, depthLimit: 64)
            return try Self.elements(&scanner)
        }
    }

    private static func elements(_ scanner: inout JSONScanner) throws(JSONFault) -> [Element] {
        guard try scanner.nextToken() == UInt8(ascii: "[") else { throw scanner.fault(.unexpectedByte) }
        var elements: [Element] = []
        try scanner.enterArray()
        while try scanner.nextElement(isFirst: elements.isEmpty) {
            let start = scanner.position
            let kind = JSONObject.Kind(firstByte: scanner.bytes[start])
            try scanner.skipValue()
            elements.append(Element(kind: kind, range: start..<scanner.position))
        }
        try scanner.finish()
        return elements
    }

    /// The value's bytes, exactly as they came.
    public func bytes(of element: Element) -> [UInt8] {
        Array(bytes[element.range])
    }
}
