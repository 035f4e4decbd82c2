# SPDX-License-Identifier: Apache-2.0
"""Carts with a canary in every field that a stranger must not see, and the search for canaries that got out."""

import base64

CANARIES = ["kanarie", "Kanarie", "KANARIE"]
DIGITS = "5550917364"

PERSONAL = {
    "name": "Kanarie list",
    "note": "please ring at kanarie, 5550917364",
    "coupons": ["KANARIE10"],
    "custom": {"kanarie": "kanarie", "loyalty": 5550917364, "deep": [{"x": ["kanarie"]}]},
    "customer": {
        "firstName": "Kanarie",
        "lastName": "Kanarie",
        "email": "kanarie@example.com",
        "phone": "+495550917364",
        "birthday": "kanarie",
        "document": "5550917364",
        "id": "kanarie-1",
    },
    "shippingAddress": {
        "receiver": "Kanarie",
        "street": "Kanarie 5",
        "postalCode": "5550917364",
        "city": "Kanarie",
        "geo": [5550917364, 1],
    },
    "billingAddress": {"name": "Kanarie", "street": "Kanarie 6", "taxId": "5550917364"},
    "internalRemark": "kanarie",
}
PAYMENT = {"payment": {"holder": "Zahlkanarie", "cardNumber": "4111111111111111", "last4": "5550917364", "token": "zahlkanarie"}}


def plain(**changes):
    """A small cart in the `cartlink` format."""
    items = [{"id": "i1", "sku": "MUG-1", "name": "Mug", "quantity": 2, "unitPrice": 1250, "total": 2500}]
    return {"currency": "EUR", "locale": "de-DE", "items": items, "totals": {"items": 2500, "grand": 2990, "shipping": 490}} | changes


def with_canaries(**changes):
    """A cart with every field of the format: `for_guests` is all that a stranger may see of it."""
    item = {
        "id": "i1",
        "sku": "MUG-1",
        "name": "Mug",
        "quantity": 2,
        "unitPrice": 1250,
        "total": 2500,
        "image": "https://cdn.shop.example/mug.jpg",
        "url": "https://shop.example/p/mug?ref=kanarie",
        "options": {"colour": "red"},
        "personalisation": "for Kanarie",
        "note": "kanarie",
        "supplier": "kanarie",
    }
    elsewhere = item | {
        "id": "i2",
        "sku": "CUP-2",
        "name": "Cup",
        "image": "https://kanarie.example/x.png",
        "url": "http://shop.example/p/cup",
    }
    totals = {"items": 5000, "discount": -5550917364, "shipping": 5550917364, "tax": 5550917364, "grand": 5550917364}
    return {"currency": "EUR", "locale": "de-DE", "items": [item, elsewhere], "totals": totals} | PERSONAL | PAYMENT | changes


def for_guests():
    item = {"sku": "MUG-1", "name": "Mug", "quantity": 2, "unitPrice": 1250, "total": 2500, "options": {"colour": "red"}}
    mug = item | {"image": "https://cdn.shop.example/mug.jpg"}
    return {"currency": "EUR", "locale": "de-DE", "items": [mug, item | {"sku": "CUP-2", "name": "Cup"}], "totals": {"items": 5000}}


def order_form():
    """A VTEX orderForm with canaries where its personal, payment, identifying and opaque fields are."""
    address = {
        "addressId": "kanarie",
        "addressType": "residential",
        "receiverName": "Kanarie",
        "street": "Kanarie",
        "number": "5550917364",
        "postalCode": "5550917364",
        "city": "Kanarie",
        "complement": "kanarie",
        "geoCoordinates": [5550917364, 2],
    }
    item = {
        "uniqueId": "KANARIE",
        "id": "2005",
        "productId": "1",
        "name": "Mug",
        "skuName": "Mug red",
        "quantity": 2,
        "price": 1250,
        "sellingPrice": 1250,
        "listPrice": 1500,
        "seller": "1",
        "attachments": [{"name": "engraving", "content": {"text": "Kanarie"}}],
        "bundleItems": [{"id": "1", "name": "Gift", "attachments": [{"name": "gift", "content": {"message": "kanarie"}}]}],
    }
    card = {"cardNumber": "4111111111115550917364", "bin": "5550917364", "accountId": "kanarie", "holderName": "Kanarie"}
    return {
        "orderFormId": "kanarie0000000000000000000000000",
        "salesChannel": "1",
        "loggedIn": True,
        "value": 2500,
        "items": [item],
        "totalizers": [{"id": "Items", "name": "Items", "value": 2500}, {"id": "Shipping", "name": "Kanarie", "value": 5550917364}],
        "userProfileId": "kanarie",
        "clientProfileData": {
            "email": "kanarie@example.com",
            "firstName": "Kanarie",
            "lastName": "Kanarie",
            "document": "5550917364",
            "phone": "+555550917364",
        },
        "shippingData": {
            "address": address,
            "availableAddresses": [address],
            "selectedAddresses": [address],
            "logisticsInfo": [{"itemIndex": 0, "addressId": "kanarie", "slas": [{"id": "Kanarie", "pickupDistance": 5550917364}]}],
            "contactInformation": [{"email": "kanarie@example.com", "phone": "5550917364"}],
        },
        "paymentData": {"payments": [card], "availableAccounts": [card], "giftCards": [{"redemptionCode": "KANARIE"}]},
        "marketingData": {"coupon": "KANARIE10", "utmSource": "kanarie"},
        "openTextField": {"value": "kanarie"},
        "customData": {"customApps": [{"id": "x", "fields": {"name": "Kanarie"}}]},
        "storePreferencesData": {"currencyCode": "EUR", "countryCode": "DEU"},
    }


def leaks(data, words=(*CANARIES, DIGITS)):
    """The canaries that the bytes hold, in clear or reversed, in hex, URL-coded, escaped or in base64."""
    lower = data.lower()
    return [
        word
        for word in words
        if any(form in lower for form in _spellings(word)) or any(form in data for form in _base64(word))
    ]


def _spellings(word):
    coded = [form * len(word) % tuple(word.encode()) for form in ("%02x", "%%%02x", "\\u00%02x")]
    return [form.lower().encode() for form in (word, word[::-1], *coded)]


def _base64(word):
    """The middle of its base64 text at each of the three alignments."""
    return [
        base64.b64encode(bytes(shift) + word.encode())[skipped : (shift + len(word)) * 8 // 6] for shift, skipped in enumerate((0, 2, 3))
    ]
