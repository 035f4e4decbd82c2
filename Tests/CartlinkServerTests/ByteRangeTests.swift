// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CartlinkServer

struct ByteRangeTests {
    /// Of ten bytes.
    static let wishes: [(header: String?, range: ByteRange)] = [
        (nil, .whole), ("", .whole), ("bytes=0-3", .part(0..<4)), ("bytes=0-32767", .part(0..<10)), ("bytes=9-9", .part(9..<10)),
        ("bytes=4-", .part(4..<10)), ("bytes=-3", .part(7..<10)), ("bytes=-99", .part(0..<10)), ("Bytes=0-0", .part(0..<1)),
        (" bytes = 1 - 2 ", .part(1..<3)), ("bytes=0-99999999999999999999999", .part(0..<10)),
        ("bytes=10-", .unsatisfiable), ("bytes=10-12", .unsatisfiable), ("bytes=-0", .unsatisfiable),
        ("bytes=99999999999999999999999-", .unsatisfiable),
        ("bytes=5-2", .whole), ("bytes=0-1,4-5", .whole), ("items=0-3", .whole), ("bytes", .whole), ("bytes=", .whole), ("bytes=-", .whole),
        ("bytes=a-b", .whole), ("bytes=0--1", .whole), ("bytes=+1-2", .whole), ("bytes=0x1-2", .whole), ("bytes=1.0-2", .whole),
        ("bytes=٠-٣", .whole), ("bytes=0-3=", .whole), ("0-3", .whole),
    ]

    @Test(arguments: wishes)
    func aHeaderAsksForAPartOrForNothing(header: String?, range: ByteRange) {
        #expect(ByteRange(header, of: 10) == range)
    }

    @Test func nothingHasNoParts() {
        for header in ["bytes=0-", "bytes=0-0", "bytes=-1"] { #expect(ByteRange(header, of: 0) == .unsatisfiable) }
        #expect(ByteRange(nil, of: 0) == .whole)
    }
}
