// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import StoreSQL
import Testing

@Suite struct WaitingWritesTests {
    @Test func whatTakesAwayGoesFirstAndOfEveryFourOneIsOrdinary() throws {
        var waiting = WaitingWrites()
        for purpose in [.ordinary, .ordinary] + [WritePurpose](repeating: .takingAway, count: 4) + [.ordinary] {
            try waiting.append(write(purpose))
        }
        #expect(waiting.takeNext(5).map(\.purpose) == [.takingAway, .takingAway, .takingAway, .ordinary, .takingAway])
        #expect(waiting.takeNext(5).map(\.purpose) == [.ordinary, .ordinary])
        #expect(waiting.isEmpty)
    }

    @Test func whatWasNotTriedGoesBeforeAllOthers() throws {
        var waiting = WaitingWrites()
        for _ in 0..<3 { try waiting.append(write(.ordinary)) }
        let group = waiting.takeNext(2)
        waiting.putBack(group.dropFirst())
        #expect(waiting.count == 2)
        #expect(waiting.removeAll().count == 2 && waiting.isEmpty)
    }

    @Test func whatTakesManyAwayHasItsTurnAlone() throws {
        var waiting = WaitingWrites()
        for purpose in [WritePurpose.ordinary, .takingAway, .takingManyAway, .takingAway] { try waiting.append(write(purpose)) }
        let turns = (0..<4).map { _ in waiting.takeNext(9).map(\.purpose) }
        #expect(turns == [[.takingAway], [.takingManyAway], [.takingAway, .ordinary], []])
    }

    @Test func whoHasWaitedTooLongIsTakenOut() throws {
        var waiting = WaitingWrites()
        for _ in 0..<3 { try waiting.append(write(.ordinary)) }
        let between = ContinuousClock.now
        try waiting.append(write(.takingAway))
        #expect(waiting.removeAll(before: between).count == 3)
        #expect(waiting.removeAll(before: between).isEmpty && waiting.count == 1)
    }

    @Test func placesBeyondTheLimitAreForWhatTakesAway() throws {
        var waiting = WaitingWrites()
        for _ in 0..<WaitingWrites.limit { try waiting.append(write(.ordinary)) }
        #expect(throws: StoreError(.overloaded, cause: "")) { try waiting.append(write(.ordinary)) }
        for _ in 0..<WaitingWrites.reservedPlaces { try waiting.append(write(.takingAway)) }
        #expect(throws: StoreError(.overloaded, cause: "")) { try waiting.append(write(.takingAway)) }
        #expect(waiting.count == WaitingWrites.limit + WaitingWrites.reservedPlaces)
    }

    private func write(_ purpose: WritePurpose) -> PendingWrite {
        PendingWrite(purpose, { _ throws(ShareError) in }, reply: { _ in })
    }
}
