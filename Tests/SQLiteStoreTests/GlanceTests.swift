// SPDX-License-Identifier: Apache-2.0

import Dispatch
import SQLiteStore
import ShareLinks
import StoreContract
import Testing

/// Brief look-ups, which run on the thread that asks.
@Suite struct GlanceTests {
    @Test func glanceSeesOneStateWhateverIsWrittenMeanwhile() async throws {
        try await onDisk { store, shop in
            let (hasLooked, looked) = AsyncStream.makeStream(of: Void.self)
            let isWritten = DispatchSemaphore(value: 0)
            let glance = Self.onAThread(of: store) { view throws(ShareError) in
                let before = try view.unrevokedLinks(named: .all)
                looked.finish()
                isWritten.wait()
                return [before, try view.unrevokedLinks(named: .all)]
            }
            for await _ in hasLooked {}
            try await shop.issue()
            isWritten.signal()
            #expect(try await glance.value == [0, 0])
            #expect(try await store.glance { view throws(ShareError) in try view.unrevokedLinks(named: .all) } == 1)
        }
    }

    /// The one connection is taken until the others were answered.
    @Test func nobodyWaitsForAConnection() async throws {
        try await onDisk { store, shop in
            let link = try await shop.issue()
            let (isBusy, busy) = AsyncStream.makeStream(of: Void.self)
            let isReleased = DispatchSemaphore(value: 0)
            let long = Self.onAThread(of: store) { view throws(ShareError) in
                busy.finish()
                isReleased.wait()
                return try view.link(link.id)
            }
            for await _ in isBusy {}
            for _ in 0..<8 { #expect(try await store.glance { view throws(ShareError) in try view.link(link.id) } == link) }
            isReleased.signal()
            #expect(try await long.value == link)
        }
    }

    @Test func connectionIsGoodAfterALookThatThrew() async throws {
        try await onDisk { store, shop in
            for _ in 0..<3 {
                await #expect(throws: ShareError.linkGone) {
                    try await store.glance { view throws(ShareError) in
                        _ = try view.unrevokedLinks(named: .all)
                        throw .linkGone
                    }
                }
                let link = try await shop.issue()
                #expect(try await store.glance { view throws(ShareError) in try view.link(link.id) } == link)
            }
        }
    }

    @Test func glanceAfterTheAnswerOfAChangeSeesIt() async throws {
        try await onDisk { store, shop in
            for _ in 0..<40 {
                let link = try await shop.issue(LinkOrder(audience: .external, access: .readOnly, lifetime: .seconds(60)))
                try await shop.revoke(link)
                #expect(try await store.glance { view throws(ShareError) in try view.link(link.id) }?.revokedAt != nil)
            }
        }
    }

    @Test func closedStoreGlancesNoMore() async throws {
        try await TemporaryFolder.use { folder in
            let store = try SQLiteStore.opened(in: folder)
            try await store.close()
            await #expect(throws: ShareError.self) {
                try await store.glance { view throws(ShareError) in try view.unrevokedLinks(named: .all) }
            }
        }
    }

    /// Asks from a thread that may block, unlike a task's.
    private static func onAThread<Answer: Sendable>(
        of store: SQLiteStore,
        _ look: @escaping @Sendable (any StoreView) throws(ShareError) -> Answer
    ) -> Task<Answer, any Error> {
        Task.detached(executorPreference: BlockingExecutor()) { try await store.glance(look) }
    }

    private func onDisk(_ body: (SQLiteStore, TestShop) async throws -> Void) async throws {
        try await TemporaryFolder.use { folder in
            let store = try SQLiteStore.open(folder: folder, auditChain: StoreRule.auditChain, diskReserve: 0, glancers: 1)
            let shop = TestShop(store: store)
            try await shop.push()
            try await body(store, shop)
            try await store.close()
        }
    }
}

/// Runs each job on a thread of the system's, as many as there are.
private final class BlockingExecutor: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        DispatchQueue.global().async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
