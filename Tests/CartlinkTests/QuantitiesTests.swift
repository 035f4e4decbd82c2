// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import cartlink

struct QuantitiesTests {
    static let times: [(text: String, seconds: Int64?)] = [
        ("90s", 90), ("5m", 300), ("12h", 43_200), ("7d", 604_800), ("1s", 1), ("007d", 604_800), ("0s", nil), ("0d", nil), ("", nil),
        ("7", nil),
        ("d", nil), ("7D", nil), ("7 d", nil), (" 7d", nil), ("-7d", nil), ("+7d", nil), ("1.5d", nil), ("7days", nil), ("1d12h", nil),
        ("٧d", nil), ("9223372036854775807s", .max), ("9223372036854775807d", nil), ("9223372036854775808s", nil), ("7w", nil),
    ]

    @Test(arguments: times)
    func timesAreANumberAndAUnit(text: String, seconds: Int64?) {
        #expect(Quantities.seconds(text) == seconds)
    }

    static let sizes: [(text: String, bytes: Int64?)] = [
        ("0", 0), ("64", 64), ("64kB", 64_000), ("64MB", 64_000_000), ("1GB", 1_000_000_000), ("0MB", 0), ("64mb", nil), ("64KB", nil),
        ("64MiB", nil), ("64 MB", nil), ("-1", nil), ("-1MB", nil), ("1.5MB", nil), ("MB", nil), ("", nil), ("9223372036854775807GB", nil),
    ]

    @Test(arguments: sizes)
    func sizesAreANumberAndAUnit(text: String, bytes: Int64?) {
        #expect(Quantities.bytes(text) == bytes)
    }

    static let rates: [(text: String, perMinute: Int?)] = [
        ("300/min", 300), ("1/min", 1), ("0/min", nil), ("-1/min", nil), ("300", nil), ("300/s", nil), ("300/MIN", nil), ("300 /min", nil),
        ("/min", nil), ("", nil), ("1.5/min", nil), ("99999999999999999999/min", nil),
    ]

    @Test(arguments: rates)
    func ratesArePerMinute(text: String, perMinute: Int?) {
        #expect(Quantities.perMinute(text) == perMinute)
    }
}
