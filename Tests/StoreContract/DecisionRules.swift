// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    /// The owner's later decision wins.
    static let decisions = [
        StoreRule("who was withdrawn stays so through every older link; one issued afterwards works") { shop in
            try await shop.push(owner: TestShop.carla)
            let older = try await shop.issueOneOfEach(for: TestShop.dora)
            let grant = try #require(try await shop.accept(older[0], as: TestShop.dora).grant)
            try await shop.withdraw(grant)
            #expect(try await shop.standing(of: TestShop.dora) == nil)
            let rows = try await shop.audit().count
            for link in older {
                await #expect(throws: ShareError.grantWithdrawn) { try await shop.accept(link, as: TestShop.dora) }
            }
            // He may still look, as everyone inside the links' audience.
            #expect(try await shop.open(older[1], as: .person(TestShop.dora)).standing == .memberByLink)
            #expect(try await shop.standing(of: TestShop.dora) == nil)
            #expect(try await shop.audit().count == rows)
            #expect(try await shop.storedGrant(of: TestShop.dora)?.withdrawnAt == TestShop.start)
            let newer = try await shop.issue(.unit(.readOnly), by: TestShop.carla)
            let again = try #require(try await shop.accept(newer, as: TestShop.dora).grant)
            #expect(again.id != grant.id)
            #expect(try await shop.standing(of: TestShop.dora) == .readOnlyGrant)
            // The newer link opens no way for the older ones.
            for link in older { #expect(try await shop.accept(link, as: TestShop.dora).access == .readOnly) }
            #expect(try await shop.standing(of: TestShop.dora) == .readOnlyGrant)
        },
        StoreRule("who was lowered stays so through every older link; one issued afterwards raises") { shop in
            try await shop.push(owner: TestShop.carla)
            let older = try await shop.issueOneOfEach(for: TestShop.dora)
            let grant = try #require(try await shop.accept(older[0], as: TestShop.dora).grant)
            try await shop.setAccess(of: grant, to: .readOnly)
            for link in older {
                let accepted = try await shop.accept(link, as: TestShop.dora)
                #expect(!accepted.isGain && accepted.access == .readOnly)
                #expect(try await shop.standing(of: TestShop.dora) == .readOnlyGrant)
            }
            let newer = try await shop.issue(.unit(.full), by: TestShop.carla)
            #expect(try await shop.accept(newer, as: TestShop.dora).isGain)
            #expect(try await shop.standing(of: TestShop.dora) == .fullGrant)
            #expect(try await shop.storedGrant(of: TestShop.dora)?.id == grant.id)
        },
        StoreRule("what the owner decides of one person leaves the others as they are") { shop in
            try await shop.push(owner: TestShop.carla)
            let link = try await shop.issue(.internal(.company, access: .full), by: TestShop.carla)
            let doras = try #require(try await shop.accept(link, as: TestShop.dora).grant)
            _ = try await shop.accept(link, as: TestShop.eva)
            try await shop.setAccess(of: doras, to: .readOnly)
            #expect(try await shop.standing(of: TestShop.eva) == .fullGrant)
            try await shop.withdraw(doras)
            #expect(try await shop.standing(of: TestShop.eva) == .fullGrant)
            let gus = TestShop.buyer("gus", companyUser: "cu-gus")
            #expect(try await shop.accept(link, as: gus).access == .full)
        },
        StoreRule("withdrawing once more is a decision anew, and touches no grant made since") { shop in
            try await shop.push(owner: TestShop.carla)
            let grant = try await shop.grant(.full, toKnown: TestShop.dora)
            try await shop.withdraw(grant, at: TestShop.start + 1)
            let newer = try await shop.issue(.unit(.full), by: TestShop.carla)
            let rows = try await shop.audit().count
            try await shop.withdraw(grant, at: TestShop.start + 2)
            #expect(try await shop.audit().count == rows + 1)
            await #expect(throws: ShareError.grantWithdrawn) { try await shop.accept(newer, as: TestShop.dora) }
            // Its holder decides nothing.
            try await shop.withdraw(grant, by: TestShop.dora)
            #expect(try await shop.audit().count == rows + 1)
            let newest = try await shop.issue(.unit(.full), by: TestShop.carla)
            #expect(try await shop.accept(newest, as: TestShop.dora).access == .full)
            // The old grant's id is nobody's now.
            await #expect(throws: ShareError.grantNotFound) { try await shop.withdraw(grant) }
            #expect(try await shop.standing(of: TestShop.dora) == .fullGrant)
        },
        StoreRule("grants are changed by the owner, withdrawn by him or left by their holder, by nobody else") { shop in
            try await shop.push(owner: TestShop.carla)
            let grant = try await shop.grant(.readOnly, toKnown: TestShop.dora)
            try await shop.grant(.full, toKnown: TestShop.eva)
            let rows = try await shop.audit().count
            let callers: [(Caller, ShareError)] = [
                (.stranger, .loginRequired), (.person(TestShop.eva), .permissionDenied), (.person(TestShop.anna), .grantNotFound),
                (.person(TestShop.fred), .grantNotFound), (.service(TestShop.directory), .scopeMissing(.issueLinks)),
                (.service(TestShop.storefront), .ownerNotNamed),
            ]
            for (caller, error) in callers {
                await #expect(throws: error) {
                    try await shop.sharing.setAccess(of: grant.id, to: .full, by: caller, onBehalfOf: nil, at: TestShop.start)
                }
                await #expect(throws: error) { try await shop.sharing.withdraw(grant.id, by: caller, onBehalfOf: nil, at: TestShop.start) }
            }
            await #expect(throws: ShareError.permissionDenied) { try await shop.setAccess(of: grant, to: .full, by: TestShop.dora) }
            #expect(try await shop.standing(of: TestShop.dora) == .readOnlyGrant)
            #expect(try await shop.audit().count == rows)
            let service = Caller.service(TestShop.storefront)
            let named = TestShop.carla.subject
            _ = try await shop.sharing.setAccess(of: grant.id, to: .full, by: service, onBehalfOf: named, at: TestShop.start)
            #expect(try await shop.standing(of: TestShop.dora) == .fullGrant)
            try await shop.withdraw(grant, by: TestShop.dora)
            #expect(try await shop.standing(of: TestShop.dora) == nil)
        },
        StoreRule("the owner shares with an active person of his company, never with himself") { shop in
            try await shop.push(owner: TestShop.carla)
            try await shop.push("cart-anna", owner: TestShop.anna)
            try await shop.enter(TestShop.fred)
            try await shop.enter(TestShop.eva, isActive: false)
            let cases: [(Person, String, Person, ShareError)] = [
                (TestShop.carla, "cart-1", TestShop.carla, .cannotShareWithOneself),
                (TestShop.anna, "cart-anna", TestShop.anna, .cannotShareWithOneself),
                (TestShop.dora, "cart-1", TestShop.carla, .personUnknown),
                (TestShop.eva, "cart-1", TestShop.carla, .personUnknown), (TestShop.fred, "cart-1", TestShop.carla, .otherCompany),
                (TestShop.ben, "cart-1", TestShop.carla, .otherCompany), (TestShop.dora, "cart-1", TestShop.anna, .cartNotFound),
            ]
            for (number, (person, cart, owner, error)) in cases.enumerated() {
                await #expect(throws: error, "\(number)") { try await shop.grant(.full, to: person, on: cart, by: owner) }
            }
            #expect(try await shop.storedGrants().isEmpty)
            try await shop.grant(.full, to: TestShop.ben, on: "cart-anna", by: TestShop.anna)
            #expect(try await shop.standing(of: TestShop.ben, on: "cart-anna") == .fullGrant)
        },
    ]
}

extension TestShop {
    /// Links to "cart-1" of every circle with either access; the first gives full access.
    fileprivate func issueOneOfEach(for person: Person) async throws(ShareError) -> [Link] {
        var links: [Link] = []
        for access in [Access.full, .readOnly] {
            for circle in Audience.Circle.Kind.allCases {
                let named = circle == .person ? person.subject : nil
                links.append(try await issue(.internal(circle, person: named, access: access), by: TestShop.carla))
            }
        }
        return links
    }
}
