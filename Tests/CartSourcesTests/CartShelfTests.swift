// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

@testable import CartSources

@Suite struct CartShelfTests {
    private let id = PlatformCartID("cart-1")!
    private let gate = Gate()
    private let clock = StillClock()

    private func shelf(freshFor: Duration = .seconds(5)) -> CartShelf<Int> {
        CartShelf(freshFor: freshFor, size: { _ in 1 }, now: clock.now)
    }

    private typealias Group = TaskGroup<Result<Int, SourceError>>

    private func ask(_ shelf: CartShelf<Int>, asOfNow: Bool = false) async -> Result<Int, SourceError> {
        do throws(SourceError) {
            return .success(try await shelf.cart(id, asOfNow: asOfNow) { () throws(SourceError) in try await gate.pass() })
        } catch {
            return .failure(error)
        }
    }

    @Test func aCartIsFreshFromTheBeginningOfItsFetch() async {
        let shelf = shelf()
        gate.open(2)
        #expect(await ask(shelf) == .success(1))
        clock.advance(.milliseconds(4_999))
        #expect(await ask(shelf) == .success(1))
        clock.advance(.milliseconds(1))
        #expect(await ask(shelf) == .success(2))
    }

    @Test func theTimeOfTheFetchCounts() async {
        let shelf = shelf()
        await withTaskGroup(of: Result<Int, SourceError>.self) { group in
            group.addTask { await ask(shelf) }
            #expect(await eventually { gate.count == 1 })
            clock.advance(.seconds(5))
            gate.open(2)
            #expect(await group.next() == .success(1))
        }
        #expect(await ask(shelf) == .success(2))
    }

