# SPDX-License-Identifier: Apache-2.0
"""The cart formats as tests need them: what guests see, made from a seed, and every place that is withheld from them.

The places are written down from the design and VTEX's documentation, not read from the policies: they are what the policies
are measured by. A place is a path to an object (`items[].priceTags[]`), its names are separated by spaces; `name[]` is a list of scalars.
"""

from dataclasses import dataclass
from random import Random
from typing import Callable

SHOP = "https://cdn.shop.example"
WORDS = "Mug Cup Lamp Tisch Jarrón Überzug 杯子 Chair Rug Café".split()


@dataclass(frozen=True, repr=False)
class Format:
    name: str
    # A cart that guests see whole, if prices are shown. It holds, perhaps empty, every object and list that policies let stay.
    public: Callable[[Random], dict]
    # By place; where a name is both a value and a place, the place comes first.
    withheld: dict[str, str]
    # Objects of lists whose other elements guests see, told apart by the member `chosen_by`.
    elements: dict[str, list[dict]]
    chosen_by: str = "id"
    # Where the owner and services also see what nobody has named: in the attributes of a product of the catalogue.
    open_to_owner: frozenset[str] = frozenset()
    # The list that holds the cart's lines.
    lines: str = "items"
    # Withheld from guests, shown to members.
    for_members: frozenset[str] = frozenset()
    # Withheld from the owner too, with all beneath.
    from_everybody: str = ""
    # Names that the push wants to be unique text.
    unique: frozenset[str] = frozenset()
    # Objects and lists that the push wants to be just that.
    framed: frozenset[str] = frozenset()

    def __repr__(self):
        return self.name


def _cartlink(random):
    items = [
        {
            "sku": f"SKU-{random.randrange(1000)}",
            "name": " ".join(random.choices(WORDS, k=random.randint(1, 5))),
            "quantity": random.randint(1, 99),
            "unitPrice": (price := random.randrange(100_000)),
            "total": price * 2,
            "image": f"{SHOP}/{random.randrange(99)}.jpg",
            "url": f"https://shop.example/p/{random.randrange(99)}",
            "options": {name: random.choice(WORDS) for name in random.sample(["colour", "size", "Größe"], random.randint(0, 3))},
        }
        for _ in range(random.randint(1, 6))
    ]
    totals = {"items": random.randrange(1_000_000), "incomplete": random.random() < 0.5}
    return {"currency": random.choice(["EUR", "JPY"]), "locale": random.choice(["de-DE", "es-MX"]), "items": items, "totals": totals}


CARTLINK = Format(
    "cartlink",
    _cartlink,
    {
        "": "name note coupons[]",
        "items[].personalisation": "text lines[]",
        "items[]": "id personalisation note",
        "totals": "discount shipping tax grand",
        "customer": "id firstName lastName email phone birthday document company",
        "shippingAddress": "receiver street number postalCode city region country geo[]",
        "billingAddress": "name street postalCode city taxId",
        "payment": "holder cardNumber last4 token iban",
        "payment.accounts[]": "number expires",
        "custom": "giftMessage loyalty tags[]",
        "custom.deep[].deeper": "comment",
    },
    {},
    for_members=frozenset(["name", "items[].id", "totals.discount"]),
    from_everybody="payment",
    unique=frozenset(["items[].id"]),
    framed=frozenset(["items", "items[]", "totals"]),
)


def _order_form(random):
    items = [_order_form_item(random) for _ in range(random.randint(1, 4))]
    totals = {"id": "Items", "name": random.choice(["Items", "Total dos Itens"]), "value": random.randrange(1_000_000)}
    seller = {"id": "1", "name": random.choice(WORDS), "logo": f"{SHOP}/logo.png", "minimumOrderValue": random.randrange(99)}
    metadata = {"id": "2005", "seller": "1", "name": random.choice(WORDS), "imageUrl": f"{SHOP}/m.png", "detailUrl": f"{SHOP}/m"}
    preferences = {"countryCode": "DEU", "timeZone": "UTC", "currencyCode": "EUR", "currencyLocale": 1031, "currencySymbol": "€"}
    return {
        "salesChannel": str(random.randrange(9)),
        "items": items,
        "totalizers": [totals],
        "sellers": [seller] * random.randint(0, 2),
        "itemMetadata": {"items": [metadata] * random.randint(0, 2)},
        "itemsOrdination": {"criteria": "NAME", "ascending": True},
        "storePreferencesData": preferences | {"currencyFormatInfo": {"currencyDecimalDigits": 2, "startsWithCurrencySymbol": True}},
        "clientPreferencesData": {"locale": random.choice(["de-DE", "pt-BR"])},
    }


