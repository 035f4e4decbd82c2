// SPDX-License-Identifier: Apache-2.0

import Dispatch
import NIOCore
import NIOEmbedded
import SeededRandomness
import Synchronization
import Testing

@testable import CartlinkServer

/// A gate on a clock that stands still until a test moves it.
struct AdmissionGateTests {
    private let loop = EmbeddedEventLoop()
    private let told = Told()

    private func gate(places: Int = 1, mostParked: Int = 100, refusalsAtOnce: Int = 100) -> AdmissionGate {
        let loop = NIOLoopBound(loop, eventLoop: loop)
        return AdmissionGate(
            .init(places: places, mostParked: mostParked, patience: .milliseconds(250), refusalsAtOnce: refusalsAtOnce),
            now: { loop.value.now },
            alarm: { time, ring in loop.value.scheduleTask(in: time, ring) }
        )
    }

    @discardableResult
    private func enter(_ gate: AdmissionGate, _ name: Int) -> AdmissionGate.Entry {
        gate.enter { [told] in { refusal in told.add(name, refusal) } }
    }

    @Test func whereThereIsRoomNobodyWaits() {
        let gate = gate(places: 2)
        #expect(enter(gate, 1) == .admitted && enter(gate, 2) == .admitted)
        #expect(gate.load == (2, 0))
        gate.leave()
        #expect(enter(gate, 3) == .admitted)
        #expect(told.all.isEmpty)
    }

    @Test func aLineIsServedInOrderHoweverLongItStands() {
        let gate = gate(mostParked: 1000)
        let longest = ParkedLine<Int>.longestInOrder
        for name in 0...longest { enter(gate, name) }
        loop.advanceTime(by: .milliseconds(200))
        for _ in 1...longest { gate.leave() }
        #expect(told.all == (1...longest).map { .admitted($0) })
    }

    @Test func aLineThatIsTooLongIsServedFromItsYoungEnd() {
        let gate = gate(mostParked: 1000)
        let longest = ParkedLine<Int>.longestInOrder
        for name in 0...(longest + 2) { enter(gate, name) }
        for _ in 1...4 { gate.leave() }
        // Two too many: the newest go first, then the line keeps its order again.
        #expect(told.all == [.admitted(longest + 2), .admitted(longest + 1), .admitted(1), .admitted(2)])
    }

    @Test func nobodyIsRefusedBeforeHisPatienceIsOver() {
        let gate = gate()
        enter(gate, 0)
        enter(gate, 1)
        loop.advanceTime(by: .milliseconds(200))
        enter(gate, 2)
        loop.advanceTime(by: .milliseconds(49))
        #expect(told.all.isEmpty)
        loop.advanceTime(by: .milliseconds(1))
        #expect(told.all == [.refused(1, .patienceOver)])
        loop.advanceTime(by: .milliseconds(200))
        #expect(told.all == [.refused(1, .patienceOver), .refused(2, .patienceOver)])
        #expect(gate.load == (1, 0))
        gate.leave()
        #expect(gate.load == (0, 0))
    }

    @Test func refusalsComeInSmallNumbers() {
        let gate = gate(refusalsAtOnce: 2)
        for name in 0...5 { enter(gate, name) }
        loop.advanceTime(by: .milliseconds(250))
        #expect(told.all.count == 2)
        loop.advanceTime(by: AdmissionGate.shortestAlarm)
        #expect(told.all.count == 4)
        loop.advanceTime(by: AdmissionGate.shortestAlarm)
        #expect(told.all == (1...5).map { .refused($0, .patienceOver) })
        // And the alarm rings again for who comes later.
        enter(gate, 6)
        loop.advanceTime(by: .milliseconds(250))
        #expect(told.all.last == .refused(6, .patienceOver))
    }

    @Test func oneTooManyPushesTheOldestOut() {
        let gate = gate(mostParked: 2)
        for name in 0...3 { enter(gate, name) }
        #expect(told.all == [.refused(1, .lineTooLong)])
        #expect(gate.load == (1, 2))
    }

