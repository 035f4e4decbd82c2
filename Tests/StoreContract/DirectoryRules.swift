// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    static let directory = [
        StoreRule("a company user is read back as entered, and put again takes its place") { shop in
            var entries: [CompanyUser] = []
            for status in [CompanyUser.Status.active, .inactive, .left] {
                for source in [CompanyUser.Source.shop, .login] {
                    for person in [TestShop.dora, TestShop.buyer("dora", unit: nil, companyUser: "cu-dora"), nil] {
                        entries.append(CompanyUser(id: TestShop.dora.companyUserID!, person: person, status: status, source: source))
                    }
                }
            }
            for entry in entries {
                try await shop.put(entry)
                #expect(try await shop.companyUser(TestShop.dora) == entry)
            }
            #expect(try await shop.companyUser(TestShop.eva) == nil)
        },
        StoreRule("company users are found by user, whatever their company and state, by id") { shop in
            let carla = UserID("carla")!
            let persons = [
                TestShop.buyer("carla", companyUser: "b"), TestShop.buyer("carla", unit: nil, companyUser: "a"),
                TestShop.buyer("carla", company: "other", companyUser: "c"), TestShop.buyer("dora", companyUser: "d"),
            ]
            for person in persons { try await shop.put(.plain(person)) }
            try await shop.put(CompanyUser(id: CompanyUserID("e")!, person: nil, status: .left, source: .shop))
            try await shop.put(.plain(persons[1], status: .inactive))
            let found = { (user: UserID) async throws(ShareError) in
                try await shop.store.read { view throws(ShareError) in try view.companyUsers(of: user).map(\.id.text) }
            }
            #expect(try await found(carla) == ["a", "b", "c"])
            #expect(try await found(UserID("eva")!) == [])
        },
        StoreRule("a company's active people are listed by id, up to the limit") { shop in
            for id in ["c", "a", "b", "d"] { try await shop.put(.plain(TestShop.buyer("user-\(id)", companyUser: id))) }
            try await shop.put(.plain(TestShop.buyer("user-b", companyUser: "b"), status: .inactive))
            try await shop.put(.plain(TestShop.buyer("user-e", companyUser: "e"), status: .left))
            try await shop.put(.plain(TestShop.buyer("user-f", company: "other", companyUser: "f")))
            let list = { (limit: Int) async throws(ShareError) in
                try await shop.store.read { view throws(ShareError) in
                    try view.companyUsers(of: CompanyID("acme")!, limit: limit).map(\.id.text)
                }
            }
            #expect(try await list(9) == ["a", "c", "d"])
            #expect(try await list(2) == ["a", "c"])
        },
        StoreRule("an author's links are held for the directory, and let go of when he is a member as he was") { shop in
            try await shop.push(owner: TestShop.carla)
            try await shop.push("cart-dora", owner: TestShop.dora)
            let own = try await shop.issue(by: TestShop.carla)
            var onBehalf = LinkOrder.external
            onBehalf.onBehalfOf = TestShop.carla
            let byService = try await shop.issue(onBehalf, by: nil)
            let revoked = try await shop.issue(by: TestShop.carla)
            try await shop.revoke(revoked, by: TestShop.carla)
            let paused = try await shop.issue(by: TestShop.carla)
            _ = try await shop.change(paused, LinkChange(paused: true), by: TestShop.carla)
            let doras = try await shop.issue(to: "cart-dora", by: TestShop.dora)
            let pauses = { () async throws(ShareError) in
                var pauses: [Set<PauseHolder>?] = []
                for link in [own, byService, revoked, paused, doras] { pauses.append(try await shop.stored(link.id)?.pauses) }
                return pauses
            }
            let hold = { (member: Person?) async throws(ShareError) in
                try await shop.store.write(.takingAway) { store throws(ShareError) in
                    try store.holdLinks(by: TestShop.carla.companyUserID!, unless: member)
                }
            }
            let free: [Set<PauseHolder>?] = [[], [], [], [.owner], []]
            let held: [Set<PauseHolder>?] = [[.directory], [.directory], [], [.owner, .directory], []]
            #expect(try await pauses() == free)
            let others = [
                nil, TestShop.buyer("other", companyUser: "cu-carla"), TestShop.buyer("carla", company: "other", companyUser: "cu-carla"),
                Person(userID: UserID("carla")!),
            ]
            for other in others {
                try await hold(other)
                #expect(try await pauses() == held)
                try await hold(other)
                #expect(try await pauses() == held)
                // The unit may change.
                try await hold(TestShop.buyer("carla", unit: "sales", companyUser: "cu-carla"))
                #expect(try await pauses() == free)
            }
        },
    ]
}

extension TestShop {
    func put(_ user: CompanyUser) async throws(ShareError) {
        try await store.write(.ordinary) { store throws(ShareError) in try store.put(user) }
    }
}

extension CompanyUser {
    fileprivate static func plain(_ person: Person, status: Status = .active) -> CompanyUser {
        CompanyUser(id: person.companyUserID!, person: person, status: status, source: .shop)
    }
}
