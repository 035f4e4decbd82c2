// SPDX-License-Identifier: Apache-2.0

/// A JSON document read by other means than the filter's: the whole text is decoded first, and then read by recursion into a
/// tree. It is slow and simple, so that both can't well be wrong in the same way.
struct JSONTree {
    indirect enum Content {
        case word(String)
        case number
        case string([UInt8])
        case array([JSONTree])
        case object([Member])
    }

    struct Member {
        /// With the quotes.
        let nameRange: Range<Int>
        /// Decoded, as UTF-8.
        let name: [UInt8]
        let value: JSONTree
    }

    /// Where it lies in the document, in bytes.
    let range: Range<Int>
    let content: Content

    /// Nil if the bytes are not one strict JSON value (RFC 8259) of at most 2 MiB and 64 levels, or if a name comes twice in an object.
    init?(_ document: [UInt8]) {
        guard document.count <= 2 * 1024 * 1024, let text = String(validating: document, as: UTF8.self) else { return nil }
        var reader = JSONTreeReader(text)
        guard let tree = reader.document() else { return nil }
        self = tree
    }

    init(range: Range<Int>, content: Content) {
        self.range = range
        self.content = content
    }

    var isObject: Bool { if case .object = content { true } else { false } }

    /// The document without insignificant white space.
    func compact(_ document: [UInt8]) -> [UInt8] {
        let comma = [UInt8(ascii: ",")]
        switch content {
        case .array(let elements):
            return [UInt8(ascii: "[")] + elements.map { $0.compact(document) }.joined(separator: comma) + [UInt8(ascii: "]")]
        case .object(let members):
            let written = members.map { document[$0.nameRange] + [UInt8(ascii: ":")] + $0.value.compact(document) }
            return [UInt8(ascii: "{")] + written.joined(separator: comma) + [UInt8(ascii: "}")]
        case .word, .number, .string: return Array(document[range])
        }
    }
}
