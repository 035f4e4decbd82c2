# SPDX-License-Identifier: Apache-2.0
"""VTEX's checkout API as far as carts are read and their items edited; it masks by caller as VTEX does."""

import copy
import re
import secrets
import uuid
from collections import namedtuple

from upstream import HTML, NOT_FOUND_PAGE, OWNER, STRANGER, Reply, Upstream

# What a caller can ask for; beside these only what is no object and no list is answered then.
SECTIONS = (
    "items totalizers clientProfileData shippingData paymentData sellers messages marketingData clientPreferencesData storePreferencesData "
    "giftRegistryData ratesAndBenefitsData openTextField commercialConditionData customData"
).split()
ITEM_MEMBERS = {"id", "seller", "quantity", "index"}

Product = namedtuple("Product", "name variant price discount", defaults=[0])
CATALOGUE = {
    "2005": Product("Mug", "Mug red", 1250),
    "2006": Product("Lamp", "Lamp brass", 4990, 500),
    "2007": Product("Café", "Café 1 kg", 1899),
    "2008": Product("Chair", "Chair oak", 12900),
    "2009": Product("Cup", "Cup blue", 750),
}
# The third has an attachment, so it isn't bare: adding its SKU makes a line of its own.
LINES = [("2005", 2), ("2006", 1), ("2007", 3, "1", f"for {OWNER.name}")]
OTHER_LINES = [("2009", 4), ("2008", 1)]


