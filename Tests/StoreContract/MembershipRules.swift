// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    /// The directory is asked first, the login's claims after it.
    static let memberships =
        knownAs.map { name, enter, given, refused in
            StoreRule("someone whom the directory knows as \(name) has what the directory says") { shop in
                let titles = ["unit", "company", "person", "direct", "shop"]
                var links: [String: Link] = [:]
                for title in titles { try await shop.push("cart-\(title)", owner: TestShop.carla) }
                links["unit"] = try await shop.issue(.unit(.full), to: "cart-unit", by: TestShop.carla)
                links["company"] = try await shop.issue(.internal(.company, access: .full), to: "cart-company", by: TestShop.carla)
                let person = LinkOrder.internal(.person, person: TestShop.dora.subject, access: .full)
                links["person"] = try await shop.issue(person, to: "cart-person", by: TestShop.carla)
                links["shop"] = try await shop.issue(.internal(.shop, access: .full), to: "cart-shop", by: TestShop.carla)
                try await shop.sharing.recognise(TestShop.dora, at: TestShop.start)
                try await shop.grant(.full, to: TestShop.dora, on: "cart-direct")
                for link in links.values { _ = try await shop.accept(link, as: TestShop.dora) }
                for title in titles { #expect(try await shop.standing(of: TestShop.dora, on: "cart-\(title)") == .fullGrant) }
                try await enter(shop)
                // The login is valid as before.
                for title in titles {
                    let standing: Standing? = given.contains(title) ? .fullGrant : nil
                    #expect(try await shop.standing(of: TestShop.dora, on: "cart-\(title)") == standing, "\(title)")
                }
                for title in refused {
                    await #expect(throws: ShareError.notAMember, "\(title)") { try await shop.accept(links[title]!, as: TestShop.dora) }
                    await #expect(throws: ShareError.notAMember, "\(title)") {
                        try await shop.open(links[title]!, as: .person(TestShop.dora))
                    }
                }
                let listed = try await shop.sharing.carts(of: TestShop.dora, before: nil, limit: 9).carts.map(\.summary.id.text)
                #expect(Set(listed) == Set(given.map { "cart-\($0)" }))
                #expect(listed.count == given.count)
            }
        } + [
            StoreRule("a tombstone stands against a login of someone nobody knew, and against what logins teach") { shop in
                try await shop.push(owner: TestShop.carla)
                let link = try await shop.issue(.unit(.full), by: TestShop.carla)
                try await shop.remove(TestShop.dora)
                for _ in 0..<2 {
                    await #expect(throws: ShareError.notAMember) { try await shop.accept(link, as: TestShop.dora) }
                    try await shop.sharing.recognise(TestShop.dora, at: TestShop.start)
                    #expect(try await shop.companyUser(TestShop.dora)?.status == .left)
                }
                let rows = try await shop.audit().count
                try await shop.remove(TestShop.dora)
                #expect(try await shop.audit().count == rows)
                try await shop.enter(TestShop.dora)
                #expect(try await shop.accept(link, as: TestShop.dora).isGain)
            },
            StoreRule("a login teaches a name, and neither judges nor overrides what the shop entered") { shop in
                try await shop.push(owner: TestShop.carla)
                let moved = TestShop.buyer("dora", unit: "sales", companyUser: "cu-dora")
                let link = try await shop.issue(.unit(.full), by: TestShop.carla)
                try await shop.sharing.recognise(moved, at: TestShop.start)
                #expect(try await shop.companyUser(TestShop.dora) == CompanyUser(login: moved))
                // Taught as of another unit, judged by the login.
                #expect(try await shop.accept(link, as: TestShop.dora).isGain)
                try await shop.sharing.recognise(TestShop.dora, at: TestShop.start)
                #expect(try await shop.companyUser(TestShop.dora) == CompanyUser(login: TestShop.dora))
                try await shop.enter(moved)
                try await TestShop(store: shop.store).sharing.recognise(TestShop.dora, at: TestShop.start)
                #expect(try await shop.companyUser(TestShop.dora)?.person == moved)
                #expect(try await shop.companyUser(TestShop.dora)?.source == .shop)
                #expect(try await shop.audit().map(\.entry.action) == [.cartPushed, .linkIssued, .grantAccepted, .companyUserPut])
            },
            StoreRule("a login that names a company alone is judged by the user's entries there") { shop in
                try await shop.push(owner: TestShop.carla)
                let link = try await shop.issue(.unit(.readOnly), by: TestShop.carla)
                let person = Person(userID: UserID("gus")!, companyID: CompanyID("acme")!, businessUnitID: BusinessUnitID("paint")!)
                #expect(try await shop.open(link, as: .person(person)).standing == .memberByLink)
                let painter = TestShop.buyer("gus", companyUser: "cu-1")
                let seller = TestShop.buyer("gus", unit: "sales", companyUser: "cu-2")
                let expect = { (isMember: Bool) in
                    let standing = try? await shop.open(link, as: .person(person)).standing
                    #expect(standing == (isMember ? .memberByLink : nil))
                }
                try await shop.enter(seller)
                await expect(false)
                try await shop.enter(painter)
                await expect(true)
                try await shop.enter(painter, isActive: false)
                await expect(false)
                try await shop.remove(seller)
                await expect(false)
            },
            StoreRule("only a service with the scope enters and removes people") { shop in
                let id = TestShop.dora.companyUserID!
                await #expect(throws: ShareError.scopeMissing(.writeDirectory)) {
                    try await shop.sharing.put(id, as: TestShop.dora, isActive: true, by: TestShop.storefront, at: TestShop.start)
                }
                await #expect(throws: ShareError.scopeMissing(.writeDirectory)) {
                    try await shop.sharing.remove(id, by: TestShop.admin, at: TestShop.start)
                }
                let known = try await shop.companyUser(TestShop.dora)
                #expect(known == nil)
            },
        ]

    /// What the shop may say of dora, and which of her grants count then.
    private static let knownAs: [(name: String, enter: @Sendable (TestShop) async throws -> Void, given: [String], refused: [String])] = [
        ("herself", { try await $0.enter(TestShop.dora) }, ["unit", "company", "person", "direct", "shop"], []),
        (
            "of another unit", { try await $0.enter(TestShop.buyer("dora", unit: "sales", companyUser: "cu-dora")) },
            ["company", "person", "direct", "shop"], ["unit"]
        ),
        (
            "of no unit", { try await $0.enter(TestShop.buyer("dora", unit: nil, companyUser: "cu-dora")) },
            ["company", "person", "direct", "shop"], ["unit"]
        ),
        ("inactive", { try await $0.enter(TestShop.dora, isActive: false) }, [], ["unit", "company", "person"]),
        ("gone", { try await $0.remove(TestShop.dora) }, [], ["unit", "company", "person"]),
        (
            "someone of another company", { try await $0.enter(TestShop.buyer("dora", company: "other", companyUser: "cu-dora")) }, [],
            ["unit", "company"]
        ),
        ("another user's role", { try await $0.enter(TestShop.buyer("gus", companyUser: "cu-dora")) }, [], ["unit", "company", "person"]),
    ]
}

extension CompanyUser {
    fileprivate init(login person: Person) {
        self.init(id: person.companyUserID!, person: person, status: .active, source: .login)
    }
}
