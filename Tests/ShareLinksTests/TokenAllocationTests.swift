// SPDX-License-Identifier: Apache-2.0

import CAllocationCount
import Testing

@testable import ShareLinks

@Suite("Checking a token takes no memory", .enabled(if: cartlink_allocation_count() >= 0, "nobody counts here"))
struct TokenAllocationTests {
    /// A genuine token, a forged one and one that is none.
    private static let texts: [UInt8] = {
        let genuine = Array(Samples.token().text.utf8)
        let last: UInt8 = genuine[48] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
        return genuine + genuine.dropLast() + [last] + genuine.dropLast() + [UInt8(ascii: "-")]
    }()

    @Test func aMillionChecksAllocateNothing() {
        var reader = LiveKeys.Reader(LiveKeys(Samples.ring()))
        // The first round makes what is made once.
        #expect(Self.passed(1, of: &reader) == 1)
        let before = cartlink_allocation_count()
        let passed = Self.passed(333_334, of: &reader)
        let after = cartlink_allocation_count()
        #expect(after == before)
        #expect(passed == 333_334)
    }

    @Test func anAllocationIsCounted() {
        let before = cartlink_allocation_count()
        let text = String(repeating: "x", count: 100)
        #expect(cartlink_allocation_count() > before)
        #expect(text.utf8.count == 100)
    }

    /// Checks each of the texts so often; answers how many passed.
    private static func passed(_ rounds: Int, of reader: inout LiveKeys.Reader) -> Int {
        texts.withUnsafeBytes { texts in
            var count = 0
            for round in 0..<3 * rounds {
                let start = round % 3 * Token.length
                let text = UnsafeRawBufferPointer(rebasing: texts[start..<start + Token.length])
                if let token = Token(utf8: text), reader.isGenuine(token) { count += 1 }
            }
            return count
        }
    }
}
