// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Redaction
import Testing

/// The policies the service ships, and a cart of each format with something in every field.
///
/// Withheld values start with `canary`, or are numbers that end in 77: none of them may appear where they don't belong.
enum SampleCarts {
    static func policy(_ name: String) throws -> Policy {
        try #require(policies[name])
    }

    /// Read once: that takes longer than most tests.
    private static let policies: [String: Policy] = {
        let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        var policies: [String: Policy] = [:]
        for name in ["cartlink", "vtex-orderform"] {
            let text = String(decoding: try! Data(contentsOf: URL(filePath: "\(root)/config/policies/\(name).policy")), as: UTF8.self)
            policies[name] = try! Policy(name: name, file: "\(name).policy", text: text)
        }
        return policies
    }()

    static let options = ProjectionOptions(linkHosts: ["shop.example"])

    static let cartlink = #"""
        {
          "name": "Trip to Ann, call +34 612 345 678", "currency": "EUR", "locale": "en-IE",
          "items": [
            {"id": "line-1", "sku": "MUG-1", "name": "Mug", "quantity": 2, "unitPrice": 1250, "total": 2500,
             "image": "https://shop.example/mug.jpg", "url": "https://shop.example/mug",
             "options": {"colour": "blue", "engraving": "ann@mail.example", "size": 42},
             "personalisation": {"text": "canary-text"}, "note": "canary-note", "internal": "canary-internal"},
            {"id": "line-2", "sku": "TEA-9", "name": "Tea", "quantity": 1, "unitPrice": 800, "total": 800,
             "image": "http://shop.example/tea.jpg", "url": "https://elsewhere.example/tea"}
          ],
          "totals": {"items": 3300, "discount": -100, "shipping": 49977, "tax": 57777, "grand": 69977, "incomplete": false},
          "customer": {"email": "canary@mail.example", "name": "canary-name", "ids": ["canary-id"]},
          "shippingAddress": {"street": "canary-street"}, "billingAddress": {"vatId": "canary-vat"},
          "payment": {"card": {"last4": "canary-4242"}}, "coupons": ["canary-coupon"], "note": "canary-cart-note",
          "custom": {"erp": "canary-erp"}, "unknown": {"field": "canary-unknown"}
        }
        """#

    static let orderForm = #"""
        {
          "orderFormId": "canary-cart-id", "salesChannel": "1", "loggedIn": true, "canEditData": true, "userProfileId": "canary-profile-id",
          "checkedInPickupPointId": "canary-point", "value": 1477, "newField": "canary-new",
          "messages": [{"code": "canary-code", "status": "error", "text": "canary-message"}],
          "items": [
            {"uniqueId": "canary-unique", "id": "100", "productId": "10", "refId": "R1", "ean": "4006381333931", "name": "Filter", "skuName": "Filter 4",
             "imageUrl": "https://shop.example/f.jpg", "detailUrl": "/filter/p", "quantity": 2, "unitMultiplier": 1.0, "measurementUnit": "un",
             "seller": "1", "sellerChain": ["1"], "price": 600, "listPrice": 650, "sellingPrice": 600, "tax": 77, "taxCode": "canary-tax",
             "rewardValue": 77, "manualPriceAppliedBy": "canary-clerk", "availability": "available", "isGift": false,
             "priceDefinition": {"calculatedSellingPrice": 600, "total": 1200, "reason": "canary-reason", "sellingPrices": [{"value": 600, "quantity": 2}]},
             "priceTags": [{"name": "canary-promotion", "value": -77, "identifier": "canary-tag", "owner": "canary-owner"}],
             "additionalInfo": {"brandName": "Brand", "dimension": null, "offeringInfo": "canary-offering"},
             "productCategories": {"1": "Kitchen"}, "parentItemIndex": null,
             "assemblies": [{"inputValues": {"text": "canary-engraving"}}], "attachments": [{"name": "Gift", "content": {"to": "canary-gift"}}],
             "bundleItems": [{"id": "9", "type": "Warranty", "name": "One year", "price": 100, "attachments": [{"content": {"m": "canary-bundle"}}]}]}
          ],
          "totalizers": [
            {"id": "Items", "name": "Items", "value": 1200}, {"name": "Discounts", "id": "Discounts", "value": -23},
            {"id": "Shipping", "name": "canary-shipping", "value": 377}, {"id": "Tax", "name": "canary-taxes", "value": 177}
          ],
          "shippingData": {
            "address": {"addressId": "canary-address-id", "receiverName": "canary-receiver", "street": "canary-street", "country": "canary-country",
                        "geoCoordinates": [-43.1877, -22.9177]},
            "logisticsInfo": [{"itemIndex": 0, "selectedSla": "canary-sla", "slas": [{"pickupDistance": 1.77, "price": 377, "name": "canary-sla-name"}]}],
            "pickupPoints": [{"friendlyName": "canary-pickup"}]
          },
          "clientProfileData": {"email": "canary@mail.example", "firstName": "canary-first", "documentType": "canary-type", "isCorporate": true},
          "paymentData": {
            "availableAccounts": [{"bin": "canary-bin"}], "giftCards": [{"redemptionCode": "canary-code", "balance": 10077}],
            "payments": [{"accountId": "canary-account", "value": 1477}], "installmentOptions": [{"bin": "canary-bin2", "value": 1477}]
          },
          "marketingData": {"coupon": "canary-coupon", "utmSource": "canary-utm", "marketingTags": ["canary-tag"]},
          "openTextField": {"value": "canary-open"}, "customData": {"customApps": [{"id": "canary-app", "fields": {"name": "canary-field"}}]},
          "sellers": [{"id": "1", "name": "Shop", "logo": "https://shop.example/l.png"}],
          "clientPreferencesData": {"locale": "pt-BR", "optinNewsLetter": true},
          "storePreferencesData": {"countryCode": "BRA", "currencyCode": "BRL", "currencySymbol": "R$", "currencyFormatInfo": {"currencyDecimalDigits": 2}}
        }
        """#
}
