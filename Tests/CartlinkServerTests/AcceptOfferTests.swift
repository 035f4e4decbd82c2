// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import HummingbirdTesting
import ShareLinks
import Testing

@testable import CartlinkServer

/// Whom the page offers to accept its link, and that the offer is what accepting brings.
struct AcceptOfferTests {
    private static let full = LinkOrder(audience: .internal, access: .full)
    private static let readOnly = LinkOrder(audience: .internal, access: .readOnly)

    private func shop() async throws -> TestShop {
        let shop = try await TestShop(cookie: "shop_login")
        try await shop.push()
        return shop
    }

    private func offer(_ token: String, to person: Person, in shop: TestShop) async throws -> Access? {
        try await shop.sharing.offer(of: token, to: .person(person), at: shop.clock.now)
    }

    private func accept(_ token: String, as person: Person, in shop: TestShop) async throws -> Acceptance {
        try await shop.sharing.accept(token, as: .person(person), at: shop.clock.now)
    }

    @Test(arguments: [(readOnly, Access.readOnly), (full, Access.full)])
    func aColleagueIsOfferedWhatTheLinkGives(order: LinkOrder, access: Access) async throws {
        let shop = try await shop()
        let token = try await shop.issue(order).token
        #expect(try await offer(token, to: People.sameUnit, in: shop) == access)
        guard case .gained(let held) = try await accept(token, as: People.sameUnit, in: shop) else {
            Issue.record("the offer was empty")
            return
        }
        #expect(held.access == access)
        #expect(try await offer(token, to: People.sameUnit, in: shop) == nil)
    }

    @Test func othersAreOfferedNothing() async throws {
        let shop = try await shop()
        let token = try await shop.issue(Self.full).token
        for person in [People.owner, People.sameCompany, People.customer] {
            #expect(try await offer(token, to: person, in: shop) == nil, "\(person.subject)")
        }
        for caller in [Caller.stranger, .service(TestShop.storefront)] {
            #expect(try await shop.sharing.offer(of: token, to: caller, at: shop.clock.now) == nil)
        }
        #expect(try await offer(try await shop.issue().token, to: People.sameUnit, in: shop) == nil)
    }

    @Test func anyCustomerIsOfferedALinkWithinTheShop() async throws {
        let shop = try await shop()
        let token = try await shop.issue(LinkOrder(audience: .internal, access: .readOnly, circle: .shop)).token
        #expect(try await offer(token, to: People.customer, in: shop) == .readOnly)
    }

    @Test func moreIsOfferedAndLessIsNot() async throws {
        let shop = try await shop()
        let (looking, editing) = (try await shop.issue(Self.readOnly).token, try await shop.issue(Self.full).token)
        _ = try await accept(looking, as: People.sameUnit, in: shop)
        #expect(try await offer(editing, to: People.sameUnit, in: shop) == .full)
        _ = try await accept(editing, as: People.sameUnit, in: shop)
        #expect(try await offer(looking, to: People.sameUnit, in: shop) == nil)
    }

    @Test func whoWasWithdrawnIsOfferedNothing() async throws {
        let shop = try await shop()
        let token = try await shop.issue(Self.full).token
        guard case .gained(let held) = try await accept(token, as: People.sameUnit, in: shop) else {
            Issue.record("nothing was gained")
            return
        }
        try await shop.sharing.withdraw(held.grant.id, by: .person(People.owner), onBehalfOf: nil, at: shop.clock.now)
        #expect(try await offer(token, to: People.sameUnit, in: shop) == nil)
        #expect(try await offer(try await shop.issue(Self.readOnly).token, to: People.sameUnit, in: shop) == .readOnly)
    }

    @Test func withoutAPlaceThereIsNoOffer() async throws {
        let shop = try await shop()
        let order = LinkOrder(audience: .internal, access: .readOnly, circle: .shop, maxAccepts: 1)
        let token = try await shop.issue(order).token
        _ = try await accept(token, as: People.customer, in: shop)
        #expect(try await offer(token, to: People.sameUnit, in: shop) == nil)
    }

    @Test func offeringChangesNothing() async throws {
        let shop = try await shop()
        let token = try await shop.issue(Self.full).token
        let before = try await shop.auditCount()
        let page = try await shop.send(.get, "/s/\(token)", by: .person(People.sameUnit))
        #expect(page.text.contains("<form class=\"accept\" method=\"post\" action=\"/s/\(token)/accept\">"))
        #expect(page.headers[.cacheControl] == "no-store")
        #expect(try await shop.auditCount() == before)
    }
}
