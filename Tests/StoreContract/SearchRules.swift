// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    static let searches = [
        StoreRule("a search finds what its fields name, newest first") { shop in
            let links = try await shop.fillWithLinks()
            let now = TestShop.start + 100
            for (query, names) in queries {
                let page = try await shop.administration.links(for: TestShop.admin, matching: query, after: nil, limit: 100, at: now)
                #expect(page.links.map { links.name(of: $0.id) } == names.reversed(), "\(query)")
                #expect(page.next == nil)
            }
        },
        StoreRule("pages of a search are whole and without repeats, also while links come in") { shop in
            try await shop.push()
            var issued: [LinkID] = []
            for _ in 0..<7 { issued.append(try await shop.issue().id) }
            var seen: [LinkID] = []
            var cursor: LinkCursor?
            repeat {
                let page = try await shop.administration.links(
                    for: TestShop.admin,
                    matching: LinkQuery(),
                    after: cursor,
                    limit: 3,
                    at: TestShop.start
                )
                seen += page.links.map(\.id)
                cursor = page.next
                try await shop.issue()
            } while cursor != nil
            #expect(seen == issued.reversed())
        },
        StoreRule("a page that ends with the last link has no next one") { shop in
            try await shop.push()
            for _ in 0..<4 { try await shop.issue() }
            let first = try await shop.administration.links(
                for: TestShop.admin,
                matching: LinkQuery(),
                after: nil,
                limit: 2,
                at: TestShop.start
            )
            let second = try await shop.administration.links(
                for: TestShop.admin,
                matching: LinkQuery(),
                after: first.next,
                limit: 2,
                at: TestShop.start
            )
            #expect(first.next != nil)
            #expect(second.links.count == 2)
            #expect(second.next == nil)
        },
    ]

    private static let queries: [(LinkQuery, [String])] = [
        (LinkQuery(), ["anna", "ben", "carla-unit", "carla-company", "dora", "for-ben", "by-service", "guest"]),
        (.where { $0.cart = CartID("cart-carla")! }, ["carla-unit", "carla-company", "by-service"]),
        (.where { $0.owner = UserID("anna")! }, ["anna", "for-ben"]),
        (.where { $0.company = CompanyID("acme")! }, ["carla-unit", "carla-company", "dora", "by-service"]),
        (.where { $0.businessUnit = BusinessUnitID("paint")! }, ["carla-unit", "carla-company", "by-service"]),
        (.where { $0.label = "one" }, ["anna", "dora"]),
        (.where { $0.label = "on" }, []),
        (.where { $0.label = "one\0" }, []),
        (
            .where { $0.keySlot = KeySlot(rawValue: 0)! },
            ["anna", "ben", "carla-unit", "carla-company", "dora", "for-ben", "by-service", "guest"]
        ),
        (.where { $0.keySlot = KeySlot(rawValue: 1)! }, []),
        (.where { $0.status = .active }, ["carla-company", "dora", "for-ben", "by-service", "guest"]),
        (.where { $0.status = .paused }, ["carla-unit"]),
        (.where { $0.status = .expired }, ["ben"]),
        (.where { $0.status = .revoked }, ["anna"]),
        (.where { ($0.label, $0.status) = ("one", .active) }, ["dora"]),
        (.where { $0.link = LinkID(high: 1, low: 2) }, []),
        (.where { $0.person = TestShop.ben.subject }, ["ben", "for-ben"]),
        (.where { $0.person = TestShop.carla.subject }, ["carla-unit", "carla-company", "by-service"]),
        (.where { $0.createdBy = "service:storefront" }, ["by-service", "guest"]),
        (.where { $0.createdBy = "user:anna" }, ["anna", "for-ben"]),
        (.where { ($0.createdBy, $0.cart) = ("user:anna", CartID("cart-ben")!) }, []),
        (.where { ($0.company, $0.cart) = (CompanyID("acme")!, CartID("cart-dora")!) }, ["dora"]),
    ]
}

extension LinkQuery {
    fileprivate static func `where`(_ fill: (inout LinkQuery) -> Void) -> LinkQuery {
        var query = LinkQuery()
        fill(&query)
        return query
    }
}

/// Links by the names that tables use for them.
struct NamedLinks {
    private(set) var links: [(name: String, link: Link)] = []

    mutating func add(_ name: String, _ link: Link) { links.append((name, link)) }
    func name(of id: LinkID) -> String { links.first { $0.link.id == id }?.name ?? "unknown" }
    subscript(name: String) -> Link { links.first { $0.name == name }!.link }
}

extension TestShop {
    /// Issues one link of each sort that searches and selections tell apart, a second after each other.
    ///
    /// At 100 s "anna" is revoked, "ben" expired and "carla-unit" paused.
    func fillWithLinks() async throws -> NamedLinks {
        let carla = TestShop.carla
        let dora = TestShop.buyer("dora", unit: "print", companyUser: "cu-dora")
        try await push("cart-anna", owner: TestShop.anna)
        try await push("cart-ben", owner: TestShop.ben)
        try await push("cart-carla", owner: carla)
        try await push("cart-dora", owner: dora)
        try await push("cart-guest", owner: nil)
        var onBehalf = LinkOrder.external
        onBehalf.onBehalfOf = carla
        let orders: [(String, LinkOrder, String, Person?)] = [
            ("anna", .external.labelled("one"), "cart-anna", TestShop.anna),
            ("ben", .external.lasting(seconds: 90), "cart-ben", TestShop.ben),
            ("carla-unit", .internal(.businessUnit), "cart-carla", carla),
            ("carla-company", .internal(.company), "cart-carla", carla),
            ("dora", .external.labelled("one"), "cart-dora", dora),
            ("for-ben", .internal(.person, person: TestShop.ben.subject), "cart-anna", TestShop.anna),
            ("by-service", onBehalf, "cart-carla", nil),
            ("guest", .external, "cart-guest", nil),
        ]
        var links = NamedLinks()
        for (second, (name, order, cart, owner)) in orders.enumerated() {
            links.add(name, try await issue(order, to: cart, by: owner, at: TestShop.start + Int64(second)))
        }
        try await revoke(links["anna"], at: TestShop.start + 50)
        _ = try await change(links["carla-unit"], LinkChange(paused: true), by: carla, at: TestShop.start + 50)
        return links
    }
}
