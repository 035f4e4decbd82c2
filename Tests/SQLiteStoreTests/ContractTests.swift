// SPDX-License-Identifier: Apache-2.0

import SQLiteStore
import ShareLinks
import StoreContract
import Testing

/// Everything that every store must do, in memory and on disk.
@Suite struct ContractTests {
    @Test(arguments: StoreRule.all)
    func memoryKeeps(_ rule: StoreRule) async throws {
        try await rule.holds(SQLiteStore.inMemory(auditChain: StoreRule.auditChain, webhooks: StoreRule.webhooks))
    }

    @Test(arguments: StoreRule.all)
    func diskKeeps(_ rule: StoreRule) async throws {
        try await TemporaryFolder.use { folder in
            let store = try SQLiteStore.opened(in: folder)
            try await rule.holds(store)
            try await store.close()
        }
    }

    @Test(arguments: [1, 2, 3, 4, 0xC0FFEE] as [UInt64])
    func randomHistoryIsThatOfTheModel(seed: UInt64) async throws {
        try await TemporaryFolder.use { folder in
            let store = try SQLiteStore.opened(in: folder)
            try await History(on: store).run(seed: seed, steps: 300)
            try await store.close()
        }
    }
}
