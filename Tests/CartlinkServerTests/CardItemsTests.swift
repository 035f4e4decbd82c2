// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import HummingbirdTesting
import ShareLinks
import Testing

@testable import CartlinkServer

/// Links whose owner wants products on the card.
struct CardItemsTests {
    private static let order = LinkOrder(audience: .external, access: .readOnly, showPrices: true, card: .items)

    private func card(_ answer: TestResponse) -> [String: String] {
        CardHead(answer.bytes, window: CardHead.promisedWindow).tags
    }

    /// An external link whose card shows items, on a cart with personal data.
    private func itemsShop() async throws -> (shop: TestShop, token: String) {
        let shop = try await TestShop()
        try await shop.push(SampleCarts.cartlink(personal: "CANARY"))
        return (shop, try await shop.issue(Self.order).token)
    }

    @Test func theCardIsTheSameForWhoeverAsks() async throws {
        let (shop, token) = try await itemsShop()
        let stranger = card(try await shop.send(.get, "/s/\(token)"))
        #expect(stranger["og:description"] == "2 items: Kettle, Mugs")
        #expect(stranger["og:image"] == "https://cdn.shop.example/k.png")
        #expect(stranger["og:image:width"] == nil && stranger["og:image:alt"] == "Kettle")
        for caller in [TestCaller.person(People.owner), .person(People.sameUnit), .person(People.customer)] {
            let answer = try await shop.send(.get, "/s/\(token)", by: caller, headers: [.userAgent: "facebookexternalhit/1.1"])
            #expect(card(answer) == stranger)
        }
    }

    /// The owner's page shows the cart as it is now; the card must not.
    @Test func aPinnedCartHasThePinnedCardForItsOwnerToo() async throws {
        let shop = try await TestShop()
        try await shop.push(SampleCarts.cartlink(personal: "CANARY"))
        var order = Self.order
        order.isSnapshot = true
        let token = try await shop.issue(order).token
        try await shop.push(#"{"currency":"EUR","items":[{"id":"1","sku":"NEW","name":"Later","quantity":1}]}"#)
        for caller in [TestCaller.stranger, .person(People.owner)] {
            #expect(card(try await shop.send(.get, "/s/\(token)", by: caller))["og:description"] == "2 items: Kettle, Mugs")
        }
    }

    @Test func itIsNeutralAgainOnceTheLinkIsGone() async throws {
        let shop = try await TestShop()
        try await shop.push(SampleCarts.cartlink(personal: "CANARY"))
        let (link, token) = try await shop.issue(Self.order)
        try await shop.sharing.revoke(link.id, by: .person(People.owner), onBehalfOf: nil, at: shop.clock.now)
        let answer = try await shop.send(.get, "/s/\(token)")
        #expect(answer.status == .gone)
        #expect(card(answer)["og:description"] == PageTexts.english.cardDescription)
        #expect(!answer.text.contains("Kettle") && !answer.text.contains("cdn.shop.example/k.png"))
    }

    @Test func whatIsForTheOwnerAloneIsOnNoCard() async throws {
        let (shop, token) = try await itemsShop()
        let head = try await shop.send(.get, "/s/\(token)", by: .person(People.owner)).text.prefix { $0 != "{" }.split(
            separator: "</head>"
        )[0]
        for text in ["CANARY", "graphite", "€", "4990", "49.90", "KTL", "kitchen"] { #expect(!head.contains(text), "\(text)") }
    }

    private func networks(_ answer: TestResponse) -> [String: [String: Any]] {
        let networks = answer.json["networks"] as? [[String: Any]] ?? []
        return Dictionary(networks.map { ($0["network"] as? String ?? "?", $0) }) { first, _ in first }
    }

    private func codes(_ network: [String: Any]?) -> [String] {
        (network?["warnings"] as? [[String: String]] ?? []).compactMap { $0["code"] }
    }

    @Test func longNamesAreCutAsTheNetworkCuts() async throws {
        let shop = try await TestShop()
        let items = (0..<9).map { #"{"name":"A rather long name of product \#($0)","image":"https://cdn.shop.example/\#($0).png"}"# }
        try await shop.push("{\"items\":[\(items.joined(separator: ","))]}")
        let networks = networks(
            try await shop.send(.post, "/v1/links/\(try await shop.issue(Self.order).link.id)/unfurl-check", by: .person(People.owner))
        )
        let whatsApp = networks["WhatsApp"]
        #expect((whatsApp?["description"] as? String)?.count == 80)
        #expect((whatsApp?["description"] as? String)?.hasPrefix("9 items: A rather long name of product 0, A rather") == true)
        #expect(codes(whatsApp).contains("description-cut"))
        #expect((networks["Slack"]?["description"] as? String)?.count ?? 0 > 150)
        for name in networks.keys {
            #expect(codes(networks[name]).contains("card-stays") && codes(networks[name]).contains("picture-not-measured"), "\(name)")
            #expect((networks[name]?["picture"] as? [String: Any])?.keys.sorted() == ["url"], "\(name)")
        }
    }
}
