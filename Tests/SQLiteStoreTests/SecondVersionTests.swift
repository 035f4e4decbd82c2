// SPDX-License-Identifier: Apache-2.0

import SQLiteStore
import ShareLinks
import StoreContract
import Testing

/// Stores that the second version wrote: people, and neither snapshots nor counts.
@Suite struct SecondVersionTests {
    @Test func itsLinksPinNothingAndWereNeverCounted() async throws {
        try await TemporaryFolder.use { folder in
            try SecondVersion.write(in: folder)
            let store = try SQLiteStore.opened(in: folder)
            #expect(store.facts.schemaVersion == 7)
            let shop = TestShop(store: store)
            let link = try #require(try await shop.stored(FirstVersion.link))
            #expect(link.card == .neutral && !link.isSnapshot && link.opens == LinkOpens(people: 0, robots: 0, lastAt: nil))
            #expect(link.accepts == 1 && link.maxAccepts == 4)

            let opens = LinkOpens(people: 2, robots: 3, lastAt: TestShop.start)
            #expect(try await shop.count(opens, of: link).opens == opens)
            let pinning = try await shop.issue(.snapshot, by: TestShop.carla)
            #expect(pinning.isSnapshot)
            try await shop.revoke(link, by: TestShop.carla)
            try await store.close()

            let again = TestShop(store: try SQLiteStore.opened(in: folder))
            #expect(try await again.stored(FirstVersion.link)?.opens == opens)
            #expect(try await again.stored(pinning.id) == pinning)
        }
    }
}
