// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTesting
import ShareLinks
import Testing

@testable import CartlinkServer

struct SharedViewTests {
    static let orders: [String: LinkOrder] = [
        "external": LinkOrder(audience: .external, access: .readOnly, showPrices: true),
        "person": LinkOrder(audience: .internal, access: .readOnly, circle: .person, person: People.sameUnit.subject),
        "unit": LinkOrder(audience: .internal, access: .full, circle: .businessUnit),
        "company": LinkOrder(audience: .internal, access: .readOnly, circle: .company),
        "shop": LinkOrder(audience: .internal, access: .readOnly, circle: .shop),
    ]
    static let callers: [String: TestCaller] = [
        "stranger": .stranger, "customer": .person(People.customer), "unit": .person(People.sameUnit),
        "company": .person(People.sameCompany),
        "owner": .person(People.owner), "service": .service(Services.reader),
        // Another role of the owner's user, and the unit's name in another company.
        "owner elsewhere": .person(People.person("olivia", company: "globex", unit: "buying", companyUser: "globex-olivia")),
        "unit elsewhere": .person(People.person("gus", company: "globex", unit: "buying", companyUser: "globex-gus")),
    ]
    /// What each caller is at each link: a relation, or the code of the refusal.
    static let matrix: [(link: String, sees: [String: String])] = [
        ("external", row("guest", stranger: "guest")),
        ("person", row("not-a-member", unit: "member")),
        ("unit", row("not-a-member", unit: "member")),
        ("company", row("not-a-member", unit: "member", company: "member")),
        ("shop", row("guest")),
    ]

    private static func row(
        _ other: String,
        stranger: String = "login-required",
        unit: String? = nil,
        company: String? = nil
    ) -> [String: String] {
        [
            "stranger": stranger, "customer": other, "unit": unit ?? other, "company": company ?? other, "owner": "owner",
            "service": "guest",
            "owner elsewhere": other, "unit elsewhere": other,
        ]
    }

    @Test(arguments: matrix)
    func everyoneSeesWhatTheirPartAllows(link: String, sees: [String: String]) async throws {
        let shop = try await TestShop()
        try await shop.push(SampleCarts.cartlink(personal: "CANARY"))
        let token = try await shop.issue(Self.orders[link]!).token
        for (name, caller) in Self.callers {
            let answer = try await shop.send(.get, "/v1/shared/\(token)", by: caller)
            let viewer = answer.json["viewer"] as? [String: Any]
            #expect((viewer?["relation"] as? String ?? answer.code) == sees[name], "\(name) at \(link)")
            #expect(viewer?["canEdit"] as? Bool ?? false == (name == "owner"), "\(name) at \(link)")
            #expect(answer.text.contains("CANARY@acme.example") == (name == "owner"), "\(name) at \(link)")
            let hasDiscount = ((answer.json["cart"] as? [String: Any])?["totals"] as? [String: Any])?["discount"] != nil
            #expect(hasDiscount == ["owner", "member"].contains(sees[name]), "\(name) at \(link)")
        }
    }

