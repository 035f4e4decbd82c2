// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    static let grantSelections =
        selectedGrants.map { make, ended, changed in
            StoreRule("\(String(describing: make(.example)).prefix { $0 != "(" }) ends \(ended.count) grants, changes \(changed.count)") {
                shop in
                let (links, before) = try await shop.fillWithGrants()
                let selector = make(links)
                let decision = Serial(1_000_000)
                let later = TestShop.start + 60
                let counted = try await shop.store.read { view throws(ShareError) in try view.grantsToWithdraw(named: selector) }
                let count = try await shop.store.write(.takingAway) { store throws(ShareError) in
                    let count = try store.withdrawGrants(named: selector, decision: decision, at: later)
                    #expect(try store.grantsToWithdraw(named: selector) == 0)
                    return count
                }
                #expect(counted == ended.count)
                #expect(count == ended.count)
                let after = try await shop.grants(named: Array(before.keys))
                for (name, grant) in before {
                    var expected = grant
                    if ended.contains(name) { expected = grant.withdrawn(at: later, decision: decision) }
                    if let left = changed[name] {
                        (expected.readOnly, expected.full) = (
                            left.contains(.readOnly) ? grant.readOnly : nil, left.contains(.full) ? grant.full : nil
                        )
                        expected.decidedAt = decision
                    }
                    #expect(after[name] == expected, "\(name)")
                }
            }
        }

    /// For each selector, which of ``TestShop/fillWithGrants()`` it ends, and which lose a title and keep those given here.
    private static let selectedGrants:
        [(make: @Sendable (NamedLinks) -> LinkSelector, ended: Set<String>, changed: [String: Set<Access>])] = [
            ({ .link($0["read"].id) }, ["dora-1"], ["eva-1": [.full]]),
            ({ .link($0["full"].id) }, [], ["eva-1": [.readOnly], "ben-anna": [.readOnly]]),
            ({ .link($0["revoked"].id) }, [], [:]),
            ({ _ in .cart(CartID("cart-1")!) }, ["dora-1", "eva-1", "fred-1"], ["ben-anna": [.readOnly]]),
            ({ _ in .cart(CartID("unknown")!) }, [], [:]),
            ({ _ in .owner(UserID("carla")!) }, ["dora-1", "eva-1", "fred-1"], ["ben-anna": [.readOnly]]),
            ({ _ in .owner(UserID("anna")!) }, ["ben-anna", "dora-anna"], [:]),
            ({ _ in .person(.companyUser(CompanyUserID("cu-carla")!)) }, ["dora-1", "eva-1", "fred-1"], ["ben-anna": [.readOnly]]),
            ({ _ in .person(.companyUser(CompanyUserID("cu-dora")!)) }, ["dora-1", "dora-anna"], [:]),
            ({ _ in .person(.user(UserID("carla")!)) }, [], [:]),
            ({ _ in .company(CompanyID("acme")!) }, ["dora-1", "eva-1", "fred-1", "dora-anna"], ["ben-anna": [.readOnly]]),
            ({ _ in .company(CompanyID("other")!) }, ["fred-1"], [:]),
            ({ _ in .businessUnit(BusinessUnitID("paint")!) }, ["dora-1", "eva-1"], ["ben-anna": [.readOnly]]),
            ({ _ in .label("one") }, ["dora-1"], ["eva-1": [.full]]),
            ({ _ in .keySlot(KeySlot(rawValue: 0)!) }, ["dora-1", "eva-1"], ["ben-anna": [.readOnly]]),
            ({ _ in .keySlot(KeySlot(rawValue: 1)!) }, [], [:]),
            ({ .key($0["read"].key) }, ["dora-1", "eva-1"], ["ben-anna": [.readOnly]]),
            ({ _ in .createdBy("company-user:cu-carla") }, ["dora-1", "eva-1"], ["ben-anna": [.readOnly]]),
            ({ _ in .createdBy("service:storefront") }, [], [:]),
            ({ .createdBefore($0["full"].createdAt) }, ["dora-1"], ["eva-1": [.full]]),
            ({ .createdAfter($0["read"].createdAt) }, [], ["eva-1": [.readOnly], "ben-anna": [.readOnly]]),
            ({ _ in .all }, ["dora-1", "eva-1", "fred-1", "ben-anna", "dora-anna"], [:]),
        ]
}

extension TestShop {
    /// Grants of each kind by the names of their holders and carts, and the links that they rest on.
    ///
    /// "gone-1" was withdrawn, and "dead-1" rests on a link that was revoked and left it behind.
    fileprivate func fillWithGrants() async throws -> (NamedLinks, [String: Grant]) {
        let cart = try await push(owner: TestShop.carla)
        let annas = try await push("cart-anna", owner: TestShop.anna)
        for person in [TestShop.carla, TestShop.dora, TestShop.eva, TestShop.fred] { try await enter(person) }
        var links = NamedLinks()
        let orders: [(String, LinkOrder)] = [("read", .unit(.readOnly).labelled("one")), ("full", .unit(.full)), ("revoked", .unit(.full))]
        for (second, (name, order)) in orders.enumerated() {
            links.add(name, try await issue(order, by: TestShop.carla, at: TestShop.start + Int64(second)))
        }
        try await revoke(links["revoked"], by: TestShop.carla)
        let title = { (name: String) in Grant.Title.link(links[name].id) }
        let rows: [(String, Cart, Person, readOnly: Grant.Title?, full: Grant.Title?)] = [
            ("dora-1", cart, TestShop.dora, title("read"), nil),
            ("eva-1", cart, TestShop.eva, title("read"), title("full")),
            ("fred-1", cart, TestShop.fred, .owner(inside: nil), nil),
            ("gone-1", cart, TestShop.ben, nil, nil),
            ("dead-1", annas, TestShop.eva, nil, nil),
            ("ben-anna", annas, TestShop.ben, .owner(inside: nil), title("full")),
            ("dora-anna", annas, TestShop.dora, nil, .owner(inside: CompanyID("acme"))),
        ]
        var grants: [String: Grant] = [:]
        for (name, cart, holder, readOnly, full) in rows {
            var grant = Grant.plain(name, on: cart, holder: holder)
            (grant.readOnly, grant.full, grant.decidedAt) = (readOnly, full, Serial(3))
            if readOnly == nil, full == nil { grant = grant.withdrawn(at: TestShop.start + 5, decision: nil) }
            try await put(grant)
            grants[name] = grant
        }
        return (links, grants)
    }

    fileprivate func grants(named names: [String]) async throws(ShareError) -> [String: Grant] {
        var grants: [String: Grant] = [:]
        for name in names { grants[name] = try await grant(GrantID(name)!) }
        return grants
    }
}
