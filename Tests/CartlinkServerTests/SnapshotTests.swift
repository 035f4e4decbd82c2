// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTesting
import SQLiteStore
import ShareLinks
import Testing

@testable import CartlinkServer

/// Links that pin the cart, for every format.
struct SnapshotTests {
    private static let order = LinkOrder(audience: .external, access: .readOnly, showPrices: true, isSnapshot: true)

    private func stored(_ link: Link, in shop: TestShop) async throws -> String {
        let snapshot = try await shop.store.read { view throws(ShareError) in try view.snapshot(of: link.id) }
        return String(decoding: try #require(snapshot).document, as: UTF8.self)
    }

    @Test(arguments: CartFormat.allCases)
    func guestsGoOnSeeingWhatTheySaw(format: CartFormat) async throws {
        let shop = try await TestShop()
        try await shop.push(SampleCarts.document(format, personal: "CANARY"), format: format)
        let plain = try await shop.send(.get, "/v1/shared/\(try await shop.issue().token)")
        let (link, token) = try await shop.issue(Self.order)
        #expect(try await !stored(link, in: shop).contains("CANARY"))
        let before = try await shop.send(.get, "/v1/shared/\(token)")
        // The same view as that of a link which pins nothing, and filtering it again takes nothing away.
        #expect(before.text.replacing(link.expiresAt.description, with: "") == plain.text.replacing(link.expiresAt.description, with: ""))
        let page = try await shop.send(.get, "/s/\(token)").text
        try await shop.push(#"{"currency":"USD","items":[{"id":"9","sku":"SECRET-9","name":"Added later","quantity":1}]}"#)
        let after = try await shop.send(.get, "/v1/shared/\(token)", headers: [.ifNoneMatch: before.headers[.eTag]!])
        #expect(after.status == .notModified)
        #expect(try await shop.send(.get, "/v1/shared/\(token)").text == before.text)
        #expect(try await shop.send(.get, "/s/\(token)").text == page)
        #expect(try await shop.send(.get, "/v1/shared/\(token)", by: .person(People.owner)).text.contains("SECRET-9"))
    }

    @Test func linesThatTheShopHasNotPushedAreNotPinned() async throws {
        let shop = try await TestShop()
        try await shop.push(SampleCarts.cartlink(personal: "x"))
        let line = #"{"sku":"NEW-1","quantity":1}"#
        #expect(try await shop.send(.post, "/v1/carts/cart-1/items", by: .person(People.owner), json: line).status == .created)
        let (link, _) = try await shop.issue(Self.order)
        #expect(try await !stored(link, in: shop).contains("NEW-1"))
    }

    @Test func hiddenPricesAreNotInTheStoreEither() async throws {
        let shop = try await TestShop()
        try await shop.push(SampleCarts.cartlink(personal: "x"))
        var order = Self.order
        order.showPrices = false
        let (link, _) = try await shop.issue(order)
        let text = try await stored(link, in: shop)
        #expect(text.contains("Kettle") && !text.contains("4990") && !text.contains("totals"))
    }
}
