// SPDX-License-Identifier: Apache-2.0

import Redaction
import Testing

@Suite struct ActionTests {
    @Test(
        "link shows https URLs on known hosts only",
        arguments: [
            ("https://shop.example/a/b.jpg", true), ("https://SHOP.example/a", true), ("https://cdn.shop.example", true),
            ("https://shop.example:443/a", true), ("https://shop.example/%20a;b=1", true),
            ("http://shop.example/a", false), ("//shop.example/a", false), ("/a.jpg", false), ("", false), ("shop.example/a", false),
            ("https://shop.example/a?b=1", false), ("https://shop.example/a?", false), ("https://shop.example/a#b", false),
            ("https://ann@shop.example/a", false), ("https://ann:pw@shop.example/", false), ("https://shop.example@evil.example/", false),
            ("https://evil.example/shop.example", false), ("https://shop.example.evil.example/", false),
            ("https://evilshop.example/", false),
            ("https://shop.example:8443/a", false), ("https://shop.example./a", false), ("https:///shop.example", false),
            ("https://shop.example\\\\@evil.example/", false), ("https://shop.example\\t/a", false), (" https://shop.example/a", false),
            ("https://shop.example/a b", false), ("https://shop.example/é", false), ("javascript:alert(1)//https://shop.example", false),
            ("https://evil.example\\u0000shop.example/", false), ("https:\\/\\/shop.example\\/a", true),
        ]
    )
    func link(url: String, isShown: Bool) throws {
        let policy = try Policy(name: "p", file: "p", text: "u public link link show")
        let options = ProjectionOptions(linkHosts: ["Shop.example", "cdn.shop.example"])
        let cart = Array("{\"u\":\"\(url)\"}".utf8)
        #expect(try policy.project(cart, for: .guest, options: options) == (isShown ? cart : Array("{}".utf8)))
        #expect(try policy.project(cart, for: .guest) == Array("{}".utf8))
        #expect(try policy.project(cart, for: .owner) == cart)
    }