    @Test func theAnswerHasTheContractsParts() async throws {
        let shop = try await TestShop()
        try await shop.push(SampleCarts.cartlink(personal: "x"))
        let (link, token) = try await shop.issue()
        let answer = try await shop.send(.get, "/v1/shared/\(token)")
        #expect(Set(answer.json.keys) == ["cart", "link", "viewer", "redaction"])
        #expect(
            answer.json["link"] as? [String: String] == [
                "audience": "external", "access": "read-only", "expiresAt": link.expiresAt.description,
            ]
        )
        let redaction = try #require(answer.json["redaction"] as? [String: Any])
        #expect(redaction["policy"] as? String == "cartlink")
        #expect((redaction["removed"] as? [[String: String]])?.contains(["path": "customer.**", "reason": "personal"]) == true)
        #expect(answer.headers[.sunset] == link.expiresAt.httpDate)
        #expect(answer.headers[.contentType] == "application/json")
        #expect(!answer.text.contains(token) && !answer.text.contains("cart-1"))
    }

    /// Two carts that differ only in what guests may not see give the same bytes, so an answer tells nothing of it.
    @Test(arguments: CartFormat.allCases)
    func whatGuestsMayNotSeeChangesNothing(format: CartFormat) async throws {
        let shop = try await TestShop()
        try await shop.push(SampleCarts.document(format, personal: "Olivia"), owner: People.owner, format: format)
        try await shop.push(SampleCarts.document(format, personal: "Someone Else"), as: "cart-2", owner: People.customer, format: format)
        let one = try await shop.issue(to: "cart-1").token
        let two = try await shop.issue(to: "cart-2", by: People.customer).token
        let (first, second) = (try await shop.send(.get, "/v1/shared/\(one)"), try await shop.send(.get, "/v1/shared/\(two)"))
        #expect(first.status == .ok)
        #expect(first.body == second.body)
        // In the same order, too.
        #expect(Array(first.headers) == Array(second.headers))
        #expect(first.headers[.eTag] != nil)
        #expect(!first.text.contains("Olivia"))
        let (page, other) = (try await shop.send(.get, "/s/\(one)"), try await shop.send(.get, "/s/\(two)"))
        #expect(page.text.replacing(one, with: "") == other.text.replacing(two, with: ""))
        #expect(page.headers.map(\.name) == other.headers.map(\.name))
        // The personal data is there: its owner gets it.
        #expect(try await shop.send(.get, "/v1/shared/\(one)", by: .person(People.owner)).text.contains("Olivia"))
    }

    @Test func aChangeIsSeenAtTheNextRequest() async throws {
        let shop = try await TestShop()
        try await shop.push(SampleCarts.cartlink(personal: "x"))
        let token = try await shop.issue().token
        let before = try await shop.send(.get, "/v1/shared/\(token)").headers[.eTag]!
        #expect(try await shop.send(.get, "/v1/shared/\(token)", headers: [.ifNoneMatch: before]).status == .notModified)
        try await shop.push(SampleCarts.cartlink(personal: "y").replacing("Kettle", with: "Teapot"))
        let after = try await shop.send(.get, "/v1/shared/\(token)", headers: [.ifNoneMatch: before])
        #expect(after.status == .ok)
        #expect(after.text.contains("Teapot"))
    }

    @Test func pricesAreShownToGuestsOnlyWhereTheLinkSaysSo() async throws {
        let shop = try await TestShop()
        try await shop.push(SampleCarts.cartlink(personal: "x"))
        let hidden = try await shop.issue(LinkOrder(audience: .external, access: .readOnly, showPrices: false)).token
        let guest = try await shop.send(.get, "/v1/shared/\(hidden)").text
        #expect(!guest.contains("4990") && !guest.contains("10890"))
        #expect(try await shop.send(.get, "/v1/shared/\(hidden)", by: .person(People.owner)).text.contains("4990"))
        #expect(!(try await shop.send(.get, "/s/\(hidden)").text.contains("49.90")))
    }

    /// States of a link, each with the answers of the machine's view and the page.
    @Test func strangersLearnOnlyThatALinkIsGone() async throws {
        let shop = try await TestShop(badTokensPerMinute: 10_000)
        for cart in ["revoked", "paused", "expired", "deleted", "ordered", "transferred"] { try await shop.push(as: cart) }
        let ends: [(String, (Link) async throws -> Void)] = [
            ("revoked", { try await shop.sharing.revoke($0.id, by: .person(People.owner), onBehalfOf: nil, at: shop.clock.now) }),
            (
                "paused",
                { link in
                    let pause = LinkChange(paused: true)
                    _ = try await shop.sharing.change(link.id, pause, by: .person(People.owner), onBehalfOf: nil, at: shop.clock.now)
                }
            ),
            ("expired", { _ in }),
            ("deleted", { try await shop.sharing.deleteCart($0.cart, by: TestShop.storefront, at: shop.clock.now) }),
            ("ordered", { _ = try await shop.sharing.setState(of: $0.cart, to: .ordered, by: TestShop.storefront, at: shop.clock.now) }),
            (
                "transferred",
                { link in
                    let push = CartPush(
                        id: link.cart,
                        format: .cartlink,
                        owner: People.customer,
                        name: nil,
                        document: Array("{}".utf8),
                        transfersOwner: true
                    )
                    _ = try await shop.sharing.push(push, by: TestShop.storefront, at: shop.clock.now)
                }
            ),
        ]
        var bodies: Set<String> = []
        for (name, end) in ends {
            var order = Self.orders["external"]!
            if name == "expired" { order.lifetime = .seconds(1) }
            let (link, token) = try await shop.issue(order, to: name)
            #expect(try await shop.send(.get, "/v1/shared/\(token)").status == .ok, "\(name)")
            try await end(link)
            if name == "expired" { shop.clock.advance(seconds: 1) }
            // Who has no part in the cart: others may hear that it was ordered.
            for caller in [TestCaller.stranger, .person(People.sameUnit)] {
                let answer = try await shop.send(.get, "/v1/shared/\(token)", by: caller)
                #expect(answer.status == .gone, "\(name)")
                bodies.insert(answer.text.replacing(answer.json["requestId"] as? String ?? "?", with: ""))
            }
            #expect(try await shop.send(.get, "/s/\(token)").status == .gone, "\(name)")
        }
        #expect(bodies.count == 1)
    }
}
