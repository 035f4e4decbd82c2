// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks
import Testing

@testable import CartlinkServer

struct PageCardTests {
    private func neutral(_ shop: Shop = .demo) -> PageCard {
        .neutral(shop, publicURL: TestShop.publicURL, address: "\(TestShop.publicURL)/s/t", in: .english)
    }

    private func card(_ document: String, format: CartFormat = .cartlink) -> PageCard {
        neutral().showing(CartSummary(projection: Array(document.utf8), format: format), hosts: Shop.demo.hosts, in: .english)
    }

    @Test func theNeutralCardTellsTheShopOnly() {
        let card = neutral()
        #expect(card.title == "Shared cart – Demo shop")
        #expect(card.description == "Someone shared a shopping cart with you.")
        #expect(card.site == "Demo shop")
        #expect(card.picture.url == "http://links.shop.example/assets/card.png")
        #expect(card.picture.width == 1200 && card.picture.height == 630 && card.picture.type == "image/png")
    }

    @Test func aShopWithoutANameHasACardToo() {
        for name in ["", " ", "\u{202E}"] {
            let card = neutral(Shop(name: name, url: nil, openURL: nil, loginURL: nil, hosts: []))
            #expect(card.title == "Shared cart" && card.site == "Shared cart")
        }
    }

    @Test func theCardWithItemsNamesThem() {
        let card = card(
            #"{"items":[{"name":"Kettle","sku":"K","quantity":3,"total":990,"image":"https://cdn.shop.example/k.png","options":{"a":"SECRET"}},{"name":"Mug"}],"name":"SECRET","totals":{"items":1}}"#
        )
        #expect(card.description == "2 items: Kettle, Mug")
        #expect(card.picture == PageCard.Picture(url: "https://cdn.shop.example/k.png", alt: "Kettle"))
        #expect(card.title == neutral().title && card.address == neutral().address)
    }

    static let descriptions: [(items: String, description: String)] = [
        ("", "Someone shared a shopping cart with you."), (#"{"name":"Mug"}"#, "1 item: Mug"), (#"{"sku":"ONLY-SKU"}"#, "1 item"),
        (#"{"name":""},{"name":"  "}"#, "2 items"), (#"{"name":7},{"name":"Mug"}"#, "2 items: Mug"),
        (#"{"name":"\u202Egpj.exe\u0000 x"}"#, "1 item: gpj.exe x"),
        (#"{"name":"</title><script>alert(1)</script>"}"#, "1 item: </title><script>alert(1)</script>"),
    ]

    @Test(arguments: descriptions)
    func oddCartsHaveACard(items: String, description: String) {
        #expect(card("{\"items\":[\(items)]}").description == description)
    }

    @Test func aLongCartIsCountedWholeAndCutBetweenCharacters() {
        let items = (0..<600).map { #"{"name":"👩‍👩‍👧‍👦 Tea for the family \#($0)"}"# }.joined(separator: ",")
        let description = card("{\"items\":[\(items)]}").description
        #expect(description.hasPrefix("600 items: 👩‍👩‍👧‍👦 Tea for the family 0, 👩‍👩‍👧‍👦 Tea"))
        #expect(description.count <= 200 && description.hasSuffix("…"))
    }

    static let pictures: [(image: String, isShown: Bool)] = [
        ("https://cdn.shop.example/a.png", true), ("https://CDN.shop.example/a.png", true), ("https://evil.example/a.png", false),
        ("http://cdn.shop.example/a.png", false), ("https://cdn.shop.example.evil.example/a.png", false), ("javascript:alert(1)", false),
        ("https://cdn.shop.example@evil.example/a.png", false), ("https://evil.example\\\\@cdn.shop.example/a.png", false),
        ("https://u:p@cdn.shop.example/a.png", false), ("https://cdn.shop.example/a.png?user=1", false),
        ("//cdn.shop.example/a.png", false),
        ("https://cdn.shop.example/ä.png", false), ("", false),
    ]

    @Test(arguments: pictures)
    func onlyAPictureOfTheShopsHostsIsShown(image: String, isShown: Bool) {
        let card = card(#"{"items":[{"name":"Mug","image":"\#(image)"},{"name":"Cup","image":"https://cdn.shop.example/second.png"}]}"#)
        #expect(card.picture == (isShown ? PageCard.Picture(url: image, alt: "Mug") : neutral().picture))
    }

    @Test func glueGivesLinesNoNames() {
        let card = card(
            #"{"data":{},"included":[{"type":"items","id":"1","attributes":{"sku":"SKU-1","quantity":1}}]}"#,
            format: .sprykerCart
        )
        #expect(card.description == "1 item")
    }

    @Test func theHeadOfTheOddestCartStaysInThePromisedWindow() throws {
        let name = String(repeating: "\\u0026\\\"<'" + String(repeating: "\\u0301", count: 40), count: 100)
        let items = Array(
            repeating: "{\"name\":\"\(name)\",\"image\":\"https://cdn.shop.example/\(String(repeating: "a", count: 900))\"}",
            count: 30
        )
        let templates = try PageTemplates(shop: [:])
        let page = templates.page([
            "card": card("{\"items\":[\(items.joined(separator: ","))]}").values(pageTitle: "h"), "heading": "h", "language": "en",
        ])
        let head = CardHead(page, window: CardHead.promisedWindow)
        #expect(head.missing == [])
        #expect(head.tags["og:description"]?.unicodeScalars.starts(with: "30 items: &\"<'".unicodeScalars) == true)
        #expect(page.count < CardHead.promisedWindow)
    }
}
