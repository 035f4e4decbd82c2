// SPDX-License-Identifier: Apache-2.0

import Foundation
import SQLiteStore
import ShareLinks
import StoreContract
import Testing

/// What of a deleted cart is left in the file.
@Suite struct DeletionTests {
    @Test func deletedCartsAreOverwrittenAlsoAfterASnapshotWasDeleted() async throws {
        try await TemporaryFolder.use { folder in
            let canary = "CANARY of one cart"
            let store = try SQLiteStore.opened(in: folder)
            let shop = TestShop(store: store)
            try await shop.push("cart-2", document: "pinned")
            let link = try await shop.issue(.snapshot, to: "cart-2")
            try await shop.push(document: String(repeating: canary, count: 2_000))
            try await shop.revoke(link)
            _ = try await shop.sharing.deleteCart(CartID("cart-1")!, by: TestShop.storefront, at: TestShop.start)
            try await store.close()
            let bytes = Data(try StoreFiles(folder: folder).bytes())
            #expect(bytes.range(of: Data("pinned".utf8)) != nil)
            #expect(bytes.range(of: Data(canary.utf8)) == nil)
        }
    }
}
