// SPDX-License-Identifier: Apache-2.0

/// The name of a link: 128 random bits.
///
/// It isn't secret: logs, the audit and the admin API use it. Written as 22 base62 digits.
public struct LinkID: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    package init?(_ text: some StringProtocol) {
        guard let (high, low) = Base62.halves(of: text) else { return nil }
        self.init(high: high, low: low)
    }
}

extension LinkID: CustomStringConvertible {
    public var description: String { Base62.text(high: high, low: low) }
}
