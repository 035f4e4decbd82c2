// SPDX-License-Identifier: Apache-2.0

/// Why bytes are not a JSON document that this service accepts (RFC 8259), and where.
///
/// It carries no part of the document: it is safe to log and to answer with.
public struct JSONFault: Error, Hashable, Sendable {
    /// The byte at which reading stopped; the document's size if it ends too early.
    public let offset: Int
    public let reason: Reason

    public enum Reason: String, Sendable, CaseIterable {
        case tooLarge = "too-large"
        case tooDeep = "too-deep"
        case unexpectedEnd = "unexpected-end"
        case unexpectedByte = "unexpected-byte"
        case invalidNumber = "invalid-number"
        case invalidEscape = "invalid-escape"
        case loneSurrogate = "lone-surrogate"
        case invalidUTF8 = "invalid-utf8"
        case controlCharacter = "control-character"
        case duplicateKey = "duplicate-key"
        case notAnObject = "not-an-object"
        case trailingBytes = "trailing-bytes"
    }

    public init(offset: Int, reason: Reason) {
        self.offset = offset
        self.reason = reason
    }
}
