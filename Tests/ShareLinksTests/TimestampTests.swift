// SPDX-License-Identifier: Apache-2.0

import SeededRandomness
import Testing

@testable import ShareLinks

@Suite("Moments as RFC 3339 text")
struct TimestampTests {
    /// Milliseconds by Python's `datetime`.
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", Int64(0)), ("1970-01-01T00:00:01.5Z", 1500), ("1969-12-31T23:59:59.999Z", -1),
        ("2026-11-21T09:30:00Z", 1_795_253_400_000), ("2026-11-21t09:30:00z", 1_795_253_400_000),
        ("2026-11-21T10:30:00+01:00", 1_795_253_400_000), ("2026-11-21T04:00:00-05:30", 1_795_253_400_000),
        ("2026-11-22T09:29:00+23:59", 1_795_253_400_000), ("2026-11-21T09:30:00-00:00", 1_795_253_400_000),
        ("2026-11-21T09:30:00.1239999Z", 1_795_253_400_123), ("2026-11-21T09:30:00.000000001+00:00", 1_795_253_400_000),
        ("2000-02-29T00:00:00Z", 951_782_400_000), ("2024-02-29T12:00:00Z", 1_709_208_000_000),
        ("1990-12-31T23:59:60Z", 662_687_999_000), ("1990-12-31T15:59:60-08:00", 662_687_999_000),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000), ("0000-01-01T00:00:00Z", -62_167_219_200_000),
        ("9999-12-31T23:59:59Z", 253_402_300_799_000),
    ])
    func textIsRead(text: String, milliseconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2026", "2026-11-21", "2026-11-21T09:30", "2026-11-21T09:30Z", "2026-11-21T09:30:00", "2026-11-21 09:30:00Z",
        "2026-11-21T09:30:00 Z", " 2026-11-21T09:30:00Z", "2026-11-21T09:30:00Z ", "2026-11-21T09:30:00Z\n", "2026-11-21T09:30:00Zz",
        "2026-11-21T09:30:00.Z", "2026-11-21T09:30:00,5Z", "2026-11-21T09:30:00.5", "2026-11-21T09:30:00+1:00", "2026-11-21T09:30:00+0100",
        "2026-11-21T09:30:00+01", "2026-11-21T09:30:00+24:00", "2026-11-21T09:30:00+01:60", "2026-11-21T09:30:00*01:00",
        "2026-11-21T24:00:00Z", "2026-11-21T09:60:00Z", "2026-11-21T09:30:61Z", "2026-11-21T9:30:00Z", "2026-00-21T09:30:00Z",
        "2026-13-21T09:30:00Z", "2026-11-00T09:30:00Z", "2026-11-31T09:30:00Z", "2026-04-31T09:30:00Z", "2026-01-32T09:30:00Z",
        "2026-02-29T09:30:00Z", "1900-02-29T09:30:00Z", "2100-02-29T09:30:00Z", "2024-02-30T09:30:00Z", "26-11-21T09:30:00Z",
        "02026-11-21T09:30:00Z", "-026-11-21T09:30:00Z", "+2026-11-21T09:30:00Z", "2026-11-21T-9:30:00Z", "2026/11/21T09:30:00Z",
        "٢٠٢٦-11-21T09:30:00Z", "2026-11-21T09:30:00\u{0}Z", "20261121T093000Z", "1795253400", "2026-W47-6T09:30:00Z",
    ])
    func otherTextsAreRefused(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test func longFractionsAreReadAndEndlessOnesRefused() {
        #expect(Timestamp(rfc3339: "2026-11-21T09:30:00." + String(repeating: "9", count: 40) + "Z")?.milliseconds == 1_795_253_400_999)
        #expect(Timestamp(rfc3339: "2026-11-21T09:30:00." + String(repeating: "9", count: 10_000) + "Z") == nil)
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func everySecondOfFourDigitYearsComesBack(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<3000 {
            let moment = Timestamp(seconds: Int64.random(in: -62_167_219_200...253_402_300_799, using: &random))
            #expect("\(moment)".utf8.count == 20)
            #expect(Timestamp(rfc3339: "\(moment)") == moment)
        }
    }

    @Test func offsetsOnlyNameTheSameMomentOtherwise() {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<2000 {
            let moment = Timestamp(seconds: Int64.random(in: 0...4_000_000_000, using: &random))
            let minutes = Int64.random(in: -1439...1439, using: &random)
            let local = "\(moment.adding(seconds: minutes * 60))".dropLast()
            let (hour, minute) = (minutes.magnitude / 60, minutes.magnitude % 60)
            let offset = "\(minutes < 0 ? "-" : "+")\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
            #expect(Timestamp(rfc3339: local + offset) == moment, "\(local)\(offset)")
        }
    }

    /// Days by Python's `datetime.date`.
    @Test(
        arguments: [
            (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 2, 29, 11_016), (2100, 2, 28, 47_540), (1900, 3, 1, -25_508),
            (1, 1, 1, -719_162), (9999, 12, 31, 2_932_896), (2026, 11, 21, 20_778),
        ] as [(Int64, Int64, Int64, Int64)]
    )
    func daysAreCountedAsTheCalendarHasThem(year: Int64, month: Int64, day: Int64, days: Int64) {
        #expect(CivilDate(year: year, month: month, day: day)?.daysSince1970 == days)
        #expect(CivilDate(daysSince1970: days) == CivilDate(year: year, month: month, day: day))
    }

    @Test func everyDayFollowsTheOneBefore() throws {
        var before = CivilDate(daysSince1970: -720_000)
        for number in Int64(-719_999)...200_000 {
            let date = CivilDate(daysSince1970: number)
            let next = date.day == before.day + 1 && date.month == before.month && date.year == before.year
            let nextMonth = date.day == 1 && before.day >= 28 && date.month == before.month + 1 && date.year == before.year
            let nextYear = date.day == 1 && before.day == 31 && date.month == 1 && before.month == 12 && date.year == before.year + 1
            try #require(next || nextMonth || nextYear, "day \(number)")
            before = date
        }
    }

    @Test func fractionsAreCutInText() {
        #expect("\(Timestamp(milliseconds: 1999))" == "1970-01-01T00:00:01Z")
        #expect("\(Timestamp(milliseconds: -1))" == "1969-12-31T23:59:59Z")
        #expect(Timestamp(milliseconds: -1).seconds == -1 && Timestamp(milliseconds: -1000).seconds == -1)
    }

    @Test func sumsThatOverflowEndAtTheCalendarsEnd() {
        #expect(Samples.now.adding(seconds: .max) == .endOfCalendar)
        #expect(Timestamp(milliseconds: .max).adding(seconds: 1) == .endOfCalendar)
        #expect("\(Timestamp.endOfCalendar)" == "9999-12-31T23:59:59Z")
        #expect(Samples.now.adding(seconds: -1).milliseconds == Samples.now.milliseconds - 1000)
    }

    @Test func momentsAreOrdered() {
        #expect(Timestamp(milliseconds: 1) < Timestamp(milliseconds: 2))
        #expect(!(Timestamp(milliseconds: 2) < Timestamp(milliseconds: 2)))
    }

    @Test func sumBeyondTheCalendarStaysAtItsEnds() {
        #expect(Samples.now.adding(seconds: 253_402_300_800) == .endOfCalendar)
        #expect(Samples.now.adding(seconds: .max) == .endOfCalendar)
        #expect(Samples.now.adding(seconds: .min) == .startOfCalendar)
    }

    @Test(arguments: ["9999-12-31T23:59:59-01:00", "0000-01-01T00:00:00+01:00"]) func offsetThatLeadsOutOfTheCalendarIsRefused(text: String)
    {
        #expect(Timestamp(rfc3339: text) == nil)
    }
}