    @Test(
        "scrub cleans strings, and drops numbers and keys that hold personal data",
        arguments: [
            (#"{"o":{"a":"Red"}}"#, #"{"o":{"a":"Red"}}"#), (#"{"o":{"a":"call +34 612 345 678"}}"#, #"{"o":{"a":"call …"}}"#),
            (#"{"o":{"a":"ann\u0040mail.example \"x\"\n"}}"#, #"{"o":{"a":"… \"x\"\n"}}"#),
            (#"{"o":{"a":"\u0000 a@b.cd"}}"#, #"{"o":{"a":"\u0000 …"}}"#),
            (#"{"o":{"a":42,"b":1.5,"c":true,"d":null}}"#, #"{"o":{"a":42,"b":1.5,"c":true,"d":null}}"#),
            (#"{"o":{"a":612345678}}"#, #"{"o":{}}"#), (#"{"o":{"a":4111111111111111}}"#, #"{"o":{}}"#),
            (#"{"o":{"ann@mail.example":"x","b":1}}"#, #"{"o":{"b":1}}"#), (#"{"o":{"ann\u0040mail.example":"x"}}"#, #"{"o":{}}"#),
            (#"{"o":{"a":{"b":1}}}"#, #"{"o":{}}"#),
        ]
    )
    func scrub(cart: String, guest: String) throws {
        let policy = try Policy(name: "p", file: "p", text: "o.* public scrub scrub show")
        #expect(try policy.project(Array(cart.utf8), for: .guest) == Array(guest.utf8))
        #expect(try policy.project(Array(cart.utf8), for: .owner) == Array(cart == #"{"o":{"a":{"b":1}}}"# ? #"{"o":{}}"#.utf8 : cart.utf8))
    }

    @Test func pricesHideWithTheLink() throws {
        let policy = try Policy(name: "p", file: "p", text: "t.a public show:price show show\nb public show show show")
        let cart = Array(#"{"t":{"a":1},"b":2}"#.utf8)
        let hidden = ProjectionOptions(showPrices: false)
        #expect(try policy.project(cart, for: .guest) == cart)
        #expect(try policy.project(cart, for: .guest, options: hidden) == Array(#"{"b":2}"#.utf8))
        #expect(try policy.project(cart, for: .member, options: hidden) == cart)
        #expect(policy.removed(for: .guest).isEmpty)
        #expect(policy.removed(for: .guest, showPrices: false) == [Removal(path: "t.**", reason: .pricesHidden)])
        #expect(try policy.projectReporting(cart, for: .guest, options: hidden).removed == [Removal(path: "t.a", reason: .pricesHidden)])
    }

    @Test func reportsNameWhatWasRemovedAndWhy() throws {
        let policy = try Policy(
            name: "p",
            file: "p",
            text: """
                i[].a        public     show  show show
                i[].b        identifier drop  show show
                c.**         personal   drop  drop show
                d.pay        payment    drop  drop drop
                d.free       opaque     drop  drop show
                d.own        public     drop  drop show
                u            public     link  link show
                o.*          public     scrub show show
                """
        )
        let cart = #"""
            {"i":[{"a":1,"b":2,"x":3},{"a":{"z":1},"b":2},5],"c":{"m":1,"n":{"o":2}},"d":{"pay":1,"free":2,"own":3,"new":{"a":1}},"u":"http://a.b",
            "o":{"k":"a@b.cd","l":"ok"},"extra":[1]}
            """#
        let report = try policy.projectReporting(Array(cart.utf8), for: .guest)
        #expect(String(decoding: report.bytes, as: UTF8.self) == #"{"i":[{"a":1},{}],"o":{"k":"…","l":"ok"}}"#)
        #expect(
            report.removed == [
                Removal(path: "i[].b", reason: .identifier), Removal(path: "i[].x", reason: .unlisted),
                Removal(path: "i[].a", reason: .unexpectedShape),
                Removal(path: "i[]", reason: .unexpectedShape), Removal(path: "c", reason: .personal),
                Removal(path: "d.pay", reason: .payment),
                Removal(path: "d.free", reason: .opaque), Removal(path: "d.own", reason: .withheld),
                Removal(path: "d.new", reason: .unlisted),
                Removal(path: "u", reason: .unsafeLink), Removal(path: "o.k", reason: .scrubbed), Removal(path: "extra", reason: .unlisted),
            ]
        )
        #expect(
            policy.removed(for: .guest) == [
                Removal(path: "i[].b", reason: .identifier), Removal(path: "c.**", reason: .personal),
                Removal(path: "d.**", reason: .payment),
            ]
        )
    }

    @Test func absentContainersAreNotReported() throws {
        let policy = try Policy(
            name: "p",
            file: "p",
            text: "a.b personal drop drop show\nc personal drop drop show\nd.** opaque drop drop show"
        )
        let removed = try policy.projectReporting(Array(#"{"a":null,"c":null,"d":null,"e":null}"#.utf8), for: .guest).removed
        #expect(
            removed == [
                Removal(path: "c", reason: .personal), Removal(path: "d", reason: .opaque), Removal(path: "e", reason: .unlisted),
            ]
        )
    }

    @Test func reportsStayBounded() throws {
        let policy = try Policy(name: "p", file: "p", text: "a.*.b public show show show")
        let long = String(repeating: "k", count: 5000)
        let cart =
            "{\"a\":{\"\(long)\":{" + (0..<3000).map { "\"x\($0)\":1" }.joined(separator: ",") + "}},"
            + (0..<3000).map { "\"y\($0)\":1" }.joined(separator: ",") + "}"
        let removed = try policy.projectReporting(Array(cart.utf8), for: .guest).removed
        #expect(removed.count == 1000)
        #expect(removed.allSatisfy { $0.path.utf8.count <= 256 })
    }
}
