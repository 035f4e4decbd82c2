// SPDX-License-Identifier: Apache-2.0

extension Timestamp: CustomStringConvertible {
    /// The moment as RFC 3339 text in UTC, to the second: `2026-11-21T09:30:00Z`.
    public var description: String {
        let date = CivilDate(daysSince1970: seconds.quotientRoundedDown(by: 86_400))
        let rest = seconds - seconds.quotientRoundedDown(by: 86_400) * 86_400
        let clock = "\(padded(rest / 3600)):\(padded(rest / 60 % 60)):\(padded(rest % 60))"
        return "\(padded(date.year, to: 4))-\(padded(date.month))-\(padded(date.day))T\(clock)Z"
    }

    /// Reads RFC 3339 text (section 5.6) with any offset and any number of fractional digits.
    ///
    /// Leap seconds count as the second before them.
    package init?(rfc3339 text: some StringProtocol) {
        var rest = Array(text.utf8)[...]
        guard rest.count <= 64,
            let year = rest.takeDigits(4), rest.take("-"), let month = rest.takeDigits(2), rest.take("-"), let day = rest.takeDigits(2),
            rest.take("T") || rest.take("t"),
            let hour = rest.takeDigits(2), rest.take(":"), let minute = rest.takeDigits(2), rest.take(":"), let second = rest.takeDigits(2),
            hour < 24, minute < 60, second <= 60,
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        guard let fraction = rest.takeMilliseconds(), let offset = rest.takeOffset(), rest.isEmpty else { return nil }
        let clock = hour * 3600 + minute * 60 + min(second, 59) - offset
        milliseconds = (date.daysSince1970 * 86_400 + clock) * 1000 + fraction
        // An offset may lead out of the calendar.
        guard (Timestamp.startOfCalendar.seconds...Timestamp.endOfCalendar.seconds).contains(seconds) else { return nil }
    }

    private func padded(_ number: Int64, to width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension ArraySlice<UInt8> {
    fileprivate mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard first == UInt8(ascii: mark) else { return false }
        removeFirst()
        return true
    }

    fileprivate mutating func takeDigits(_ count: Int) -> Int64? {
        guard self.count >= count else { return nil }
        var number: Int64 = 0
        for digit in prefix(count) {
            guard (0x30...0x39).contains(digit) else { return nil }
            number = number * 10 + Int64(digit - 0x30)
        }
        removeFirst(count)
        return number
    }

    fileprivate mutating func takeMilliseconds() -> Int64? {
        guard take(".") else { return 0 }
        let digits = prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty else { return nil }
        removeFirst(digits.count)
        var number: Int64 = 0
        for place in 0..<3 {
            let digit = place < digits.count ? Int64(digits[digits.startIndex + place] - 0x30) : 0
            number = number * 10 + digit
        }
        return number
    }

    /// Seconds east of Greenwich.
    fileprivate mutating func takeOffset() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let sign: Int64 = first == UInt8(ascii: "-") ? -1 : 1
        guard take("+") || take("-"), let hours = takeDigits(2), take(":"), let minutes = takeDigits(2), hours < 24, minutes < 60 else {
            return nil
        }
        return sign * (hours * 3600 + minutes * 60)
    }
}