class VtexStandIn(Upstream):
    """`carts` holds the orderForms as their owners see them; who changes one in a test calls `recalculate`."""

    def __init__(self, app_key="vtexappkey-shop-ABCDEF", app_token="vtex-app-token-for-tests", **options):
        self.app_key, self.app_token = app_key, app_token
        self.catalogue, self.sellers, self.stock = dict(CATALOGUE), {"1": "Shop", "store7": "Partner"}, {}
        # Adding a SKU that is there sets its quantity; else it raises it.
        self.post_sets = False
        # Every caller gets masks, also of a guest's data and with the key.
        self.masks_everyone = False
        super().__init__(**options)

    def make_cart(self, lines=LINES, guest=False, **changes):
        """Lines are `(sku, quantity)`, and perhaps seller and engraving. A guest has no stored profile: nobody's view is masked."""
        cart = secrets.token_hex(16)
        self.carts[cart] = self._order_form(cart, OWNER, lines, guest) | changes
        self.recalculate(cart)
        return cart

    def forget(self, cart):
        del self.carts[cart]

    def recycle(self, cart):
        """The id now belongs to a stranger's cart."""
        self.carts[cart] = self._order_form(cart, STRANGER, OTHER_LINES, False)
        self.recalculate(cart)

    def reorder(self, cart):
        self.carts[cart]["items"].reverse()
        self.recalculate(cart)

    def add_line(self, cart, *line):
        """As if somebody else had put it there, as a line of its own."""
        self.carts[cart]["items"].append(self._item(*line))
        self.recalculate(cart)

    def recalculate(self, cart):
        """The sums, and what else follows from the items."""
        form = self.carts[cart]
        for item in form["items"]:
            price, quantity = item["sellingPrice"], item["quantity"]
            sold = {"total": price * quantity, "sellingPrices": [{"value": price, "quantity": quantity}]}
            item["priceDefinition"] = {"calculatedSellingPrice": price, "reason": None} | sold
        full = sum(item["price"] * item["quantity"] for item in form["items"])
        off = sum(item["priceDefinition"]["total"] for item in form["items"]) - full
        sums = [("Items", "Total dos Itens", full), ("Discounts", "Total dos Descontos", off), ("Shipping", "Total do Frete", 490)]
        form["totalizers"] = [{"id": id, "name": name, "value": value} for id, name, value in sums if value and full]
        form["value"] = sum(one["value"] for one in form["totalizers"])
        if form["shippingData"]:
            address = form["shippingData"]["address"]
            form["shippingData"]["logisticsInfo"] = [_delivery(place, item, address) for place, item in enumerate(form["items"])]

    def note(self, request):
        super().note(request)
        asked = request.json if isinstance(request.json, dict) else {}
        for order in asked.get("orderItems") or []:
            for name in sorted(set(order) - ITEM_MEMBERS):
                self.forbidden.append(f"{request.method} {request.path} with the member {name}")

    def answer(self, request):
        route = re.fullmatch(r"/api/checkout/pub/orderForm/([^/]+)(|/items|/items/update|/messages/clear)", request.path)
        if not route or request.method not in (["GET", "POST"] if not route[2] else ["POST"]):
            return Reply(404, NOT_FOUND_PAGE, HTML)
        pair = (request.headers.get("X-VTEX-API-AppKey"), request.headers.get("X-VTEX-API-AppToken"))
        if pair != (None, None) and pair != (self.app_key, self.app_token):
            return _error(401, "ORD062", "Unauthorized")
        cart, edit = route[1], {"/items": self._add, "/items/update": self._update, "/messages/clear": self._clear}.get(route[2])
        if cart not in self.carts:
            return _error(400, "ORD002", "Carrinho inválido")
        asked = request.json if isinstance(request.json, dict) else {}
        if edit:
            if refused := edit(self.carts[cart], asked.get("orderItems")):
                return refused
            self.recalculate(cart)
        return Reply.of(self._view(self.carts[cart], asked.get("expectedOrderFormSections"), pair != (None, None)))

    def _add(self, form, orders):
        for order in orders or []:
            if not order.get("id"):
                return _error(400, "ORD005", "O campo Id do item é obrigatório")
            if not _counts(order.get("quantity"), 1):
                return _error(400, "CHK0023", "Invalid quantity for item")
            if order.get("seller") not in self.sellers:
                return _error(400, "CHK0024", "Id de vendedor de item inválido")
        for order in orders or []:
            same = [item for item in form["items"] if (item["id"], item["seller"]) == (order["id"], order["seller"])]
            bare = next((item for item in same if not item["attachments"]), None)
            wanted = order["quantity"] + (bare["quantity"] if bare and not self.post_sets else 0)
            if order["id"] not in self.catalogue:
                text = f"Item {order['id']} não encontrado"
                form["messages"].append({"code": None, "text": text, "status": "error", "fields": {"id": order["id"]}})
            elif bare:
                bare["quantity"] = self._in_stock(form, bare, wanted)
            else:
                item = self._item(order["id"], wanted, order["seller"])
                item["quantity"] = self._in_stock(form, item, wanted)
                form["items"] += [item] if item["quantity"] else []

    def _update(self, form, orders):
        for order in orders or []:
            if not _counts(order.get("index"), 0) or order["index"] >= len(form["items"]):
                return _error(400, "CHK0041", "Índice de item inválido")
            if not _counts(order.get("quantity"), 0):
                return _error(400, "CHK0023", "Invalid quantity for item")
        for order in orders or []:
            item = form["items"][order["index"]]
            item["quantity"] = self._in_stock(form, item, order["quantity"])
        form["items"] = [item for item in form["items"] if item["quantity"]]

    @staticmethod
    def _clear(form, _):
        form["messages"] = []

    def _in_stock(self, form, item, wanted):
        """What there is of the quantity; a message, which stays until cleared, tells that it is less."""
        there = min(wanted, self.stock.get(item["id"], wanted))
        if there < wanted:
            place = form["items"].index(item) if item in form["items"] else len(form["items"])
            code, text = "itemQuantityNotAvailable" if there else "withoutStock", f"Só há {there} de {item['skuName']}"
            fields = {"ean": item["ean"], "itemIndex": str(place), "skuName": item["skuName"]}
            form["messages"].append({"code": code, "text": text, "status": "error", "fields": fields})
        return there

    def _view(self, form, sections, with_key):
        view = copy.deepcopy(form)
        if self.masks_everyone or (form["userProfileId"] and not with_key):
            mask(view)
        if isinstance(sections, list):
            hidden = [name for name, value in view.items() if name in SECTIONS or isinstance(value, (dict, list))]
            view |= {name: None for name in hidden if name not in sections}
        return view

    def _item(self, sku, quantity, seller="1", engraving=None):
        product = self.catalogue[sku]
        slug = product.variant.lower().replace(" ", "-")
        return {
            "uniqueId": secrets.token_hex(16).upper(),
            "id": sku,
            "productId": sku[1:],
            "productRefId": f"P{sku}",
            "refId": f"R{sku}",
            "ean": "4006381333931",
            "name": product.name,
            "skuName": product.variant,
            "modalType": None,
            "parentItemIndex": None,
            "parentAssemblyBinding": None,
            "assemblies": [],
            "priceValidUntil": "2030-01-01T00:00:00Z",
            "tax": 0,
            "taxCode": "",
            "price": product.price,
            "listPrice": product.price,
            "manualPrice": None,
            "manualPriceAppliedBy": None,
            "sellingPrice": product.price - product.discount,
            "rewardValue": 0,
            "isGift": False,
            "additionalInfo": {"dimension": None, "brandName": "Kitchen & Co", "brandId": "2000000", "offeringInfo": None},
            "preSaleDate": None,
            "productCategoryIds": "/1/4/",
            "productCategories": {"1": "Home", "4": "Kitchen"},
            "quantity": quantity,
            "seller": seller,
            "sellerChain": [seller],
            "imageUrl": f"http://shop.vteximg.com.br/arquivos/ids/{sku}-55-55/{slug}.jpg",
            "detailUrl": f"/{slug}/p",
            "components": [],
            "bundleItems": [],
            "attachments": [{"name": "engraving", "content": {"text": engraving}}] if engraving else [],
            "attachmentOfferings": [],
            "offerings": [],
            "priceTags": [],
            "availability": "available",
            "measurementUnit": "un",
            "unitMultiplier": 1.0,
            "manufacturerCode": None,
        }

    def _order_form(self, cart, person, lines, guest):
        address = _address(person, guest)
        card = {"accountId": secrets.token_hex(16), "paymentSystem": "4", "paymentSystemName": "Mastercard", "isExpired": False}
        card |= {"cardNumber": "************" + person.digits[-4:], "bin": person.digits, "availableAddresses": [address["addressId"]]}
        card |= {"expirationDate": "12/2031", "cardLabel": f"{person.name}'s card", "accountStatus": None}
        coins = {"currencyDecimalDigits": 2, "currencyDecimalSeparator": ",", "currencyGroupSeparator": ".", "currencyGroupSize": 3}
        store = {"countryCode": "DEU", "saveUserData": True, "timeZone": "W. Europe Standard Time", "currencyCode": "EUR"}
        store |= {"currencyLocale": 1031, "currencySymbol": "€", "currencyFormatInfo": coins | {"startsWithCurrencySymbol": False}}
        return {
            "orderFormId": cart,
            "salesChannel": "1",
            "loggedIn": False,
            "isCheckedIn": False,
            "storeId": None,
            "checkedInPickupPointId": None,
            "allowManualPrice": False,
            "canEditData": True,
            "userProfileId": None if guest else str(uuid.uuid4()),
            "userType": None,
            "profileProvider": "VTEX",
            "ignoreProfileData": False,
            "value": 0,
            "messages": [],
            "items": [self._item(*line) for line in lines],
            "selectableGifts": [],
            "totalizers": [],
            "shippingData": {
                "address": address,
                "logisticsInfo": [],
                "selectedAddresses": [dict(address)],
                "availableAddresses": [dict(address)],
                "pickupPoints": [],
            },
            "clientProfileData": {
                "email": person.email,
                "firstName": person.name,
                "lastName": f"de {person.name}",
                "document": person.digits,
                "documentType": "cpf",
                "phone": f"+49{person.digits}",
                "corporateName": None,
                "tradeName": None,
                "corporateDocument": None,
                "stateInscription": None,
                "corporatePhone": None,
                "isCorporate": False,
                "profileCompleteOnLoading": not guest,
                "profileErrorOnLoading": False,
                "customerClass": None,
            },
            "paymentData": {
                "updateStatus": "updated",
                "installmentOptions": [],
                "paymentSystems": [{"id": 4, "name": "Mastercard", "groupName": "creditCardPaymentGroup", "stringId": "4"}],
                "payments": [],
                "giftCards": [{"redemptionCode": f"{person.coupon}GIFT", "balance": 5000, "inUse": False}],
                "giftCardMessages": [],
                "availableAccounts": [] if guest else [card],
                "availableTokens": [],
                "availableAssociations": {},
            },
            "marketingData": {"utmSource": f"mail-{person.name}", "coupon": person.coupon, "marketingTags": [f"user_{person.name}"]},
            "sellers": [{"id": id, "name": name, "logo": "", "minimumOrderValue": 0} for id, name in self.sellers.items()],
            "clientPreferencesData": {"locale": "de-DE", "optinNewsLetter": True},
            "commercialConditionData": None,
            "storePreferencesData": store,
            "giftRegistryData": None,
            "openTextField": {"value": f"please ring at {person.name}"},
            "invoiceData": None,
            "customData": {"customApps": [{"id": "profile", "major": 1, "fields": {"firstName": person.name}}]},
            "itemMetadata": {"items": []},
            "hooksData": None,
            "ratesAndBenefitsData": {"rateAndBenefitsIdentifiers": [], "teaser": []},
            "subscriptionData": None,
            "itemsOrdination": None,
        }


