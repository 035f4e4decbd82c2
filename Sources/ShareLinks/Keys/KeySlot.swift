// SPDX-License-Identifier: Apache-2.0

/// One of the eight places a link key can have; three bits of each token say which.
public struct KeySlot: RawRepresentable, Hashable, Sendable, Comparable, CaseIterable, CustomStringConvertible {
    public let rawValue: UInt8

    public init?(rawValue: UInt8) {
        guard rawValue < 8 else { return nil }
        self.rawValue = rawValue
    }

    private init(known: UInt8) {
        rawValue = known
    }

    public static let allCases: [KeySlot] = (0..<8).map(KeySlot.init(known:))
    public static func < (one: KeySlot, other: KeySlot) -> Bool { one.rawValue < other.rawValue }
    public var description: String { String(rawValue) }
}