    @Test(arguments: [(Duration.seconds(5), 1), (.zero, 2)])
    func aHundredCallersShareFetches(freshFor: Duration, fetches: Int) async {
        let shelf = shelf(freshFor: freshFor)
        await withTaskGroup(of: Result<Int, SourceError>.self) { group in
            for _ in 0..<100 { group.addTask { await ask(shelf) } }
            #expect(await eventually { shelf.waiting(for: id).map { $0.now + $0.next } == 99 })
            gate.open(2)
            for await outcome in group { #expect(outcome == .success(1) || outcome == .success(fetches)) }
        }
        #expect(gate.count == fetches && shelf.waiting(for: id) == nil)
    }

    @Test func asOfNowIsNeverServedByAnOlderFetch() async {
        let shelf = shelf()
        gate.open()
        #expect(await ask(shelf) == .success(1))
        await withTaskGroup(of: Result<Int, SourceError>.self) { group in
            group.addTask { await ask(shelf, asOfNow: true) }
            #expect(await eventually { gate.count == 2 })
            for _ in 0..<5 { group.addTask { await ask(shelf, asOfNow: true) } }
            #expect(await eventually { shelf.waiting(for: id)?.next == 5 })
            #expect(await ask(shelf) == .success(1), "who may have an older one waits for nobody")
            gate.open(2)
            let outcomes = await group.reduce(into: [Int]()) { $0.append((try? $1.get()) ?? 0) }
            #expect(outcomes.sorted() == [2, 3, 3, 3, 3, 3])
        }
        #expect(await ask(shelf) == .success(3) && gate.count == 3)
    }

    @Test func afterAWriteWhatWasFetchedBeforeServesNobody() async {
        let shelf = shelf()
        gate.open()
        #expect(await ask(shelf) == .success(1))
        shelf.forget(id)
        gate.open()
        #expect(await ask(shelf) == .success(2))
    }

    @Test func aWriteDuringAFetchMakesAllOfThemAskAgain() async {
        let shelf = shelf()
        await withTaskGroup(of: Result<Int, SourceError>.self) { group in
            for _ in 0..<5 { group.addTask { await ask(shelf) } }
            #expect(await eventually { shelf.waiting(for: id)?.now == 4 && gate.count == 1 })
            shelf.forget(id)
            group.addTask { await ask(shelf) }
            #expect(await eventually { shelf.waiting(for: id)?.next == 5 })
            gate.open(2)
            for await outcome in group { #expect(outcome == .success(2)) }
        }
        #expect(await ask(shelf) == .success(2) && gate.count == 2)
    }

    @Test func whenWhoFetchesLeavesAnotherTakesOver() async {
        let shelf = shelf()
        await withTaskGroup(of: Result<Int, SourceError>.self) { others in
            await withTaskGroup(of: Result<Int, SourceError>.self) { leader in
                leader.addTask { await ask(shelf) }
                #expect(await eventually { gate.count == 1 })
                for _ in 0..<3 { others.addTask { await ask(shelf) } }
                #expect(await eventually { shelf.waiting(for: id)?.now == 3 })
                leader.cancelAll()
                #expect(await leader.next() == .failure(.unavailable(cause: "cut off")))
            }
            #expect(await eventually { gate.count == 2 })
            gate.open(2)
            for await outcome in others { #expect(outcome == .success(2)) }
        }
        #expect(gate.count == 2)
    }

    @Test func whoWaitsAndIsCancelledLeavesAtOnceAndIsNotMadeToFetch() async {
        let shelf = shelf()
        await withTaskGroup(of: Result<Int, SourceError>.self) { group in
            group.addTask { await ask(shelf) }
            #expect(await eventually { gate.count == 1 })
            await withTaskGroup(of: Result<Int, SourceError>.self) { waiting in
                waiting.addTask { await ask(shelf, asOfNow: true) }
                #expect(await eventually { shelf.waiting(for: id)?.next == 1 })
                waiting.cancelAll()
                #expect(await waiting.next() == .failure(.unavailable(cause: "cancelled")))
            }
            gate.open()
            #expect(await group.next() == .success(1))
        }
        #expect(gate.count == 1 && shelf.waiting(for: id) == nil)
    }

    @Test func errorsGoToAllWhoWaitedAndAreNotKept() async throws {
        let shelf = shelf()
        let isAsked = Gate()
        func failing() async -> Result<Int, SourceError> {
            do throws(SourceError) {
                return .success(
                    try await shelf.cart(id, asOfNow: false) { () throws(SourceError) in
                        _ = try await isAsked.pass()
                        throw .gone
                    }
                )
            } catch {
                return .failure(error)
            }
        }
        await withTaskGroup(of: Result<Int, SourceError>.self) { group in
            for _ in 0..<4 { group.addTask { await failing() } }
            #expect(await eventually { shelf.waiting(for: id)?.now == 3 })
            isAsked.open()
            for await outcome in group { #expect(outcome == .failure(.gone)) }
        }
        gate.open()
        #expect(await ask(shelf) == .success(1))
    }

    @Test func memoryIsBoundedAndTheOldestGoFirst() async throws {
        let shelf = CartShelf<Int>(freshFor: .seconds(5), mostEntries: 10, mostBytes: 100, size: { $0 }, now: clock.now)
        func put(_ number: Int, size: Int) async throws {
            let id = try #require(PlatformCartID("c\(number)"))
            _ = try await shelf.cart(id, asOfNow: false) { () throws(SourceError) in size }
        }
        for number in 0..<30 { try await put(number, size: 1) }
        #expect(shelf.kept == (10, 10))
        try await put(30, size: 95)
        #expect(shelf.kept == (6, 100), "five small ones beside it")
        try await put(31, size: 101)
        #expect(shelf.kept.bytes == 100, "what is too large alone isn't kept")
        clock.advance(.seconds(5))
        try await put(32, size: 1)
        #expect(shelf.kept == (1, 1))
        for _ in 0..<1_000 { _ = try await shelf.cart(#require(PlatformCartID("c32")), asOfNow: true) { () throws(SourceError) in 1 } }
        #expect(shelf.kept == (1, 1))
    }
}
