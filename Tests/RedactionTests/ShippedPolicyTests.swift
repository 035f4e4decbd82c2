// SPDX-License-Identifier: Apache-2.0

import Foundation
import Redaction
import Testing

/// The policies in `config/policies`, against carts with something in every field.
@Suite struct ShippedPolicyTests {
    @Test(
        "cartlink shows each viewer what the design says",
        arguments: [
            (
                Viewer.guest, true,
                #"{"currency":"EUR","locale":"en-IE","items":[{"sku":"MUG-1","name":"Mug","quantity":2,"unitPrice":1250,"total":2500,"#
                    + #""image":"https://shop.example/mug.jpg","url":"https://shop.example/mug","options":{"colour":"blue","engraving":"…","size":42}},"#
                    + #"{"sku":"TEA-9","name":"Tea","quantity":1,"unitPrice":800,"total":800}],"totals":{"items":3300,"incomplete":false}}"#
            ),
            (
                .guest, false,
                #"{"currency":"EUR","locale":"en-IE","items":[{"sku":"MUG-1","name":"Mug","quantity":2,"#
                    + #""image":"https://shop.example/mug.jpg","url":"https://shop.example/mug","options":{"colour":"blue","engraving":"…","size":42}},"#
                    + #"{"sku":"TEA-9","name":"Tea","quantity":1}]}"#
            ),
            (
                .member, false,
                #"{"name":"Trip to Ann, call …","currency":"EUR","locale":"en-IE","#
                    + #""items":[{"id":"line-1","sku":"MUG-1","name":"Mug","quantity":2,"unitPrice":1250,"total":2500,"#
                    + #""image":"https://shop.example/mug.jpg","url":"https://shop.example/mug","options":{"colour":"blue","engraving":"…","size":42}},"#
                    + #"{"id":"line-2","sku":"TEA-9","name":"Tea","quantity":1,"unitPrice":800,"total":800}],"#
                    + #""totals":{"items":3300,"discount":-100,"incomplete":false}}"#
            ),
        ]
    )
    func cartlink(viewer: Viewer, showPrices: Bool, projection: String) throws {
        var options = SampleCarts.options
        options.showPrices = showPrices
        let bytes = try SampleCarts.policy("cartlink").project(Array(SampleCarts.cartlink.utf8), for: viewer, options: options)
        #expect(String(decoding: bytes, as: UTF8.self) == projection)
    }

