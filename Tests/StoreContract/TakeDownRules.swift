// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    static let takeDowns = [
        StoreRule("a bulk revocation withdraws direct grants where it names carts or people, and counts them") { shop in
            let cases: [(LinkSelector, links: Int, grants: Int, left: Set<Person>)] = [
                (.cart(CartID("cart-1")!), 1, 2, [TestShop.ben]), (.owner(TestShop.carla.userID), 1, 2, [TestShop.ben]),
                (.owner(TestShop.anna.userID), 0, 1, [TestShop.dora, TestShop.eva]),
                (.person(TestShop.eva.subject), 0, 1, [TestShop.dora, TestShop.ben]),
                (.company(CompanyID("acme")!), 1, 2, [TestShop.ben]), (.all, 1, 3, []),
                (.businessUnit(BusinessUnitID("paint")!), 1, 1, [TestShop.eva, TestShop.ben]),
                (.keySlot(KeySlot(rawValue: 0)!), 1, 1, [TestShop.eva, TestShop.ben]),
            ]
            for (selector, links, grants, left) in cases {
                try await shop.push(owner: TestShop.carla)
                try await shop.push("cart-2", owner: TestShop.anna)
                let link = try await shop.issue(.unit(.full), by: TestShop.carla)
                _ = try await shop.accept(link, as: TestShop.dora)
                try await shop.grant(.full, toKnown: TestShop.eva)
                try await shop.grant(.readOnly, to: TestShop.ben, on: "cart-2", by: TestShop.anna)
                let revoke = { (isDryRun: Bool) async throws(ShareError) in
                    try await shop.administration.revokeAll(
                        selector,
                        expected: links,
                        isDryRun: isDryRun,
                        by: TestShop.admin,
                        reason: "drill",
                        at: TestShop.start
                    )
                }
                #expect(try await revoke(true).withdrawnGrants == grants)
                #expect(try await shop.standing(of: TestShop.dora) == .fullGrant)
                let done = try await revoke(false)
                #expect(done.revoked == links && done.withdrawnGrants == grants)
                #expect(try await shop.audit().last?.entry.after == "\(links) revoked, \(grants) grants withdrawn")
                for (person, cart) in [(TestShop.dora, "cart-1"), (TestShop.eva, "cart-1"), (TestShop.ben, "cart-2")] {
                    #expect(
                        (try await shop.standing(of: person, on: cart) != nil) == left.contains(person),
                        "\(selector) \(person.subject)"
                    )
                }
                #expect(try await revoke(false).withdrawnGrants == 0)
                try await shop.administration.revoke(link.id, by: TestShop.admin, reason: nil, at: TestShop.start)
                for id in ["cart-1", "cart-2"] {
                    try await shop.sharing.deleteCart(CartID(id)!, by: TestShop.storefront, at: TestShop.start)
                }
            }
        },
        StoreRule("who lost a grant in a bulk revocation gets none through an older link") { shop in
            try await shop.push(owner: TestShop.carla)
            try await shop.grant(.full, toKnown: TestShop.dora)
            let link = try await shop.issue(.unit(.full), by: TestShop.carla)
            let selector = LinkSelector.person(TestShop.dora.subject)
            _ = try await shop.administration.revokeAll(
                selector,
                expected: 0,
                isDryRun: false,
                by: TestShop.admin,
                reason: "left",
                at: TestShop.start
            )
            await #expect(throws: ShareError.grantWithdrawn) { try await shop.accept(link, as: TestShop.dora) }
        },
        StoreRule("an administrator's revocation and a key's retirement withdraw what rested on the links") { shop in
            _ = try await shop.store.admit(shop.sharing.keys.ring, at: TestShop.start)
            let old = TestShop(store: shop.store, keys: LiveKeys(TestShop.ring([TestShop.key(1, state: .signing)])))
            try await shop.push(owner: TestShop.carla)
            let first = try await shop.issue(.unit(.full), by: TestShop.carla)
            let second = try await old.issue(.unit(.full), by: TestShop.carla)
            _ = try await shop.accept(first, as: TestShop.dora)
            let gus = TestShop.buyer("gus", companyUser: "cu-gus")
            _ = try await shop.accept(second, as: gus)
            try await shop.grant(.readOnly, toKnown: TestShop.eva)
            try await shop.administration.revoke(first.id, by: TestShop.admin, reason: nil, at: TestShop.start)
            #expect(try await shop.standing(of: TestShop.dora) == nil)
            #expect(try await shop.standing(of: gus) == .fullGrant)
            let slot = KeySlot(rawValue: 1)!
            #expect(
                try await shop.administration.retireKey(in: slot, expected: 1, by: TestShop.admin, reason: nil, at: TestShop.start) == 1
            )
            #expect(try await shop.standing(of: gus) == nil)
            for person in [TestShop.dora, gus] { #expect(try await shop.storedGrant(of: person)?.withdrawnAt == TestShop.start) }
            #expect(try await shop.standing(of: TestShop.eva) == .readOnlyGrant)
        },
    ]
}
