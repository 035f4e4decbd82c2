// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import StoreContract
import StoreSQL
import Synchronization
import Testing

@testable import PostgresStore

/// Two stores on one database, as two nodes have them.
@Suite(.enabled(if: TestDatabase.isThere)) struct TwoNodesTests {
    private func onTwoNodes(_ work: @escaping @Sendable (TestShop, TestShop, TestDatabase) async throws -> Void) async throws {
        try await TestDatabase.use { database in
            try await database.opened(node: 1) { one in
                try await database.opened(node: 2) { other in
                    try await work(TestShop(store: one), TestShop(store: other), database)
                }
            }
        }
    }

    @Test func whatOneNodeChangedIsToldOnTheOtherBeforeItsCheckEnds() async throws {
        try await onTwoNodes { one, other, _ in
            let heard = Heard(other.store)
            for number in 0..<50 {
                let cart = try await one.push("cart-\(number % 5)")
                let link = try await one.issue(to: cart.id.text)
                try await other.store.revisionCheck?.pass()
                heard.clear()
                try await one.revoke(link)
                try await other.store.revisionCheck?.pass()
                #expect(heard.tells(of: cart.id))
                #expect(!heard.tellsAll)
                #expect(try await other.stored(link.id)?.revokedAt != nil)
            }
        }
    }

    @Test func aBulkRevocationTellsOfEverything() async throws {
        try await onTwoNodes { one, other, _ in
            try await one.push()
            try await one.issue()
            let heard = Heard(other.store)
            let done = try await one.administration.revokeAll(
                .all,
                expected: 1,
                isDryRun: false,
                by: TestShop.admin,
                reason: "drill",
                at: TestShop.start
            )
            #expect(done.revoked == 1)
            try await other.store.revisionCheck?.pass()
            #expect(heard.tellsAll)
        }
    }

    @Test func changesThatWereClearedAwayCountAsEverything() async throws {
        try await onTwoNodes { one, other, database in
            try await one.push()
            try await other.store.revisionCheck?.pass()
            let heard = Heard(other.store)
            // Held by a lock so that the other node's own look comes after the row is gone.
            try database.run("WITH gone AS (UPDATE revision SET n = n + 1 RETURNING n) SELECT n FROM gone")
            try await other.store.revisionCheck?.pass()
            #expect(heard.tellsAll)
        }
    }

    @Test func aThousandWhoWaitShareAFewLooks() async throws {
        try await onTwoNodes { one, _, _ in
            let store = try #require(one.store as? PostgresStore)
            let before = store.revisionLooks
            try await withThrowingTaskGroup { group in
                for _ in 0..<1000 { group.addTask { try await store.revisionCheck?.pass() } }
                try await group.waitForAll()
            }
            #expect(store.revisionLooks - before < 500)
        }
    }

    @Test func writesOfBothNodesMakeOneUnbrokenChain() async throws {
        try await onTwoNodes { one, other, _ in
            try await withThrowingTaskGroup { group in
                for (name, shop) in [("a", one), ("b", other)] {
                    for number in 0..<40 {
                        group.addTask {
                            try await shop.push("\(name)-\(number)")
                            let link = try await shop.issue(to: "\(name)-\(number)")
                            try await shop.revoke(link)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let rows = try await one.audit()
            #expect(rows.map(\.sequence) == Array(1...Int64(rows.count)))
            #expect(StoreRule.auditChain.firstBroken(in: rows, after: (0, .start)) == nil)
            #expect(rows.count >= 160)
        }
    }

    @Test func oneNodeAtATimeDeliversWebhooks() async throws {
        try await onTwoNodes { one, other, _ in
            try await until { one.store.deliversWebhooks || other.store.deliversWebhooks }
            for _ in 0..<20 {
                #expect(one.store.deliversWebhooks != other.store.deliversWebhooks)
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    @Test func aNodeThatStopsLeavesTheWebhooksToTheOther() async throws {
        try await TestDatabase.use { database in
            try await database.opened(node: 2) { other in
                let one = try await database.open(node: 1)
                try await until { one.deliversWebhooks || other.deliversWebhooks }
                try await one.close()
                try await until { other.deliversWebhooks }
            }
        }
    }
}

/// Waits up to five seconds for something to come true.
func until(_ condition: () async throws -> Bool) async throws {
    for _ in 0..<100 {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(50))
    }
    #expect(try await condition())
}

/// What a store's feed told.
private final class Heard: Sendable {
    private let changes = Mutex<Set<StoreChange>>([])

    init(_ store: any LinkStore) {
        store.changes.listen { more in self.changes.withLock { $0.formUnion(more) } }
    }

    func clear() { changes.withLock { $0 = [] } }
    func tells(of cart: CartID) -> Bool { changes.withLock { $0.contains(.cart(cart)) } }
    var tellsAll: Bool { changes.withLock { $0.contains(.everything) } }
}
