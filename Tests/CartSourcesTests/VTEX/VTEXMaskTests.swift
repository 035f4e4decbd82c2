// SPDX-License-Identifier: Apache-2.0

import CartSources
import Redaction
import ShareLinks
import Testing

@Suite("What VTEX masked") struct VTEXMaskTests {
    private func cart(_ more: String, canEdit: Bool = true) async throws -> SourcedCart {
        let text = OrderFormSample.cart([OrderFormSample.line("1", 1)], more: more)
            .replacing(#""canEditData":true"#, with: #""canEditData":\#(canEdit)"#)
        let source = VTEXCartSource(
            settings: VTEXSettings(owner: OwnerMatch(path: MemberPath("clientProfileData.email")!)),
            calls: ScriptedCalls(.json(text)),
            shelves: emptyShelves(),
            turns: EditLine()
        )
        return try await source.cart(PlatformCartID(OrderFormSample.id)!, .whole, asOfNow: true)
    }

    /// VTEX's styles: of now, of before 2019, and of its paid data protection.
    @Test(arguments: ["K***", "Jon**", "*8*9*5*1*8*", "j***.d**@e******.c**", "163*** *** ***mon", #"K\u002a\u002a"#])
    func starsAreNeverPassedOnAsData(masked: String) async throws {
        let cart = try await cart(
            #","clientProfileData":{"email":"ann@shop.example","firstName":"\#(masked)","phone":null},"#
                + #""shippingData":{"availableAddresses":[{"addressId":"a","street":"\#(masked)","country":"BRA"}],"#
                + #""contacts":["\#(masked)"]},"invoiceData":{"address":{"city":"\#(masked)"},"note":"5*"},"#
                + #""availableAddresses":[{"number":"\#(masked)"}]"#
        )
        #expect(cart.isMasked)
        #expect(cart.json["clientProfileData"]?.text == #"{"email":"ann@shop.example","phone":null}"#)
        #expect(
            cart.json["shippingData"]?.text == #"{"availableAddresses":[{"addressId":"a","country":"BRA"}],"contacts":[]}"#
        )
        #expect(cart.json["invoiceData"]?.text == #"{"address":{},"note":"5*"}"#)
        #expect(cart.json["availableAddresses"]?.text == "[{}]")
        #expect(cart.ownerName == "ann@shop.example")
    }

    @Test func cardNumbersAreStarredForEverybody() async throws {
        let payment = #"{"availableAccounts":[{"cardNumber":"************1111"}]}"#
        let cart = try await cart(#","paymentData":\#(payment)"#)
        #expect(!cart.isMasked)
        #expect(cart.json["paymentData"]?.text == payment)
    }

    @Test func aCartThatMayNotBeEditedIsMaskedEvenWithoutStars() async throws {
        let profile = #"{"email":"ann@shop.example"}"#
        let cart = try await cart(#","clientProfileData":\#(profile)"#, canEdit: false)
        #expect(cart.isMasked)
        #expect(cart.json["clientProfileData"]?.text == profile)
    }

    @Test(arguments: [#""a***@s***""#, "null", "7", #""""#, #"{"a":"b"}"#])
    func anOwnerIsNamedByPlainTextOnly(email: String) async throws {
        let cart = try await cart(#","clientProfileData":{"email":\#(email)}"#)
        #expect(cart.ownerName == nil)
    }
}
