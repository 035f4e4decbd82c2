// SPDX-License-Identifier: Apache-2.0

import StoreContract
import Testing

/// Everything that every store must do, on PostgreSQL.
@Suite(.enabled(if: TestDatabase.isThere)) struct ContractTests {
    @Test(arguments: StoreRule.all)
    func postgresKeeps(_ rule: StoreRule) async throws {
        try await TestDatabase.use { database in
            try await database.opened { store in try await rule.holds(store) }
        }
    }

    @Test(arguments: [1, 2, 0xC0FFEE] as [UInt64])
    func randomHistoryIsThatOfTheModel(seed: UInt64) async throws {
        try await TestDatabase.use { database in
            try await database.opened { store in try await History(on: store).run(seed: seed, steps: 300) }
        }
    }
}
