// SPDX-License-Identifier: Apache-2.0

import SeededRandomness
import Testing

@testable import ShareLinks

@Suite("The text of a link id")
struct LinkIDTests {
    @Test func idIsTwentyTwoDigits() {
        #expect("\(Samples.linkID)" == "00M5Rx98ttPBj7RE601z7X")
        #expect(LinkID("00M5Rx98ttPBj7RE601z7X") == Samples.linkID)
    }

    @Test func everyIDComesBack() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<2000 {
            let id = LinkID(high: random.next(), low: random.next())
            #expect(LinkID("\(id)") == id)
        }
    }

    @Test(arguments: [
        "", "0", "00M5Rx98ttPBj7RE601z7", "00M5Rx98ttPBj7RE601z7X0", " 00M5Rx98ttPBj7RE601z7X", "00M5Rx98ttPBj7RE601z7\n",
        "00M5Rx98ttPBj7RE601z7-", "00M5Rx98ttPBj7RE601z7\0", "00M5Rx98ttPBj7RE601zé", "LygHa16AHYG00000000000", "00000000000zzzzzzzzzzz",
    ])
    func otherTextsAreRefused(text: String) {
        #expect(LinkID(text) == nil)
    }

    @Test func newIDsDiffer() {
        let ids = Set((0..<1000).map { _ in SecureRandom.linkID() })
        #expect(ids.count == 1000)
        #expect(Set(ids.map(\.high)).count == 1000 && Set(ids.map(\.low)).count == 1000)
    }

    @Test func randomBytesAreAsManyAsAsked() {
        #expect(SecureRandom.bytes(0).isEmpty)
        #expect(SecureRandom.bytes(33).count == 33)
        #expect(SecureRandom.bytes(32) != SecureRandom.bytes(32))
    }
}