def _order_form_item(random):
    price = random.randrange(100_000)
    return {
        "id": str(random.randrange(9999)),
        "productId": str(random.randrange(999)),
        "ean": None,
        "name": random.choice(WORDS),
        "skuName": " ".join(random.choices(WORDS, k=3)),
        "quantity": random.randint(1, 20),
        "unitMultiplier": 1.5,
        "seller": "1",
        "sellerChain": ["1", "store-7"][: random.randint(0, 2)],
        "imageUrl": f"{SHOP}/{price}.jpg",
        "detailUrl": "https://shop.example/p",
        "price": price,
        "listPrice": price + 1,
        "sellingPrice": price,
        "priceDefinition": {"calculatedSellingPrice": price, "total": price, "sellingPrices": [{"value": price, "quantity": 2}]},
        "availability": "available",
        "isGift": False,
        "productCategories": {str(random.randrange(99)): random.choice(WORDS)},
        "additionalInfo": {"brandName": random.choice(WORDS), "dimension": {"width": 1.5}},
        "bundleItems": [{"id": "7", "type": "Warranty", "name": random.choice(WORDS), "price": price}] * random.randint(0, 1),
    }


_PLACE = "postalCode street number complement reference neighborhood city state geoCoordinates[] contactId versionId"
_ADDRESS = _PLACE + " receiverName addressId"
_COMPANY = "corporateName tradeName corporateDocument corporatePhone stateInscription isCorporate"
_PERSON = "email firstName lastName phone document"
_SLA = "shippingData.logisticsInfo[].slas[]"

VTEX = Format(
    "vtex-orderform",
    _order_form,
    {
        "": "orderFormId userProfileId userType checkedInPickupPointId value id orderGroup receiverUri openTextField",
        "items[]": "uniqueId manualPriceAppliedBy tax taxCode rewardValue manualPrice",
        "items[].priceDefinition": "reason",
        "items[].priceTags[]": "name value rawValue identifier owner",
        "items[].attachments[]": "name",
        "items[].attachments[].content": "text message",
        "items[].bundleItems[].attachments[].content": "message from to",
        "items[].assemblies[].inputValues": "engraving",
        "items[].components[]": "note",
        "items[].itemAttachment.content": "text",
        "items[].additionalInfo": "offeringInfo offeringType offeringTypeId",
        "clientProfileData": f"{_PERSON} {_COMPANY} customerClass",
        "shippingData.address": _ADDRESS,
        "shippingData.availableAddresses[]": _ADDRESS,
        "shippingData.selectedAddresses[]": _ADDRESS,
        "availableAddresses[]": _ADDRESS,
        "invoiceData.address": _PLACE,
        "invoiceData.userPaymentInfo": "account",
        "shippingData.logisticsInfo[]": "addressId selectedSla",
        _SLA: "id price shippingEstimateDate polygonName pickupPointId pickupDistance",
        _SLA + ".deliveryWindow": "startDateUtc",
        _SLA + ".pickupStoreInfo.address": _ADDRESS,
        _SLA + ".deliveryIds[]": "courierId courierName",
        "shippingData.pickupPoints[]": "id friendlyName distance",
        "shippingData.contacts[]": _PERSON,
        "shippingData.contactInformation[]": _PERSON,
        "availableAccounts[]": "accountId",
        "paymentData.availableAccounts[]": "accountId cardNumber bin expirationDate cardLabel availableAddresses[]",
        "paymentData.giftCards[]": "redemptionCode id balance",
        "paymentData.giftCardMessages[]": "text",
        "paymentData.payments[]": "accountId tokenId bin giftCardRedemptionCode installments value",
        "paymentData.transactions[]": "transactionId merchantName",
        "marketingData": "coupon coupons[] utmSource utmCampaign utmipage marketingTags[]",
        "ratesAndBenefitsData.rateAndBenefitsIdentifiers[]": "id name",
        "ratesAndBenefitsData.rateAndBenefitsIdentifiers[].matchedParameters": "user",
        "customData.customApps[]": "id",
        "customData.customApps[].fields": "firstName gender",
        "customData.customFields[].fields[]": "name value",
        "clientPreferencesData": "optinNewsLetter savePersonalData",
        "messages[]": "code text",
        "messages[].fields": "coupon",
        "giftRegistryData": "giftRegistryId description",
        "hooksData": "x",
        "purchaseAgentsData.agents[]": "id",
        "commercialConditionData": "id",
        "merchantContextData.salesAssociateData": "salesAssociateId",
        "selectableGifts[].availableGifts[]": "id",
    },
    {
        "totalizers[]": [
            {"id": "Discounts", "name": "", "value": 0},
            {"id": "Shipping", "name": "", "value": 0},
            {"id": "Tax", "name": "", "value": 0},
            {"id": "items", "name": "", "value": 0},
            {"id": None, "name": "", "value": 0},
            {"name": "", "value": 0},
        ]
    },
    for_members=frozenset(["totalizers[Discounts].name", "totalizers[Discounts].value"]),
    from_everybody="id orderGroup receiverUri availableAccounts[] paymentData.availableAccounts[] paymentData.giftCards[] "
    "paymentData.giftCardMessages[] paymentData.transactions[] paymentData.payments[].accountId paymentData.payments[].tokenId "
    "paymentData.payments[].bin paymentData.payments[].giftCardRedemptionCode marketingData.coupon marketingData.coupons[] "
    "invoiceData.userPaymentInfo",
)



