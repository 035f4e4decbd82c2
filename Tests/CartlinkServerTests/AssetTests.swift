// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import HummingbirdTesting
import Testing

@testable import CartlinkServer

struct AssetTests {
    private func shop(_ looks: ShopLooks) -> Shop {
        Shop(name: "S", url: nil, openURL: nil, loginURL: nil, hosts: [], looks: looks)
    }

    @Test func everyFileSaysWhatItIsAndMayBeKept() async throws {
        let logo = PictureFile(
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + [0, 0, 0, 9, 0, 0, 0, 9]
        )
        let shop = try await TestShop(shop: shop(ShopLooks(logo: logo)))
        let files = [
            ("/assets/page.css", "text/css; charset=utf-8"), ("/assets/page.js", "text/javascript; charset=utf-8"),
            ("/assets/cart-share.js", "text/javascript; charset=utf-8"), ("/assets/card.png", "image/png"),
            ("/assets/logo.png", "image/png"), ("/robots.txt", "text/plain; charset=utf-8"),
        ]
        for (path, type) in files {
            let answer = try await shop.send(.get, path)
            #expect(answer.status == .ok, "\(path)")
            #expect(answer.headers[.contentType] == type, "\(path)")
            #expect(answer.headers[values: .cacheControl] == ["public, max-age=3600"], "\(path)")
            #expect(answer.headers[.acceptRanges] == "bytes", "\(path)")
            #expect(try await shop.send(.get, path, headers: [.ifNoneMatch: answer.headers[.eTag]!]).status == .notModified, "\(path)")
            let part = try await shop.send(.get, path, headers: [.range: "bytes=1-3"])
            #expect(part.status == .partialContent && part.bytes == Array(answer.bytes[1...3]))
        }
    }

    @Test func theCardsPictureMayBeFetchedByRobotsAndShownElsewhere() async throws {
        let answer = try await TestShop().send(.get, "/assets/card.png")
        #expect(answer.headers[values: .robotsTag] == ["all"])
        #expect(answer.headers[values: .resourcePolicy] == ["cross-origin"])
        #expect(answer.headers[values: .xContentTypeOptions] == ["nosniff"])
        #expect(answer.bytes == ShopLooks.defaultCard.bytes)
    }

    @Test func onlyTheDialogMayBeReadByPagesOfAnyOrigin() async throws {
        let shop = try await TestShop()
        for path in ["/assets/cart-share.js", "/assets/page.css", "/assets/page.js", "/assets/card.png", "/assets/icon.svg", "/robots.txt"]
        {
            let isDialog = path == "/assets/cart-share.js"
            for headers: HTTPFields in [[:], [.origin: "https://any.example"]] {
                let answer = try await shop.send(.get, path, headers: headers)
                #expect(answer.headers[.accessControlAllowOrigin] == (isDialog ? "*" : nil), "\(path)")
                #expect(answer.headers[.accessControlAllowCredentials] == nil, "\(path)")
                if isDialog { #expect(answer.headers[values: .resourcePolicy] == ["cross-origin"]) }
            }
        }
    }

    @Test func theShopsColoursComeBehindTheStyleSheet() async throws {
        let looks = ShopLooks(accent: Colour("#ff0000"), accentDark: Colour("#000080"))
        let css = try await TestShop(shop: shop(looks)).send(.get, "/assets/page.css").text
        #expect(css.contains("body {"))
        #expect(
            css.hasSuffix(
                """
                @media (prefers-color-scheme: light) { :root { --accent: #ff0000; --on-accent: #000000; } }
                @media (prefers-color-scheme: dark) { :root { --accent: #000080; --on-accent: #ffffff; } }

                """
            )
        )
    }

    @Test func thePicturesOldAddressStaysWhenItsKindChanges() async throws {
        let shop = try await TestShop()
        let answers = [try await shop.send(.get, "/assets/card.png"), try await shop.send(.get, "/assets/card.jpg")]
        #expect(answers.map(\.status) == [.ok, .ok] && answers[0].bytes == answers[1].bytes)
        #expect(answers.map { $0.headers[.contentType] } == ["image/png", "image/png"])
    }

    @Test func theShopsStyleSheetAndTemplatesReplaceOurs() async throws {
        let templates = ["page.css": "body{}", "share.mustache": "<head>{{#card}}{{> card}}{{/card}}</head><main>OURS {{heading}}"]
        let shop = try await TestShop(shop: shop(ShopLooks(templates: templates)))
        #expect(try await shop.send(.get, "/assets/page.css").text == "body{}")
        #expect(try await shop.send(.get, "/s/nonsense").text.hasSuffix("</head><main>OURS There is no such link"))
    }

    @Test func robotsTxtNamesNoLinkAndNothingPrivate() async throws {
        let lines = try await TestShop().send(.get, "/robots.txt").text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(lines.prefix(2) == ["User-agent: *", "Disallow: /s/"])
        #expect(lines.suffix(2) == ["Allow: /s/", "Allow: /assets/"])
        #expect(lines.dropFirst(2).dropLast(2).allSatisfy { $0.hasPrefix("User-agent: ") && !$0.contains("*") })
    }
}
