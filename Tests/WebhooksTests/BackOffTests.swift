// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Webhooks

@Suite struct BackOffTests {
    @Test func itDoublesFromOneSecondToAnHour() {
        let waits = (1..<BackOff.attempts).map { BackOff.wait(after: $0, chance: 0) / 1000 }
        #expect(waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048] + Array(repeating: 3600, count: 8))
        #expect((32_000...33_000).contains(waits.reduce(0, +)), "about nine hours")
    }

    @Test func chanceAddsATenthAtMost() {
        #expect(BackOff.wait(after: 1, chance: 1) == 1100)
        #expect(BackOff.wait(after: 99, chance: 1) == 3_960_000)
    }

    @Test(arguments: [(nil, 1000), (0, 1000), (-5, 1000), (30, 30_000), (3600, 3_600_000), (.max, 3_600_000)] as [(Int64?, Int64)])
    func whatTheReceiverAsksForIsHonouredUpToAnHour(asked: Int64?, wait: Int64) {
        #expect(BackOff.wait(after: 1, chance: 0, retryAfter: asked) == wait)
    }
}
