// SPDX-License-Identifier: Apache-2.0

extension Timestamp {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Reads an HTTP date in the one form that is written today (RFC 9110 section 5.6.7).
    package init?(httpDate text: some StringProtocol) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[5] == "GMT", let month = Self.months.firstIndex(of: String(parts[2])) else { return nil }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        self.init(rfc3339: "\(parts[3])-\(number)-\(parts[1])T\(parts[4])Z")
    }

    /// The moment as an HTTP date (RFC 9110 section 5.6.7): `Sat, 21 Nov 2026 09:30:00 GMT`.
    package var httpDate: String {
        let days = seconds.quotientRoundedDown(by: 86_400)
        let date = CivilDate(daysSince1970: days)
        // 1970-01-01 was a Thursday.
        let weekday = Int((days + 3) - (days + 3).quotientRoundedDown(by: 7) * 7)
        let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let day = date.day < 10 ? "0\(date.day)" : "\(date.day)"
        let clock = description.dropFirst(11).prefix(8)
        return "\(weekdays[weekday]), \(day) \(Self.months[Int(date.month) - 1]) \(description.prefix(4)) \(clock) GMT"
    }
}
