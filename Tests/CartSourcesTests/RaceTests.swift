// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Synchronization
import Testing

@testable import CartSources

/// Whoever leaves at the very moment at which it is his turn takes nothing with him.
@Suite struct RaceTests {
    @Test func aTurnThatComesWithACancellationIsNotLost() async {
        let line = TurnLine<Int>(places: 1, mostWaiting: 4)
        for _ in 0..<1_000 {
            #expect(await enters(line))
            await withTaskGroup(of: Void.self) { group in
                await withTaskGroup(of: Void.self) { leaving in
                    leaving.addTask { if await enters(line) { line.leave(1) } }
                    while line.waiting(at: 1) == 0 { await Task.yield() }
                    group.addTask { line.leave(1) }
                    leaving.cancelAll()
                }
            }
            #expect(line.count == 0)
            guard line.count == 0 else { return }
        }
    }

    private func enters(_ line: TurnLine<Int>) async -> Bool {
        do throws(TurnLine<Int>.Refusal) {
            try await line.enter(1, within: .seconds(5))
            return true
        } catch {
            return false
        }
    }

    /// Numbers grow with each fetch, so one that is smaller than what was begun at the call is too old.
    private final class Counter: Sendable {
        let begun = Atomic<Int>(0)
    }

    @Test func whateverHappensNobodyIsLeftWaitingAndNobodyGetsWhatIsTooOld() async {
        let shelf = CartShelf<Int>(freshFor: .milliseconds(2), size: { _ in 1 })
        let fetches = Counter()
        let id = PlatformCartID("cart-1")!
        @Sendable func ask(asOfNow: Bool) async {
            let before = fetches.begun.load(ordering: .sequentiallyConsistent)
            let answer = try? await shelf.cart(id, asOfNow: asOfNow) { () throws(SourceError) in
                let number = fetches.begun.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue
                do { try await Task.sleep(for: .microseconds(300)) } catch { throw .unavailable(cause: "cut off") }
                return number
            }
            if let answer, asOfNow { #expect(answer > before) }
        }
        for round in 0..<40 {
            await withTaskGroup(of: Void.self) { staying in
                await withTaskGroup(of: Void.self) { leaving in
                    for number in 0..<8 {
                        staying.addTask { await ask(asOfNow: number % 3 == 0) }
                        leaving.addTask { await ask(asOfNow: number % 2 == 0) }
                        if number == round % 8 { shelf.forget(id) }
                        if number % 3 == 0 { try? await Task.sleep(for: .microseconds(200)) }
                    }
                    leaving.cancelAll()
                }
            }
            #expect(shelf.waiting(for: id) == nil)
        }
    }
}
