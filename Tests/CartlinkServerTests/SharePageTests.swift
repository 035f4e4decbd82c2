// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTesting
import ShareLinks
import Testing

@testable import CartlinkServer

struct SharePageTests {
    private func page(_ document: String, headers: HTTPFields = [:]) async throws -> (html: String, token: String) {
        let shop = try await TestShop()
        try await shop.push(document)
        let token = try await shop.issue().token
        let answer = try await shop.send(.get, "/s/\(token)", headers: headers)
        #expect(answer.status == .ok)
        return (answer.text, token)
    }

    @Test func theCartIsShown() async throws {
        let (html, token) = try await page(SampleCarts.cartlink(personal: "CANARY"))
        for text in [
            "<html lang=\"en\">", "Kettle", "Mugs", "colour: graphite", "€49.90", "€59.00", "€108.90", "€29.50 each", "Quantity</span> 2",
            "https://cdn.shop.example/k.png\"", "Contact, delivery and payment data are hidden.",
            "This link is valid until <time datetime=\"2027-01-22", ">22 January 2027 at ", "This link lets you look at the cart.",
            "Open in shop", "href=\"https://shop.example/cart#share=\(token)\"",
        ] {
            #expect(html.contains(text), "\(text)")
        }
        #expect(!html.contains("CANARY"))
        #expect(!html.contains("This cart is empty."))
        #expect(!html.contains("{{"))
    }

    @Test func itSpeaksTheReadersLanguage() async throws {
        let (html, _) = try await page(SampleCarts.cartlink(personal: "x"), headers: [.acceptLanguage: "es-ES,en;q=0.5"])
        #expect(html.contains("<html lang=\"es\">"))
        #expect(html.contains("Han compartido un carrito contigo"))
        #expect(html.contains("22 de enero de 2027"))
        #expect(html.contains("108,90"))
    }

