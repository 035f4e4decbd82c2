// SPDX-License-Identifier: Apache-2.0

/// The signed text that names a link: `cl1` and 46 base62 digits.
///
/// 33 bytes: header 1, link id 16, tag 16. The header's bits 7-5 are the layout's version (0), 4-3 the mode, 2-0 the key's slot.
/// A parsed token is well formed, not yet genuine: `KeyRing.isGenuine` says that.
public struct Token: Hashable, Sendable {
    package let mode: LinkMode
    package let slot: KeySlot
    package let id: LinkID
    package let tag: Tag

    /// The first 16 bytes of the HMAC, as two big-endian halves.
    package struct Tag: Hashable, Sendable {
        package let high: UInt64
        package let low: UInt64
    }

    package var header: UInt8 { mode.rawValue << 3 | slot.rawValue }
}

extension Token {
    public static let prefix = "cl1"
    package static let length = 49

    /// Reads a token's one canonical text; every other spelling is refused.
    public init?(_ text: some StringProtocol) {
        var copy = String(text)
        let parsed: Token? = copy.withUTF8 { Token(utf8: UnsafeRawBufferPointer($0)) }
        guard let parsed else { return nil }
        self = parsed
    }

    /// Reads a token without allocating.
    public init?(utf8 text: UnsafeRawBufferPointer) {
        guard text.count == Self.length, text[0] == 0x63, text[1] == 0x6C, text[2] == 0x31 else { return nil }
        func group(_ index: Int) -> UInt64? {
            let start = 3 + index * Base62.digitsPerGroup
            return Base62.number(in: .init(rebasing: text[start..<start + Base62.digitsPerGroup]))
        }
        guard
            let first = group(0), let second = group(1), let third = group(2), let fourth = group(3),
            let last = Base62.number(in: .init(rebasing: text[47...])), last <= 0xFF
        else { return nil }
        let header = UInt8(first >> 56)
        guard header >> 5 == 0, let mode = LinkMode(rawValue: header >> 3 & 0b11), let slot = KeySlot(rawValue: header & 0b111) else {
            return nil
        }
        self.mode = mode
        self.slot = slot
        // The groups are cut every eight bytes, but the header is one byte: each half borrows from its neighbour.
        id = LinkID(high: first << 8 | second >> 56, low: second << 8 | third >> 56)
        tag = Tag(high: third << 8 | fourth >> 56, low: fourth << 8 | last)
    }

    /// The token as it stands in the URL. It is a credential: never log it.
    public var text: String {
        var text = Array(Self.prefix.utf8)
        Base62.append(UInt64(header) << 56 | id.high >> 8, count: Base62.digitsPerGroup, to: &text)
        Base62.append(id.high << 56 | id.low >> 8, count: Base62.digitsPerGroup, to: &text)
        Base62.append(id.low << 56 | tag.high >> 8, count: Base62.digitsPerGroup, to: &text)
        Base62.append(tag.high << 56 | tag.low >> 8, count: Base62.digitsPerGroup, to: &text)
        Base62.append(tag.low & 0xFF, count: Base62.digitsPerByte, to: &text)
        return String(decoding: text, as: UTF8.self)
    }
}

extension Token: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "Token(of \(id))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension Token.Tag: CustomStringConvertible, CustomReflectable {
    package var description: String { "Tag" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