    @Test func whoGivesUpIsToldNothing() {
        let gate = gate()
        enter(gate, 0)
        let entries = (1...3).map { enter(gate, $0) }
        guard case .parked(let middle) = entries[1] else { return #expect(Bool(false)) }
        #expect(gate.giveUp(middle))
        #expect(!gate.giveUp(middle))
        for _ in 1...3 { gate.leave() }
        #expect(told.all == [.admitted(1), .admitted(3)])
        #expect(gate.load == (0, 0))
        guard case .parked(let first) = entries[0] else { return #expect(Bool(false)) }
        #expect(!gate.giveUp(first))
    }

    /// Whatever happens in whatever order: everyone is told once or gave up, no place is lost, and none is given twice.
    @Test(arguments: 1...20)
    func noPlaceIsLostOrGivenTwice(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let gate = gate(places: 3, mostParked: 8, refusalsAtOnce: 2)
        var running = 0
        var waiting: [Int: Int] = [:]  // name: ticket
        var seen = 0
        var lastName = 0
        for _ in 0..<3000 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<4:
                lastName += 1
                switch enter(gate, lastName) {
                case .admitted: running += 1
                case .parked(let ticket): waiting[lastName] = ticket
                }
            case 4..<8:
                guard running > 0 else { continue }
                running -= 1
                gate.leave()
            case 8:
                guard let (name, ticket) = waiting.sorted(by: { $0.key < $1.key }).randomElement(using: &random) else { continue }
                #expect(gate.giveUp(ticket))
                waiting[name] = nil
            default: loop.advanceTime(by: .milliseconds(Int64.random(in: 1...120, using: &random)))
            }
            for turn in told.all[seen...] {
                #expect(waiting.removeValue(forKey: turn.name) != nil, "\(turn) was told to somebody who didn't wait")
                if turn.refusal == nil { running += 1 }
            }
            seen = told.all.count
            #expect(gate.load == (running, waiting.count))
            #expect(running <= 3 && waiting.count <= 8)
            #expect(waiting.isEmpty || running == 3, "somebody waits though there is room")
        }
        loop.advanceTime(by: .seconds(10))
        #expect(gate.load.parked == 0)
    }

    /// The same with real threads: at the end every place is free and everyone was told.
    @Test func manyThreadsAtOnceLoseNothing() async {
        let gate = AdmissionGate(.init(places: 4, mostParked: 64, patience: .milliseconds(5))) { time, ring in
            DispatchQueue.global().asyncAfter(deadline: .now() + .nanoseconds(Int(time.nanoseconds)), execute: ring)
        }
        let atOnce = AtOnce()
        @Sendable func work() async -> Bool {
            let refusal: AdmissionRefusal? = await withCheckedContinuation { continuation in
                if gate.enter({ { continuation.resume(returning: $0) } }) == .admitted { continuation.resume(returning: nil) }
            }
            guard refusal == nil else { return false }
            atOnce.add(1)
            await Task.yield()
            atOnce.add(-1)
            gate.leave()
            return true
        }
        await withTaskGroup(of: Int.self) { group in
            for _ in 0..<32 {
                group.addTask {
                    var done = 0
                    for _ in 0..<500 where await work() { done += 1 }
                    return done
                }
            }
            #expect(await group.reduce(0, +) > 0)
        }
        #expect(gate.load == (0, 0))
        #expect((1...4).contains(atOnce.most))
    }
}

/// How many run at once, and the most there were.
private final class AtOnce: Sendable {
    private let counts = Mutex((now: 0, most: 0))

    var most: Int { counts.withLock { $0.most } }

    func add(_ change: Int) {
        counts.withLock { $0 = ($0.now + change, max($0.most, $0.now + change)) }
    }
}

/// What the gate told whom.
private final class Told: Sendable {
    struct Turn: Equatable, Sendable {
        let name: Int
        let refusal: AdmissionRefusal?

        static func admitted(_ name: Int) -> Turn { Turn(name: name, refusal: nil) }
        static func refused(_ name: Int, _ refusal: AdmissionRefusal) -> Turn { Turn(name: name, refusal: refusal) }
    }

    private let turns = Mutex<[Turn]>([])

    var all: [Turn] { turns.withLock { $0 } }

    func add(_ name: Int, _ refusal: AdmissionRefusal?) {
        turns.withLock { $0.append(Turn(name: name, refusal: refusal)) }
    }
}