def _glue_cart(random):
    mode = random.choice(["GROSS_MODE", "NET_MODE"])
    attributes = {"priceMode": mode, "currency": "EUR", "store": "DE", "totals": {"subtotal": random.randrange(1_000_000)}}
    product = {"sku": "042", "name": random.choice(WORDS), "productAbstractSku": "42"}
    products = [{"type": "concrete-products", "id": "042", "attributes": product}] * random.randint(0, 1)
    items = [_glue_item(random) for _ in range(random.randint(1, 3))]
    return {"data": {"type": "carts", "attributes": attributes}, "included": products + items}


def _glue_item(random):
    price = random.randrange(100_000)
    attributes = {
        "sku": f"{random.randrange(999)}_1",
        "quantity": random.randint(1, 20),
        "abstractSku": "42",
        "amount": None,
        "productOfferReference": random.choice([None, "offer7"]),
        "merchantReference": "MER000001",
        "calculations": {"unitPrice": price, "sumPrice": price * 2, "sumSubtotalAggregation": price * 2},
        "salesUnit": {"id": 1, "amount": "2.5"},
        "selectedProductOptions": [{"optionGroupName": "Gift", "sku": "wrap", "optionName": "Box", "price": 500}] * random.randint(0, 2),
        "configuredBundle": {"quantity": 1, "template": {"uuid": "c8291fd3", "name": "Set"}},
        "configuredBundleItem": {"quantityPerSlot": 1, "slot": {"uuid": "332b40ac"}},
    }
    return {"type": random.choice(["items", "guest-cart-items"]), "attributes": attributes}


_DISCOUNTS = (
    "unitDiscountAmountAggregation sumDiscountAmountAggregation unitDiscountAmountFullAggregation sumDiscountAmountFullAggregation"
)
_TAXES = "taxRate unitTaxAmountFullAggregation sumTaxAmountFullAggregation unitPriceToPayAggregation sumPriceToPayAggregation"
_CALCULATIONS = f"{_DISCOUNTS} {_TAXES} unitNetPrice sumNetPrice unitGrossPrice sumGrossPrice"

SPRYKER = Format(
    "spryker-cart",
    _glue_cart,
    {
        "links": "self",
        "data": "id",
        "data.links": "self",
        "data.relationships.items.data[]": "id",
        "data.relationships.vouchers.data[]": "id",
        "data.relationships.gift-cards.data[]": "id",
        "data.attributes": "name isDefault",
        "data.attributes.totals": "discountTotal expenseTotal shipmentTotal taxTotal grandTotal priceToPay",
        "data.attributes.discounts[]": "displayName amount code",
        "data.attributes.thresholds[]": "type threshold fee message",
        "included[]": "id",
        "included[].links": "self",
        "included[].attributes": "groupKey",
        "included[].attributes.productConfigurationInstance": "displayData configuration",
        "included[].attributes.configuredBundle": "groupKey",
        "included[].attributes.calculations": _CALCULATIONS,
    },
    {
        "included[]": [
            {"type": "vouchers", "id": "", "attributes": ""},
            {"type": "gift-cards", "id": "", "attributes": ""},
            {"type": "customers", "id": "", "attributes": ""},
            {"type": "company-users", "id": "", "attributes": ""},
            {"type": "cart-rules", "id": "", "attributes": ""},
            {"type": "Items", "id": "", "attributes": ""},
            {"type": None, "id": "", "attributes": ""},
            {"id": "", "attributes": ""},
        ]
    },
    chosen_by="type",
    open_to_owner=frozenset(["included[].attributes.?"]),
    lines="included",
    for_members=frozenset(
        ["data.attributes.name", "data.attributes.totals.discountTotal", "included[].id", "included[].attributes.groupKey"]
        + ["included[].attributes.configuredBundle.groupKey"]
        + [f"included[].attributes.calculations.{name}" for name in _DISCOUNTS.split()]
    ),
    from_everybody="included[gift-cards] data.relationships.gift-cards included[Items].attributes included[None].attributes",
)

FORMATS = [CARTLINK, VTEX, SPRYKER]
