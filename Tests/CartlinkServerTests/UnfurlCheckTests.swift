// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import HummingbirdTesting
import ShareLinks
import Testing

@testable import CartlinkServer

struct UnfurlCheckTests {
    private func check(
        _ shop: TestShop,
        _ link: Link,
        by caller: TestCaller = .person(People.owner),
        headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        try await shop.send(.post, "/v1/links/\(link.id)/unfurl-check", by: caller, headers: headers)
    }

    private func networks(_ answer: TestResponse) -> [String: [String: Any]] {
        let networks = answer.json["networks"] as? [[String: Any]] ?? []
        return Dictionary(networks.map { ($0["network"] as? String ?? "?", $0) }) { first, _ in first }
    }

    private func codes(_ network: [String: Any]?) -> [String] {
        (network?["warnings"] as? [[String: String]] ?? []).compactMap { $0["code"] }
    }

    @Test func theOwnerSeesWhatEachNetworkWillShow() async throws {
        let shop = try await TestShop()
        try await shop.push(SampleCarts.cartlink(personal: "CANARY"))
        let (link, token) = try await shop.issue()
        let before = try await shop.auditCount()
        let answer = try await check(shop, link)
        #expect(answer.status == .ok)
        let networks = networks(answer)
        #expect(Set(networks.keys) == Set(Network.all.map(\.name)) && networks.count == 11)
        for (name, network) in networks {
            #expect(network["title"] as? String == "Shared cart – Demo shop", "\(name)")
            #expect(network["description"] as? String == (name == "iMessage" ? nil : "Someone shared a shopping cart with you."), "\(name)")
            let picture = network["picture"] as? [String: Any]
            #expect(picture?["url"] as? String == "\(TestShop.publicURL)/assets/card.png", "\(name)")
            #expect(picture?["width"] as? Int == 1200 && picture?["height"] as? Int == 630, "\(name)")
            #expect((picture?["bytes"] as? Int ?? 0) > 1000, "\(name)")
            #expect((network["bytes"] as? Int ?? 0) > 1000, "\(name)")
            #expect(codes(network).contains("public-url-not-https"), "\(name)")
        }
        #expect(!answer.text.contains(token) && !answer.text.contains("CANARY"))
        #expect(try await shop.auditCount() == before)
    }

    @Test func aLinkThatDoesntOpenSaysWhy() async throws {
        let shop = try await TestShop()
        try await shop.push()
        let owner = Caller.person(People.owner)
        func first(_ link: Link) async throws -> [String] { codes(networks(try await check(shop, link))["Slack"]) }
        let link = try await shop.issue().link
        #expect(try await !first(link).contains { $0.hasPrefix("link-") || $0 == "cart-gone" })
        _ = try await shop.sharing.change(link.id, LinkChange(paused: true), by: owner, onBehalfOf: nil, at: shop.clock.now)
        #expect(try await first(link).contains("link-paused"))
        try await shop.sharing.revoke(link.id, by: owner, onBehalfOf: nil, at: shop.clock.now)
        #expect(try await first(link).contains("link-revoked"))
        let short = try await shop.issue(LinkOrder(audience: .external, access: .readOnly, lifetime: .seconds(60))).link
        #expect(codes(networks(try await check(shop, short))["LinkedIn"]).contains("card-outlives-link"))
        #expect(try await !first(short).contains("card-outlives-link"))
        shop.clock.advance(seconds: 60)
        #expect(try await first(short).contains("link-expired"))
        let other = try await shop.issue().link
        _ = try await shop.sharing.setState(of: CartID("cart-1")!, to: .ordered, by: TestShop.storefront, at: shop.clock.now)
        #expect(try await first(other).contains("cart-gone"))
    }

    @Test func onlyWhoManagesTheLinkMayAsk() async throws {
        let shop = try await TestShop()
        try await shop.push()
        let link = try await shop.issue().link
        #expect(try await check(shop, link, by: .stranger).status == .unauthorized)
        #expect(try await check(shop, link, by: .person(People.sameUnit)).code == "link-not-found")
        #expect(try await check(shop, link, by: .service(Services.reader)).code == "scope-missing")
        #expect(try await check(shop, link, by: .service(Services.storefront)).code == "malformed-request")
        let named: HTTPFields = [.onBehalfOf: People.owner.subject.description]
        #expect(try await check(shop, link, by: .service(Services.storefront), headers: named).status == .ok)
        #expect(try await shop.send(.post, "/v1/links/nonsense/unfurl-check", by: .person(People.owner)).status == .notFound)
    }

    @Test(arguments: Network.all.map(\.name))
    func theDefaultCardFitsTheNetwork(name: String) async throws {
        let shop = try await TestShop()
        try await shop.push()
        let codes = codes(networks(try await check(shop, try await shop.issue().link))[name])
        for code in ["tags-missing", "description-cut", "picture-too-large", "picture-too-small", "picture-too-wide"] {
            #expect(!codes.contains(code), "\(code)")
        }
    }

    static let hosts: [(url: String, isPrivate: Bool)] = [
        ("http://127.0.0.1:8080", true), ("https://localhost", true), ("https://a.localhost:1", true), ("https://10.1.2.3", true),
        ("https://192.168.0.1", true), ("https://172.16.0.1", true), ("https://172.32.0.1", false), ("https://169.254.1.1", true),
        ("https://100.64.0.1", true), ("https://8.8.8.8", false), ("https://shop", true), ("https://links.shop.example", false),
        ("https://shop.internal", true), ("https://localhost.example", false),
    ]

    @Test(arguments: hosts)
    func anAddressThatNetworksCantReachIsKnown(url: String, isPrivate: Bool) {
        #expect(PublicHost.isPrivate(in: url) == isPrivate)
    }

    @Test func everyWarningIsASentence() {
        for warning in UnfurlWarning.allCases {
            #expect(warning.text.hasSuffix(".") && warning.text.count > 20)
        }
    }
}
