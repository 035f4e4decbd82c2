// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import HummingbirdTesting
import ShareLinks
import Testing

@testable import CartlinkServer

/// The card in the pages that the routes answer.
struct CardPageTests {
    private func card(_ answer: TestResponse) -> [String: String] {
        CardHead(answer.bytes, window: CardHead.promisedWindow).tags
    }

    @Test func anInternalLinkHasTheNeutralCard() async throws {
        let shop = try await TestShop()
        try await shop.push(SampleCarts.cartlink(personal: "CANARY"))
        let (_, token) = try await shop.issue(LinkOrder(audience: .internal, access: .readOnly))
        for caller in [TestCaller.stranger, .person(People.owner), .person(People.sameUnit), .person(People.customer)] {
            let tags = card(try await shop.send(.get, "/s/\(token)", by: caller))
            #expect(tags["og:description"] == PageTexts.english.cardDescription)
            let isOutside = if case .person(People.customer) = caller { true } else { false }
            #expect(tags["og:url"] == (isOutside ? "https://shop.example" : "\(TestShop.publicURL)/s/\(token)"))
            #expect(tags["og:image"] == "\(TestShop.publicURL)/assets/card.png")
        }
    }

    @Test func whatIsntShownHasTheNeutralCardByteForByte() async throws {
        let shop = try await TestShop()
        try await shop.push(SampleCarts.cartlink(personal: "CANARY"))
        let token = try await shop.issue().token
        let dead = try await shop.issue()
        try await shop.sharing.revoke(dead.link.id, by: .person(People.owner), onBehalfOf: nil, at: shop.clock.now)
        let inside = try await shop.issue(LinkOrder(audience: .internal, access: .readOnly)).token
        func head(_ path: String, _ status: HTTPResponse.Status, by caller: TestCaller = .stranger) async throws -> String {
            let answer = try await shop.send(.get, path, by: caller)
            #expect(answer.status == status, "\(path)")
            let tags = answer.text.split(separator: "\n").filter {
                $0.contains("og:") || $0.contains("\"description\"")
            }
            return tags.joined(separator: "\n").replacing(String(path.dropFirst(3)), with: "TOKEN")
        }
        let neutral = try await head("/s/\(inside)", .ok)
        #expect(neutral.contains("/s/TOKEN"))
        let nowhere = neutral.replacing("\(TestShop.publicURL)/s/TOKEN", with: "https://shop.example")
        #expect(try await head("/s/\(dead.token)", .gone) == nowhere)
        #expect(try await head("/s/\(inside)", .forbidden, by: .person(People.customer)) == nowhere)
        #expect(try await head("/s/nonsense", .notFound) == nowhere)
        #expect(try await head("/s/\(token)", .ok) == neutral)
    }

    @Test func whatALoggedInPersonGetsIsNotCompressed() async throws {
        let shop = try await TestShop()
        try await shop.push()
        let token = try await shop.issue().token
        let inside = try await shop.issue(LinkOrder(audience: .internal, access: .readOnly, circle: .company)).token
        func isCompressed(_ path: String, _ caller: TestCaller) async throws -> Bool {
            try await shop.send(.get, path, by: caller, headers: [.acceptEncoding: "gzip"]).headers[.contentEncoding] == "gzip"
        }
        #expect(try await isCompressed("/s/\(token)", .stranger))
        #expect(try await isCompressed("/s/\(inside)", .stranger))
        #expect(try await isCompressed("/s/nonsense", .stranger))
        #expect(try await isCompressed("/s/\(token)", .person(People.owner)) == false)
        #expect(try await isCompressed("/s/\(inside)", .person(People.sameUnit)) == false)
        #expect(try await isCompressed("/v1/shared/\(token)", .stranger))
        #expect(try await isCompressed("/v1/shared/\(token)", .person(People.owner)) == false)
    }
}
