// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// One use case with chosen arguments, as many of them refused as not.
enum HistoryStep: Sendable {
    case push(CartID, owner: Person?, transfers: Bool)
    case setState(CartID, CartState)
    case delete(CartID)
    case issue(LinkOrder, CartID, by: Caller, attempt: IssueAttempt?)
    case change(Int, LinkChange, by: Person)
    case revoke(Int, by: Person)
    case pause(Int, Bool)
    case revokeAll(Int)
    case count(Int, LinkOpens)
    case people(PeopleStep)
    case outbox(OutboxStep)

    static let cartCount = 4
    static func cartID(_ number: Int) -> CartID { CartID("cart-\(number)")! }
    static let people = [TestShop.anna, TestShop.carla, TestShop.dora]

    init(using random: inout some RandomNumberGenerator) {
        let cart = Self.cartID(.random(in: 0..<Self.cartCount, using: &random))
        let person = Self.people.randomElement(using: &random)!
        let link = Int.random(in: 0..<12, using: &random)
        switch Int.random(in: 0..<56, using: &random) {
        case 0..<4: self = .push(cart, owner: Bool.random(using: &random) ? person : nil, transfers: link == 0)
        case 4: self = .setState(cart, CartState.allCases.randomElement(using: &random)!)
        case 5: self = link < 4 ? .delete(cart) : .setState(cart, .open)
        case 6..<13: self = .issue(.random(for: person, using: &random), cart, by: .random(person, using: &random), attempt: .random(link))
        case 13..<16: self = .change(link, .random(link, using: &random), by: person)
        case 16, 17: self = .revoke(link, by: person)
        case 18: self = .pause(link, Bool.random(using: &random))
        case 19: self = .revokeAll(.random(in: 0..<100, using: &random))
        case 20, 21:
            let people = Int.random(in: 0...2, using: &random)
            let robots = Int.random(in: 0...2, using: &random)
            self = .count(link, LinkOpens(people: people, robots: robots, lastAt: people > 0 ? TestShop.start : nil))
        case 22..<34: self = .outbox(OutboxStep(using: &random))
        default: self = .people(PeopleStep(using: &random))
        }
    }

    /// What came of the step, as text to compare.
    func outcome(on shop: TestShop, at now: Timestamp) async -> String {
        do throws(ShareError) { return try await run(on: shop, at: now) } catch { return "\(error)" }
    }

    private func run(on shop: TestShop, at now: Timestamp) async throws(ShareError) -> String {
        switch self {
        case .push(let id, let owner, let transfers):
            return "\(try await shop.push(id.text, owner: owner, document: "\(now)", transfers: transfers, at: now))"
        case .setState(let id, let state):
            return "\(try await shop.sharing.setState(of: id, to: state, by: TestShop.storefront, at: now))"
        case .delete(let id):
            try await shop.sharing.deleteCart(id, by: TestShop.storefront, at: now)
            return "deleted"
        case .issue(let order, let cart, let caller, let attempt):
            return try await shop.sharing.issue(
                order,
                to: cart,
                by: caller,
                attempt: attempt,
                asShownToGuests: TestShop.shownToGuests,
                at: now
            ).text
        case .change(let index, let change, let person):
            guard let link = try await shop.recentLink(index) else { return "none" }
            return try await shop.change(link, change.dated(now), by: person, at: now).text
        case .revoke(let index, let person):
            guard let link = try await shop.recentLink(index) else { return "none" }
            try await shop.revoke(link, by: person, at: now)
            return "revoked"
        case .pause(let index, let isPaused):
            guard let link = try await shop.recentLink(index) else { return "none" }
            try await shop.administration.setPaused(isPaused, link.id, by: TestShop.admin, reason: nil, at: now)
            return "paused: \(isPaused)"
        case .revokeAll(let number):
            let selectors = Self.selectors(at: now)
            return "\(try await shop.revokeAll(selectors[number % selectors.count], at: now))"
        case .count(let index, let opens):
            guard let link = try await shop.recentLink(index) else { return "none" }
            var opens = opens
            if opens.lastAt != nil { opens.lastAt = now }
            return try await shop.count(opens, of: link).text
        case .people(let step): return try await step.run(on: shop, at: now)
        case .outbox(let step): return try await step.run(on: shop, at: now)
        }
    }