def _address(person, guest):
    address = {"addressType": "residential", "receiverName": f"{person.name} I", "addressId": secrets.token_hex(16)}
    address |= {"isDisposable": guest, "postalCode": person.digits, "city": f"{person.name}stadt", "state": "BE", "country": "DEU"}
    address |= {"street": f"{person.name}strasse Nord", "number": person.digits, "neighborhood": f"Alt {person.name}", "complement": None}
    return address | {"reference": f"behind {person.name}", "geoCoordinates": [float(person.digits), 52.5], "editable": True}


def _delivery(place, item, address):
    sla = {"id": "Normal", "name": "Normal", "deliveryChannel": "delivery", "price": 490 if place == 0 else 0, "shippingEstimate": "3bd"}
    sla |= {"polygonName": address["city"], "pickupDistance": 1.25, "shippingEstimateDate": None}
    chosen = {"selectedSla": "Normal", "selectedDeliveryChannel": "delivery", "addressId": address["addressId"]}
    return {"itemIndex": place, "itemId": item["id"], "shipsTo": ["DEU"], "slas": [sla]} | chosen


def _counts(value, least):
    return type(value) is int and value >= least


def _error(status, code, text):
    error = {"code": code, "message": text, "exception": None}
    return Reply.of({"fields": {}, "error": error, "operationId": str(uuid.uuid4())}, status)


def mask(form):
    """VTEX's current style, in place: e-mail, cards, coupons and ids stay in clear."""
    form["canEditData"] = form["loggedIn"] = False
    for one in [form["clientProfileData"] or {}, *_addresses(form)]:
        for names, masked in MASKS.items():
            for name in names.split():
                if one.get(name):
                    one[name] = masked(one[name])
    for address in _addresses(form):
        address |= {"geoCoordinates": [], "editable": False}


def _addresses(form):
    shipping = form["shippingData"] or {"address": None, "availableAddresses": [], "selectedAddresses": []}
    return [one for one in [shipping["address"], *shipping["availableAddresses"], *shipping["selectedAddresses"]] if one]


def _stars(text):
    return re.sub(r"\S+", "***", text)


MASKS = {
    "firstName lastName receiverName": lambda text: re.sub(r"(\S)\S*", r"\1***", text),
    "city neighborhood": lambda text: text[:3] + _stars(text[3:]),
    "street": lambda text: text if len(text) <= 6 else text[:3] + _stars(text[3:-3]) + text[-3:],
    "number complement reference": _stars,
    "document phone postalCode": lambda text: "***" + text[-2:],
    "state": lambda text: "*" * (len(text) - 1) + text[-1],
}
