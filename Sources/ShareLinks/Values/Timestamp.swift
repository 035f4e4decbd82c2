// SPDX-License-Identifier: Apache-2.0

/// A moment in milliseconds since 1970-01-01T00:00:00Z.
public struct Timestamp: Hashable, Comparable, Sendable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    package init(seconds: Int64) {
        milliseconds = seconds * 1000
    }

    /// Whole seconds since 1970, rounded down.
    package var seconds: Int64 {
        milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
    }

    public static func < (one: Timestamp, other: Timestamp) -> Bool {
        one.milliseconds < other.milliseconds
    }

    /// The moment `seconds` later; a sum beyond the calendar stays at its end or its start.
    package func adding(seconds: Int64) -> Timestamp {
        let (span, isTooLong) = seconds.multipliedReportingOverflow(by: 1000)
        let (sum, isTooLate) = milliseconds.addingReportingOverflow(span)
        guard !isTooLong, !isTooLate else { return seconds > 0 ? .endOfCalendar : .startOfCalendar }
        return min(max(Timestamp(milliseconds: sum), .startOfCalendar), .endOfCalendar)
    }

    /// 0000-01-01T00:00:00Z, the first second that RFC 3339 can write.
    package static let startOfCalendar = Timestamp(seconds: -62_167_219_200)

    /// 9999-12-31T23:59:59Z, the last one.
    package static let endOfCalendar = Timestamp(seconds: 253_402_300_799)
}
