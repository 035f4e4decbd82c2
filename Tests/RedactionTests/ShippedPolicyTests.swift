// SPDX-License-Identifier: Apache-2.0

import Foundation
import Redaction
import Testing

/// What must hold for the policies in `config/policies` whatever they say line by line; `GoldenTests` shows the rest.
@Suite struct ShippedPolicyTests {
    @Test("no canary reaches a guest or a member", arguments: [Viewer.guest, .member], SampleCarts.policies)
    func canaries(viewer: Viewer, policy: String) throws {
        let text = try Self.projection(of: policy, for: viewer).lowercased()
        #expect(!text.contains("canary"))
        #expect(!text.contains("77"))
        #expect(!text.contains("612"))
        #expect(SampleCarts.cart(for: policy).contains("canary"))
    }

    /// What a line names is in the sample cart, so for the owner all of it but payment is there: shown or, beneath `**`, whole.
    @Test("the owner loses only payment data and what no line names", arguments: SampleCarts.policies)
    func owner(policy: String) throws {
        let cart = Array(SampleCarts.cart(for: policy).utf8)
        let removed = try SampleCarts.policy(policy).projectReporting(cart, for: .owner, options: SampleCarts.options).removed
        #expect(Set(removed.map(\.reason)) == [.payment, .unlisted])
        for line in SampleCarts.lines(of: policy) { #expect(line[4] == (line[1] == "payment" ? "drop" : "show"), "\(line[0])") }
    }

    @Test("services get neither personal nor payment data", arguments: SampleCarts.policies)
    func service(policy: String) throws {
        let cart = Array(SampleCarts.cart(for: policy).utf8)
        let removed = try SampleCarts.policy(policy).projectReporting(cart, for: .service, options: SampleCarts.options).removed
        #expect(Set(removed.map(\.reason)) == [.payment, .personal, .unlisted])
        let seen = try Self.projection(of: policy, for: .service).lowercased()
        for word in ["canary@mail.example", "canary-street", "canaria", "canary-voucher", "canary-coupon", "canary-gift-card", "4242"] {
            #expect(!seen.contains(word), "\(word)")
        }
    }

    @Test(
        "a guest without prices gets no amount, but quantities",
        arguments: [
            ("cartlink", ["rice", "1250", "2500", "800", "3300", "total"]),
            ("vtex-orderform", ["rice", "600", "650", "1200", "totalizers", "value\""]),
            ("vtex-orderform-masked", ["rice", "600", "650", "1200", "totalizers", "value\""]),
            ("spryker-cart", ["2600", "5200", "5700", "13500", "1260", "500", "Total"]),
        ]
    )
    func withoutPrices(policy: String, words: [String]) throws {
        let text = try Self.projection(of: policy, for: .guest, showPrices: false)
        let priced = try Self.projection(of: policy, for: .guest)
        for word in words { #expect(!text.contains(word), "\(word)") }
        #expect(words.contains { priced.contains($0) })
        #expect(text.contains(#""quantity":"#))
    }

    @Test(
        "of the sums guests get that of the items, members also the discount",
        arguments: [
            ("cartlink", Viewer.guest, #""totals":{"items":3300,"incomplete":false}"#),
            ("cartlink", .member, #""totals":{"items":3300,"discount":-100,"incomplete":false}"#),
            ("vtex-orderform", .guest, #""totalizers":[{"id":"Items","name":"Items","value":1200}]"#),
            (
                "vtex-orderform", .member,
                #""totalizers":[{"id":"Items","name":"Items","value":1200},{"name":"Discounts","id":"Discounts","value":-23}]"#
            ),
            ("spryker-cart", .guest, #""totals":{"subtotal":13500}"#),
            ("spryker-cart", .member, #""totals":{"discountTotal":1260,"subtotal":13500}"#),
        ]
    )
    func sums(policy: String, viewer: Viewer, sums: String) throws {
        #expect(try Self.projection(of: policy, for: viewer).contains(sums))
    }

    /// A cart that was never calculated, and one with resources a project made up.
    @Test func sprykerCartsMayHoldMoreOrLess() throws {
        let cart = #"""
            {"data":{"type":"carts","id":"canary","attributes":{"currency":"EUR","totals":null,"discounts":null}},
             "included":[{"type":"our-notes","id":"n1","attributes":{"sku":"S","text":"canary"}},
                         {"attributes":{"sku":"S"}},
                         {"type":["items"],"attributes":{"sku":"S"}},
                         {"type":"items","id":"canary","attributes":{"sku":"A","quantity":1,"calculations":null}}]}
            """#
        let policy = try SampleCarts.policy("spryker-cart")
        let seen = String(decoding: try policy.project(Array(cart.utf8), for: .guest), as: UTF8.self)
        #expect(
            seen == #"{"data":{"type":"carts","attributes":{"currency":"EUR","totals":null}},"#
                + #""included":[{"type":"items","attributes":{"sku":"A","quantity":1,"calculations":null}}]}"#
        )
    }

    private static func projection(of policy: String, for viewer: Viewer, showPrices: Bool = true) throws -> String {
        let options = ProjectionOptions(showPrices: showPrices, linkHosts: SampleCarts.options.linkHosts)
        let bytes = try SampleCarts.policy(policy).project(Array(SampleCarts.cart(for: policy).utf8), for: viewer, options: options)
        return String(decoding: bytes, as: UTF8.self)
    }
}
