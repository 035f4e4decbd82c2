// SPDX-License-Identifier: Apache-2.0

import SeededRandomness
import Testing

@testable import ShareLinks

@Suite("Base62 in groups")
struct Base62Tests {
    @Test(arguments: [
        (0, "00000000000"), (1, "00000000001"), (61, "0000000000z"), (62, "00000000010"), (4_294_967_296, "000004gfFC4"),
        (9_223_372_036_854_775_808, "AzL8n0Y58m8"), (UInt64.max, "LygHa16AHYF"),
    ])
    func eightBytesAreElevenDigitsBigEndian(number: UInt64, text: String) {
        #expect(written(number) == text)
        #expect(read(text) == number)
    }

    @Test func everyNumberComesBack() {
        var random = SeededGenerator(seed: 62)
        for _ in 0..<5000 {
            // Shifted, so that small numbers come as often as large ones.
            let number = random.next() >> (random.next() % 64)
            let text = written(number)
            #expect(text.utf8.count == 11)
            #expect(read(text) == number)
        }
    }

    @Test(arguments: ["LygHa16AHYG", "LygHa16AHZ0", "LygHa16AHYz", "M0000000000", "zzzzzzzzzzz"])
    func moreThanSixtyFourBitsAreRefused(text: String) {
        #expect(read(text) == nil)
    }

    @Test func onlyLettersAndDigitsAreDigits() {
        let digits = Set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
        for byte in UInt8.min...UInt8.max {
            let text = [byte]
            let number = text.withUnsafeBytes { Base62.number(in: $0) }
            #expect((number != nil) == digits.contains(byte), "byte \(byte)")
        }
    }

    @Test func orderOfNumbersIsOrderOfTexts() {
        var random = SeededGenerator(seed: 63)
        let numbers = (0..<500).map { _ in random.next() }.sorted()
        #expect(numbers.map(written) == numbers.map(written).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    private func written(_ number: UInt64) -> String {
        var text: [UInt8] = []
        Base62.append(number, count: Base62.digitsPerGroup, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    private func read(_ text: String) -> UInt64? {
        Array(text.utf8).withUnsafeBytes { Base62.number(in: $0) }
    }
}
