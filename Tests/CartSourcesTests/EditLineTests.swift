// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Synchronization
import Testing

@testable import CartSources

@Suite struct EditLineTests {
    private let id = PlatformCartID("cart-1")!
    private let gate = Gate()

    private final class Order: Sendable {
        let numbers = Mutex<[Int]>([])
    }

    private func edit(_ line: EditLine, _ work: @Sendable () -> Void = {}) async -> SourceError? {
        do throws(SourceError) {
            try await line.inTurn(id) { () throws(SourceError) in
                _ = try await gate.pass()
                work()
            }
            return nil
        } catch {
            return error
        }
    }

    @Test func editsOfOneCartComeInOrder() async {
        let line = EditLine()
        let order = Order()
        await withTaskGroup(of: SourceError?.self) { group in
            for number in 0..<10 {
                group.addTask { await edit(line) { order.numbers.withLock { $0.append(number) } } }
                #expect(await eventually { gate.count == 1 && line.waiting(for: id) == number })
            }
            gate.open(10)
            for await error in group { #expect(error == nil) }
        }
        #expect(order.numbers.withLock { $0 } == Array(0..<10) && line.count == 0)
    }

    @Test func anotherCartIsNotHeldUp() async throws {
        let line = EditLine()
        let other = try #require(PlatformCartID("cart-2"))
        await withTaskGroup(of: SourceError?.self) { group in
            group.addTask { await edit(line) }
            #expect(await eventually { gate.count == 1 })
            let answer = try? await line.inTurn(other) { () throws(SourceError) in 7 }
            #expect(answer == 7)
            gate.open()
        }
    }

    @Test func soManyMayWaitAndNoMore() async {
        let line = EditLine(mostWaiting: 16)
        await withTaskGroup(of: SourceError?.self) { group in
            group.addTask { await edit(line) }
            #expect(await eventually { gate.count == 1 })
            for _ in 0..<16 { group.addTask { await edit(line) } }
            #expect(await eventually { line.waiting(for: id) == 16 })
            #expect(await edit(line) == .unavailable(cause: "too many edits of one cart"))
            gate.open(17)
            for await error in group { #expect(error == nil) }
        }
        #expect(line.count == 0)
    }

    @Test func nobodyWaitsForEver() async {
        let line = EditLine(patience: .milliseconds(50))
        await withTaskGroup(of: SourceError?.self) { group in
            group.addTask { await edit(line) }
            #expect(await eventually { gate.count == 1 })
            #expect(await edit(line) == .unavailable(cause: "no turn among the edits of one cart"))
            #expect(line.waiting(for: id) == 0)
            gate.open(2)
            #expect(await group.next() == .some(nil))
        }
        #expect(await edit(line) == nil)
    }

    @Test func whoIsCancelledWhileWaitingHoldsUpNobody() async {
        let line = EditLine()
        await withTaskGroup(of: SourceError?.self) { group in
            group.addTask { await edit(line) }
            #expect(await eventually { gate.count == 1 })
            await withTaskGroup(of: SourceError?.self) { leaving in
                leaving.addTask { await edit(line) }
                #expect(await eventually { line.waiting(for: id) == 1 })
                group.addTask { await edit(line) }
                #expect(await eventually { line.waiting(for: id) == 2 })
                leaving.cancelAll()
                #expect(await leaving.next() == .some(.unavailable(cause: "cancelled")))
            }
            gate.open(2)
            for await error in group { #expect(error == nil) }
        }
        #expect(gate.count == 2 && line.count == 0)
    }

    @Test func anEditThatFailsLetsTheNextOneCome() async {
        let line = EditLine()
        await #expect(throws: SourceError.gone) { try await line.inTurn(id) { () throws(SourceError) in throw .gone } }
        gate.open()
        #expect(await edit(line) == nil)
        #expect(line.count == 0)
    }
}
