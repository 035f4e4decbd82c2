// SPDX-License-Identifier: Apache-2.0

/// The name of a link: 128 random bits.
///
/// It isn't secret: logs, the audit and the admin API use it. Written as 22 base62 digits.
public struct LinkID: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    package init?(_ text: some StringProtocol) {
        var copy = String(text)
        let parsed: LinkID? = copy.withUTF8 { utf8 in
            let bytes = UnsafeRawBufferPointer(utf8)
            guard bytes.count == 2 * Base62.digitsPerGroup else { return nil }
            guard
                let high = Base62.number(in: .init(rebasing: bytes[..<Base62.digitsPerGroup])),
                let low = Base62.number(in: .init(rebasing: bytes[Base62.digitsPerGroup...]))
            else { return nil }
            return LinkID(high: high, low: low)
        }
        guard let parsed else { return nil }
        self = parsed
    }
}

extension LinkID: CustomStringConvertible {
    public var description: String {
        var text: [UInt8] = []
        Base62.append(high, count: Base62.digitsPerGroup, to: &text)
        Base62.append(low, count: Base62.digitsPerGroup, to: &text)
        return String(decoding: text, as: UTF8.self)
    }
}
