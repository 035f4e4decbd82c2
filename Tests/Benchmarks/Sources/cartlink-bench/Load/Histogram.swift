// SPDX-License-Identifier: Apache-2.0

/// Counts durations in buckets that grow with the value, 128 to each power of two: a value read back is at most 0.8 % too high.
///
/// Adding allocates nothing, so that measuring doesn't disturb what is measured.
struct Histogram {
    private static let subBits = 7
    private static let bucketsPerPower = 1 << subBits
    private let buckets: UnsafeMutableBufferPointer<Int>
    private(set) var count = 0
    private(set) var longest: Int64 = 0

    /// The buckets live as long as the process: a run makes few histograms, and ends with it.
    init() {
        buckets = .allocate(capacity: (64 - Self.subBits) * Self.bucketsPerPower)
        buckets.initialize(repeating: 0)
    }

    /// - Parameter nanoseconds: a duration; a negative one counts as none.
    mutating func add(_ nanoseconds: Int64) {
        let value = max(nanoseconds, 0)
        buckets[Self.bucket(of: value)] += 1
        count += 1
        longest = max(longest, value)
    }

    /// The duration, in nanoseconds, that `share` (0 to 1) of all values don't exceed; nil where there are none.
    func quantile(_ share: Double) -> Int64? {
        guard count > 0 else { return nil }
        let rank = max(1, Int((share * Double(count)).rounded(.up)))
        var seen = 0
        for (bucket, number) in buckets.enumerated() {
            seen += number
            if seen >= rank { return min(Self.highest(in: bucket), longest) }
        }
        return longest
    }

    /// The first 128 buckets hold one value each; from there on a bucket's width doubles with each power of two.
    static func bucket(of value: Int64) -> Int {
        let power = 63 - (value | 1).leadingZeroBitCount
        let shift = max(0, power - subBits)
        return shift * bucketsPerPower + Int(value >> Int64(shift))
    }

    private static func highest(in bucket: Int) -> Int64 {
        let shift = max(0, bucket / bucketsPerPower - 1)
        return (Int64(bucket - shift * bucketsPerPower) + 1) << Int64(shift) - 1
    }
}
