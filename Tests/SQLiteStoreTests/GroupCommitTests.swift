// SPDX-License-Identifier: Apache-2.0

import Dispatch
import SQLiteStore
import ShareLinks
import StoreContract
import Synchronization
import Testing

@Suite struct GroupCommitTests {
    @Test func concurrentChangesShareCommits() async throws {
        try await onDisk { store, shop in
            let links = try await gathered(in: store, until: { store.waiting == 64 }) { group in
                for _ in 0..<64 { group.addTask { try await shop.issue() } }
            }
            #expect(links.count == 64)
            // One for the cart, one for the change that held up the others, one for these.
            #expect(store.commits == 3)
            for link in links { #expect(try await shop.stored(link.id) == link) }
        }
    }

    @Test func changeThatThrowsHurtsNoOther() async throws {
        try await onDisk { store, shop in
            let links = try await gathered(in: store, until: { store.waiting == 64 }) { group in
                for number in 0..<64 {
                    group.addTask {
                        guard number.isMultiple(of: 4) else { return try await shop.issue() }
                        await #expect(throws: ShareError.limitReached) {
                            try await store.write(.ordinary) { store throws(ShareError) in
                                _ = try store.nextVersion()
                                _ = try store.revoke(.all, at: TestShop.start)
                                try store.record(AuditEntry(at: TestShop.start, actor: "nobody", action: .linksRevoked))
                                throw .limitReached
                            }
                        }
                        return nil
                    }
                }
            }
            #expect(links.count == 48)
            #expect(store.commits == 3)
            // The cart has the first version; those of the changes that threw were given to others.
            #expect(links.map(\.serial.number).sorted() == Array(2...49))
            #expect(try await shop.push("cart-2").version.number == 50)
            for link in links { #expect(try await shop.stored(link.id) == link) }
            let rows = try await shop.audit()
            #expect(rows.count == 50)
            #expect(StoreRule.auditChain.firstBroken(in: rows, after: (0, .start)) == nil)
        }
    }

    @Test func readThatRunsMeanwhileSeesNothingOfAGroup() async throws {
        try await onDisk { store, shop in
            let (hasLooked, looked) = AsyncStream.makeStream(of: Void.self)
            let isWritten = DispatchSemaphore(value: 0)
            async let counts = store.read { view throws(ShareError) in
                let before = try view.unrevokedLinks(named: .all)
                looked.finish()
                isWritten.wait()
                return [before, try view.unrevokedLinks(named: .all)]
            }
            for await _ in hasLooked {}
            _ = try await (shop.issue(), shop.issue())
            isWritten.signal()
            #expect(try await counts == [0, 0])
            #expect(try await store.read { view throws(ShareError) in try view.unrevokedLinks(named: .all) } == 2)
        }
    }

    @Test func queueIsBoundedAndKeepsPlacesForRevocations() async throws {
        try await onDisk { store, _ in
            let refused = Count()
            let answered = try await gathered(in: store, until: { store.waiting + refused.number == 6000 }) { group in
                for number in 0..<6000 {
                    group.addTask {
                        do throws(ShareError) {
                            try await store.write(number < 4500 ? .ordinary : .takingAway) { _ throws(ShareError) in }
                            return number
                        } catch {
                            #expect(error == .storeUnavailable(StoreError(.overloaded, cause: "")))
                            refused.increment()
                            return nil
                        }
                    }
                }
            }
            #expect(answered.count == 5120)
            #expect(answered.count { $0 < 4500 } <= 4096)
            try await store.write(.ordinary) { _ throws(ShareError) in }
        }
    }

    @Test func whatTakesAwayGoesBeforeWhatWaitedLonger() async throws {
        try await onDisk { store, _ in
            let turns = Mutex<[Int]>([])
            let take = { @Sendable (number: Int) async throws -> Int? in
                try await store.write(number.isMultiple(of: 10) ? .takingAway : .ordinary) { _ throws(ShareError) in
                    turns.withLock { $0.append(number) }
                }
                return number
            }
            _ = try await gathered(in: store, until: { store.waiting == 50 }) { group in
                for number in 1...50 { group.addTask { try await take(number) } }
            }
            #expect(Set(turns.withLock { $0 }.prefix(7)).isSuperset(of: [10, 20, 30, 40, 50]))
            #expect(turns.withLock { $0 }.count == 50)
        }
    }

    /// Each change fills a group for itself.
    @Test func noFloodOfRevocationsKeepsTheOthersWaiting() async throws {
        try await onDisk { store, shop in
            let large = try await shop.push("large", document: #"{"x":"\#(String(repeating: "x", count: 4_500_000))"}"#)
            let turns = Mutex<[WritePurpose]>([])
            let put = { @Sendable (purpose: WritePurpose) async throws -> Int? in
                try await store.write(purpose) { store throws(ShareError) in
                    turns.withLock { $0.append(purpose) }
                    try store.put(large)
                }
                return nil
            }
            let before = store.commits
            _ = try await gathered(in: store, until: { store.waiting == 22 }) { group in
                for number in 0..<22 { group.addTask { try await put(number < 20 ? .takingAway : .ordinary) } }
            }
            let order = turns.withLock { $0 }
            #expect(order.indices.filter { order[$0] == .ordinary } == [3, 7])
            // Two groups of four and one for each of the others, beside the change that held them up.
            #expect(store.commits - before == 1 + 2 + 14)
        }
    }

    /// Ten carts of half a megabyte: eight fill a group, the others come with the next.
    @Test func aGroupEndsWhenItHasWrittenMuchOfCarts() async throws {
        try await onDisk { store, shop in
            let document = #"{"x":"\#(String(repeating: "x", count: 500_000))"}"#
            let before = store.commits
            let pushed = try await gathered(in: store, until: { store.waiting == 10 }) { group in
                for number in 0..<10 { group.addTask { try await shop.push("large-\(number)", document: document).version } }
            }
            #expect(Set(pushed).count == 10)
            // One for the change that held up the others.
            #expect(store.commits - before == 3)
        }
    }

    private func onDisk(_ body: (SQLiteStore, TestShop) async throws -> Void) async throws {
        try await TemporaryFolder.use { folder in
            let store = try SQLiteStore.opened(in: folder)
            let shop = TestShop(store: store)
            try await shop.push()
            try await body(store, shop)
            try await store.close()
        }
    }
}

private final class Count: Sendable {
    private let value = Atomic(0)
    var number: Int { value.load(ordering: .relaxed) }
    func increment() { value.add(1, ordering: .relaxed) }
}

/// Holds the store up with one change until the tasks that `start` adds wait behind it, so that they make one group.
func gathered<Answer: Sendable>(
    in store: SQLiteStore,
    until areWaiting: @Sendable () -> Bool,
    _ start: @Sendable (inout ThrowingTaskGroup<Answer?, any Error>) -> Void
) async throws -> [Answer] {
    let (isHeld, held) = AsyncStream.makeStream(of: Void.self)
    let isReleased = DispatchSemaphore(value: 0)
    return try await withThrowingTaskGroup(of: Answer?.self) { group in
        group.addTask {
            try await store.write(.ordinary) { _ throws(ShareError) in
                held.finish()
                isReleased.wait()
            }
            return nil
        }
        for await _ in isHeld {}
        start(&group)
        while !areWaiting() { await Task.yield() }
        isReleased.signal()
        return try await group.reduce(into: []) { $0 += $1.map { [$0] } ?? [] }
    }
}