    @Test func anEmptyCartSaysSo() async throws {
        let (html, _) = try await page(#"{"currency":"EUR","items":[]}"#)
        #expect(html.contains("This cart is empty."))
        #expect(!html.contains("class=\"sum"))
    }

    /// Names that try to be more than text.
    static let names: [(name: String, escaped: String)] = [
        (#"</title><script>alert(1)</script>"#, "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;"),
        (#"\"><img src=x onerror=alert(1)>"#, "&quot;&gt;&lt;img src=x onerror=alert(1)&gt;"), ("a & b &lt;", "a &amp; b &amp;lt;"),
        ("{{shop}} {{{shop}}}", "{{shop}} {{{shop}}}"), ("مرحبا", "مرحبا"), ("👩‍👩‍👧 ☕", "👩‍👩‍👧 ☕"), ("日本", "日本"),
        // A quote or bracket with a mark behind it is another character to people, and the same to a browser.
        (#"\"\u0301 onerror=x"#, "&quot;\u{301} onerror=x"), (#"<\u200D/title>"#, "&lt;\u{200D}/title&gt;"),
        (#"'\uFE0F&\u0338"#, "&#39;\u{FE0F}&amp;\u{338}"),
    ]

    @Test(arguments: names)
    func namesAreTextAndNothingElse(name: String, escaped: String) async throws {
        let (html, _) = try await page(#"{"items":[{"name":"\#(name)","quantity":1,"options":{"\#(name)":"\#(name)"}}]}"#)
        #expect(html.contains("<span class=\"name\">\(escaped)</span>"))
        #expect(html.contains("<span class=\"option\">\(escaped): \(escaped)</span>"))
        #expect(html.components(separatedBy: "<script").count == 2 && !html.contains("<img"))
        #expect(html.components(separatedBy: "<title>").count == 2)
    }

    @Test func aShopsNameIsTextToo() async throws {
        let shop = Shop(name: "</title><b>&\"", url: nil, openURL: nil, loginURL: nil, hosts: [])
        let fixture = try await TestShop(shop: shop)
        try await fixture.push()
        let html = try await fixture.send(.get, "/s/\(try await fixture.issue().token)").text
        #expect(html.contains("&lt;/title&gt;&lt;b&gt;&amp;&quot;"))
        #expect(!html.contains("<b>"))
    }

    @Test func picturesOfOtherHostsAreNotShown() async throws {
        let pictures = ["https://evil.example/a.png", "http://cdn.shop.example/a.png", "javascript:alert(1)", "data:image/png;base64,AA"]
        for picture in pictures {
            let (html, _) = try await page(#"{"items":[{"name":"a","quantity":1,"image":"\#(picture)"}]}"#)
            #expect(!html.contains("<img"), "\(picture)")
        }
    }

    @Test func aLongCartIsShownWhole() async throws {
        let items = (0..<500).map { #"{"sku":"S\#($0)","name":"Item \#($0)","quantity":\#($0),"total":\#($0)}"# }.joined(separator: ",")
        let (html, _) = try await page(#"{"currency":"EUR","items":[\#(items)],"totals":{"items":1}}"#)
        #expect(html.components(separatedBy: "<li>").count == 501)
        #expect(html.contains(">I</span>"))
        #expect(html.contains("Item 499<") && html.contains("€4.99"))
    }

    @Test func robotsGetWhatPeopleGet() async throws {
        let shop = try await TestShop()
        try await shop.push(SampleCarts.cartlink(personal: "x"))
        let token = try await shop.issue().token
        let agents = ["Mozilla/5.0 (X11) Firefox/140.0", "facebookexternalhit/1.1", "WhatsApp/2.23", "Twitterbot/1.0", "Googlebot/2.1", ""]
        var answers: [TestResponse] = []
        for agent in agents { answers.append(try await shop.send(.get, "/s/\(token)", headers: [.userAgent: agent])) }
        #expect(Set(answers.map(\.text)).count == 1)
        #expect(Set(answers.map(\.headers)).count == 1)
    }

    @Test func noSubresourceCarriesTheToken() async throws {
        let (html, token) = try await page(SampleCarts.cartlink(personal: "x"))
        let loads = html.matches(of: /<(?:link|img|script|iframe|source|form)\b[^>]*>/).map { String($0.output) }
        #expect(loads.count == 4)
        for element in loads { #expect(!element.contains(token), "\(element)") }
        for link in html.matches(of: /<a\b[^>]*>/) where link.output.contains(token) {
            #expect(link.output.contains("#share=\(token)") && link.output.contains("rel=\"noreferrer\""))
        }
    }

    @Test func anInternalLinkAsksForALoginAndTellsNothing() async throws {
        let shop = try await TestShop()
        try await shop.push(SampleCarts.cartlink(personal: "CANARY"))
        let token = try await shop.issue(LinkOrder(audience: .internal, access: .readOnly)).token
        let answer = try await shop.send(.get, "/s/\(token)")
        #expect(answer.status == .ok)
        #expect(answer.text.contains("Log in"))
        #expect(answer.text.contains("https://shop.example/login?return=http%3A%2F%2Flinks%2Eshop%2Eexample%2Fs%2F\(token)"))
        for text in ["Kettle", "CANARY", "acme", "€"] { #expect(!answer.text.contains(text), "\(text)") }
        #expect(try await shop.send(.get, "/s/\(token)", by: .person(People.sameUnit)).text.contains("Kettle"))
        #expect(try await shop.send(.get, "/s/\(token)", by: .person(People.customer)).status == .forbidden)
    }

    @Test func whatWentWrongIsSaidInWords() async throws {
        let shop = try await TestShop()
        let answer = try await shop.send(.get, "/s/nonsense", headers: [.acceptLanguage: "es"])
        #expect(answer.status == .notFound)
        #expect(answer.headers[.contentLanguage] == "es")
        #expect(answer.text.contains("Este enlace no existe"))
        #expect(!answer.text.contains("nonsense"))
    }

    @Test func theOwnerSeesHisDataAndWhatOthersSee() async throws {
        let shop = try await TestShop()
        try await shop.push(SampleCarts.cartlink(personal: "CANARY"))
        let token = try await shop.issue().token
        let own = try await shop.send(.get, "/s/\(token)", by: .person(People.owner)).text
        #expect(own.contains("This is your cart as you see it.") && own.contains("Only you see this") && own.contains("CANARY"))
        #expect(own.contains("href=\"/s/\(token)?view=others\""))
        let others = try await shop.send(.get, "/s/\(token)?view=others", by: .person(People.owner)).text
        #expect(others.contains("This is your cart as others see it.") && others.contains("href=\"/s/\(token)\""))
        #expect(!others.contains("CANARY"))
        let stranger = try await shop.send(.get, "/s/\(token)?view=others").text
        #expect(!stranger.contains("as others see it") && !stranger.contains("view=others"))
    }

    @Test(arguments: [People.owner, nil])
    func onlyVisitsOfOthersAreCounted(person: Person?) async throws {
        let shop = try await TestShop()
        try await shop.push(SampleCarts.cartlink(personal: "x"))
        let path = "/s/\(try await shop.issue().token)"
        let html = try await shop.send(.get, path, by: person.map(TestCaller.person) ?? .stranger).text
        #expect(html.contains("data-counted") == (person == nil))
    }
}
