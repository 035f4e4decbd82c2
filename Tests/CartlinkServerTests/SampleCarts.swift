// SPDX-License-Identifier: Apache-2.0

import ShareLinks

@testable import CartlinkServer

/// Carts with something personal in every field that isn't for others.
enum SampleCarts {
    /// A `cartlink` cart; `personal` stands in each personal, payment and opaque field.
    static func cartlink(personal: String) -> String {
        #"""
        {"name":"\#(personal) kitchen","currency":"EUR","locale":"en-IE",
         "items":[{"id":"line-\#(personal)","sku":"KTL","name":"Kettle","quantity":1,"unitPrice":4990,"total":4990,
           "image":"https://cdn.shop.example/k.png","options":{"colour":"graphite"},
           "personalisation":"For \#(personal)","note":["\#(personal)"]},
          {"id":"line-2","sku":"MUG","name":"Mugs","quantity":2,"unitPrice":2950,"total":5900,
           "image":"https://cdn.shop.example/m.png?u=\#(personal)","\#(personal)":"\#(personal)"}],
         "totals":{"items":10890,"discount":-500,"shipping":490,"tax":2982,"grand":\#(personal.utf8.count)},
         "customer":{"name":"\#(personal)","email":"\#(personal)@acme.example"},
         "shippingAddress":{"street":"\#(personal)"},"billingAddress":{"city":"\#(personal)"},
         "payment":{"method":"card","last4":"\#(personal)"},"coupons":["\#(personal)"],"note":"\#(personal)",
         "custom":{"\#(personal)":"\#(personal)"},"extra":"\#(personal)"}
        """#
    }

    static func orderForm(personal: String) -> String {
        #"""
        {"orderFormId":"\#(personal)","storePreferencesData":{"currencyCode":"EUR"},
         "items":[{"uniqueId":"\#(personal)","id":"1","name":"Kettle","skuName":"Kettle","quantity":1,"priceDefinition":{"total":4990}}],
         "totalizers":[{"id":"Items","name":"Items Total","value":4990}],
         "clientProfileData":{"email":"\#(personal)@acme.example","firstName":"\#(personal)"},
         "shippingData":{"address":{"street":"\#(personal)","receiverName":"\#(personal)"}},
         "paymentData":{"payments":[{"bin":"\#(personal)"}]},"marketingData":{"coupon":"\#(personal)"},
         "openTextField":{"value":"\#(personal)"},"customData":{"x":"\#(personal)"}}
        """#
    }

    static func glueCart(personal: String) -> String {
        #"""
        {"data":{"type":"carts","id":"\#(personal)","attributes":{"priceMode":"GROSS_MODE","currency":"EUR","store":"DE","name":"\#(personal)",
           "totals":{"subtotal":4990,"discountTotal":0,"taxTotal":797,"grandTotal":5480,"expenseTotal":490,"priceToPay":5480},
           "discounts":[{"displayName":"\#(personal)","amount":1,"code":"\#(personal)"}]},
           "links":{"self":"https://glue.example/carts/\#(personal)"}},
         "included":[{"type":"items","id":"\#(personal)","attributes":{"sku":"KTL","quantity":1,"groupKey":"\#(personal)",
             "calculations":{"unitPrice":4990,"sumPrice":4990,"sumSubtotalAggregation":4990}}},
           {"type":"customers","id":"\#(personal)","attributes":{"email":"\#(personal)@acme.example"}}]}
        """#
    }

    static func document(_ format: CartFormat, personal: String) -> String {
        switch format {
        case .cartlink: cartlink(personal: personal)
        case .vtexOrderForm: orderForm(personal: personal)
        case .sprykerCart: glueCart(personal: personal)
        }
    }
}