    @Test func cartlinkOwnerSeesEverythingButPayment() throws {
        let cart = Array(SampleCarts.cartlink.utf8)
        let projection = try SampleCarts.policy("cartlink").projectReporting(cart, for: .owner)
        var expected = try #require(JSONSerialization.jsonObject(with: Data(cart)) as? [String: Any])
        expected["payment"] = nil
        expected["unknown"] = nil
        var items = try #require(expected["items"] as? [[String: Any]])
        items[0]["internal"] = nil
        expected["items"] = items
        let seen = try #require(JSONSerialization.jsonObject(with: Data(projection.bytes)) as? [String: Any])
        #expect(NSDictionary(dictionary: seen) == NSDictionary(dictionary: expected))
        #expect(
            projection.removed == [
                Removal(path: "items[].internal", reason: .unlisted), Removal(path: "payment", reason: .payment),
                Removal(path: "unknown", reason: .unlisted),
            ]
        )
    }

    @Test func cartlinkServiceSeesEverythingButPersonalAndPayment() throws {
        let bytes = try SampleCarts.policy("cartlink").project(Array(SampleCarts.cartlink.utf8), for: .service)
        let seen = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        #expect(seen.keys.sorted() == ["currency", "custom", "items", "locale", "name", "totals"])
        #expect((seen["totals"] as? [String: Any])?.count == 6)
        let item = try #require((seen["items"] as? [[String: Any]])?.first)
        #expect(item.keys.sorted() == ["id", "image", "name", "options", "quantity", "sku", "total", "unitPrice", "url"])
    }

    @Test func cartlinkTellsGuestsAndMembersWhatIsWithheld() throws {
        let policy = try SampleCarts.policy("cartlink")
        #expect(
            policy.removed(for: .member).map { "\($0.path) \($0.reason.rawValue)" } == [
                "items[].personalisation.** personal", "items[].note.** personal", "totals.shipping withheld", "totals.tax withheld",
                "totals.grand withheld", "customer.** personal", "shippingAddress.** personal", "billingAddress.** personal",
                "note.** personal",
                "payment.** payment", "coupons.** personal", "custom.** opaque",
            ]
        )
        #expect(
            policy.removed(for: .guest).map(\.path).filter { !policy.removed(for: .member).map(\.path).contains($0) } == [
                "name", "items[].id", "totals.discount",
            ]
        )
        #expect(policy.removed(for: .guest, showPrices: false).contains(Removal(path: "totals.**", reason: .withheld)))
        #expect(policy.removed(for: .owner) == [Removal(path: "payment.**", reason: .payment)])
    }

    @Test(
        "vtex-orderform shows others enough to draw the cart",
        arguments: [(Viewer.guest, ""), (.member, #",{"name":"Discounts","id":"Discounts","value":-23}"#)]
    )
    func orderForm(viewer: Viewer, discounts: String) throws {
        let bytes = try SampleCarts.policy("vtex-orderform").project(
            Array(SampleCarts.orderForm.utf8),
            for: viewer,
            options: SampleCarts.options
        )
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"salesChannel":"1","items":[{"id":"100","productId":"10","refId":"R1","ean":"4006381333931","name":"Filter","skuName":"Filter 4","#
                + #""imageUrl":"https://shop.example/f.jpg","quantity":2,"unitMultiplier":1.0,"measurementUnit":"un","seller":"1","sellerChain":["1"],"#
                + #""price":600,"listPrice":650,"sellingPrice":600,"availability":"available","isGift":false,"#
                + #""priceDefinition":{"calculatedSellingPrice":600,"total":1200,"sellingPrices":[{"value":600,"quantity":2}]},"#
                + #""additionalInfo":{"brandName":"Brand","dimension":null},"productCategories":{"1":"Kitchen"},"parentItemIndex":null,"#
                + #""bundleItems":[{"id":"9","type":"Warranty","name":"One year","price":100}]}],"#
                + #""totalizers":[{"id":"Items","name":"Items","value":1200}"# + discounts + "],"
                + #""sellers":[{"id":"1","name":"Shop","logo":"https://shop.example/l.png"}],"clientPreferencesData":{"locale":"pt-BR"},"#
                + #""storePreferencesData":{"countryCode":"BRA","currencyCode":"BRL","currencySymbol":"R$","currencyFormatInfo":{"currencyDecimalDigits":2}}}"#
        )
    }

    @Test func orderFormWithoutPricesHoldsNoAmount() throws {
        let options = ProjectionOptions(showPrices: false, linkHosts: ["shop.example"])
        let bytes = try SampleCarts.policy("vtex-orderform").project(Array(SampleCarts.orderForm.utf8), for: .guest, options: options)
        let text = String(decoding: bytes, as: UTF8.self)
        for word in ["rice", "600", "650", "1200", "totalizers", "value\""] { #expect(!text.contains(word), "\(word)") }
        #expect(text.contains(#""quantity":2"#))
    }

    @Test func orderFormOwnerSeesEverythingButWhatPays() throws {
        let report = try SampleCarts.policy("vtex-orderform").projectReporting(Array(SampleCarts.orderForm.utf8), for: .owner)
        #expect(
            report.removed == [
                Removal(path: "newField", reason: .unlisted), Removal(path: "paymentData.availableAccounts", reason: .payment),
                Removal(path: "paymentData.giftCards", reason: .payment),
                Removal(path: "paymentData.payments[].accountId", reason: .payment),
                Removal(path: "paymentData.installmentOptions[].bin", reason: .payment),
                Removal(path: "marketingData.coupon", reason: .payment),
            ]
        )
    }

    @Test("no canary reaches a guest or a member", arguments: [Viewer.guest, .member], ["cartlink", "vtex-orderform"])
    func canaries(viewer: Viewer, name: String) throws {
        let cart = name == "cartlink" ? SampleCarts.cartlink : SampleCarts.orderForm
        let bytes = try SampleCarts.policy(name).project(Array(cart.utf8), for: viewer, options: SampleCarts.options)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!text.contains("canary"))
        #expect(!text.contains("77"))
        #expect(!text.contains("612"))
    }
}