    static func selectors(at now: Timestamp) -> [LinkSelector] {
        [
            .cart(cartID(0)), .owner(TestShop.anna.userID), .owner(TestShop.carla.userID), .person(TestShop.dora.subject),
            .person(TestShop.anna.subject), .company(CompanyID("acme")!), .businessUnit(BusinessUnitID("paint")!), .label("one"),
            .keySlot(KeySlot(rawValue: 0)!), .keySlot(KeySlot(rawValue: 1)!), .createdBy("user:anna"), .createdBy("service:storefront"),
            .createdBy("company-user:cu-dora"), .createdBefore(now + -300), .createdAfter(now + -20), .all,
        ]
    }

    static let queries: [LinkQuery] = {
        var queries = [LinkQuery()]
        for status in Link.Status.allCases {
            var query = LinkQuery()
            query.status = status
            queries.append(query)
            query.owner = TestShop.anna.userID
            queries.append(query)
            query.owner = nil
            query.company = CompanyID("acme")!
            queries.append(query)
            query.businessUnit = BusinessUnitID("paint")!
            query.label = "one"
            queries.append(query)
        }
        return queries
    }()
}

extension TestShop {
    fileprivate func revokeAll(_ selector: LinkSelector, at now: Timestamp) async throws(ShareError) -> BulkRevocation {
        try await administration.revokeAll(selector, expected: 9, isDryRun: false, by: TestShop.admin, reason: "drill", at: now)
    }
}

extension LinkOrder {
    fileprivate static func random(for person: Person, using random: inout some RandomNumberGenerator) -> LinkOrder {
        let circle = Audience.Circle.Kind.allCases.randomElement(using: &random)!
        let access: Access = Bool.random(using: &random) ? .full : .readOnly
        let isExternal = Bool.random(using: &random)
        var order =
            isExternal
            ? LinkOrder(audience: .external, access: .readOnly)
            : .internal(circle, person: circle == .person ? TestShop.dora.subject : nil, access: access)
        if Bool.random(using: &random) { order = order.labelled(["one", "two"].randomElement(using: &random)!) }
        if !isExternal, Bool.random(using: &random) { order.maxAccepts = .random(in: 1...2, using: &random) }
        if !isExternal, Bool.random(using: &random) { order.allowsTakeOver = true }
        if Int.random(in: 0..<8, using: &random) < (isExternal ? 4 : 1) { order.isSnapshot = true }
        if Int.random(in: 0..<8, using: &random) < (isExternal ? 4 : 1) { order.card = .items }
        return order.lasting(seconds: .random(in: 1...900, using: &random))
    }
}

extension Caller {
    fileprivate static func random(_ person: Person, using random: inout some RandomNumberGenerator) -> Caller {
        Int.random(in: 0..<4, using: &random) == 0 ? .service(TestShop.storefront) : .person(person)
    }
}

extension IssueAttempt {
    fileprivate static func random(_ number: Int) -> IssueAttempt? {
        number < 4 ? IssueAttempt(key: "key-\(number % 2)", requestHash: "hash-\(number)") : nil
    }
}

extension LinkChange {
    fileprivate static func random(_ number: Int, using random: inout some RandomNumberGenerator) -> LinkChange {
        switch number % 4 {
        case 0: LinkChange(access: .readOnly)
        case 1: LinkChange(label: .some(Bool.random(using: &random) ? LinkLabel("one") : nil))
        case 2: LinkChange(expiresAt: Timestamp(seconds: .random(in: 1...900, using: &random)))
        default: LinkChange(paused: Bool.random(using: &random))
        }
    }

    /// Counts the expiry from `now`.
    fileprivate func dated(_ now: Timestamp) -> LinkChange {
        var change = self
        change.expiresAt = expiresAt.map { now + $0.seconds }
        return change
    }
}
