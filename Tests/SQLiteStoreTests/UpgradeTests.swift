// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import SQLiteStore
import ShareLinks
import StoreContract
import Testing

/// Stores that an earlier version wrote.
@Suite struct UpgradeTests {
    @Test func firstVersionsLinksAndCartsWorkAndAreOlderThanAnyDecision() async throws {
        try await TemporaryFolder.use { folder in
            try FirstVersion.write(in: folder)
            let store = try SQLiteStore.opened(in: folder)
            #expect(store.facts.schemaVersion == 7)
            let shop = TestShop(store: store)
            let link = try #require(try await shop.stored(FirstVersion.link))
            #expect(link.serial == Serial(0) && link.accepts == 0 && link.maxAccepts == nil && !link.allowsTakeOver)
            #expect(try await shop.standing(of: TestShop.carla) == .owner)
            let cart = try await shop.sharing.cart(CartID("cart-1")!, for: .person(TestShop.carla), at: TestShop.start).cart
            #expect(cart.document == Array(#"{"items":[]}"#.utf8) && cart.version == CartVersion(6) && cart.unconfirmed.isEmpty)

            let grant = try #require(try await shop.accept(link, as: TestShop.dora).grant)
            #expect(try await shop.standing(of: TestShop.dora) == .fullGrant)
            try await shop.setAccess(of: grant, to: .readOnly)
            #expect(try await shop.accept(link, as: TestShop.dora).access == .readOnly)
            try await shop.withdraw(grant)
            await #expect(throws: ShareError.grantWithdrawn) { try await shop.accept(link, as: TestShop.dora) }

            #expect(try await shop.push(owner: TestShop.carla).version > cart.version)
            let newer = try await shop.issue(.unit(.full), by: TestShop.carla)
            #expect(newer.serial > link.serial)
            #expect(try await shop.accept(newer, as: TestShop.dora).access == .full)
            try await store.close()
            #expect(try SQLiteStore.opened(in: folder).facts.schemaVersion == 7)
        }
    }

    @Test func secondVersionsGrantsKeepTheCompanyOfTheOwnersWord() async throws {
        try await TemporaryFolder.use { folder in
            try SecondVersion.write(in: folder)
            let store = try SQLiteStore.opened(in: folder)
            #expect(store.facts.schemaVersion == 7)
            let shop = TestShop(store: store)
            let acme = Grant.Title.owner(inside: TestShop.carla.companyID)
            let expected: [(Person, readOnly: Grant.Title?, full: Grant.Title?)] = [
                (TestShop.dora, acme, nil), (TestShop.anna, nil, .owner(inside: nil)),
                (TestShop.buyer("eva", companyUser: "cu-eva"), acme, .link(FirstVersion.link)),
                (TestShop.buyer("fred", companyUser: "cu-fred"), nil, nil),
            ]
            for (person, readOnly, full) in expected {
                let grant = try #require(try await shop.storedGrant(of: person))
                #expect(grant.readOnly == readOnly && grant.full == full && grant.decidedAt == Serial(4), "\(person.subject)")
                #expect((grant.withdrawnAt == nil) == (readOnly ?? full != nil))
            }
            #expect(try await shop.standing(of: TestShop.dora) == .readOnlyGrant)
            let moved = TestShop.buyer("dora", company: "other", companyUser: "cu-dora")
            #expect(try await shop.standing(of: moved) == nil)
            #expect(try await shop.standing(of: TestShop.anna) == .fullGrant)
            try await store.close()
        }
    }
}
