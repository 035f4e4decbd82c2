# SPDX-License-Identifier: Apache-2.0
"""Spryker's Glue API as far as a cart is read and its items edited."""

import re
import uuid
from collections import namedtuple
from urllib.parse import unquote, urlencode

from upstream import OWNER, STRANGER, Reply, Upstream

MEDIA_TYPE = "application/vnd.api+json"
CATALOGUE = {"066_23294028": 2600, "134_29759322": 1899, "022_21994751": 12900, "214_123": 4990, "175_26935356": 750}

# The group key of the third is not its SKU.
LINES = [("066_23294028", 2), ("134_29759322", 1), ("022_21994751", 3, "-1")]
OTHER_LINES = [("175_26935356", 4), ("214_123", 1)]

Refusal = namedtuple("Refusal", "status code detail")
TOKEN_MISSING = Refusal(403, "002", "Missing access token.")
TOKEN_INVALID = Refusal(401, "001", "Invalid access token.")
CART_NOT_FOUND = Refusal(404, "101", "Cart with given uuid not found.")
ITEM_NOT_FOUND = Refusal(404, "103", "Item with the given group key not found in the cart.")
ROUTE_NOT_FOUND = Refusal(404, None, "Not Found")
INVALID_TYPE = Refusal(400, None, "Invalid type.")
INVALID_BODY = Refusal(400, None, "Post data is invalid.")
ID_MISSING = Refusal(400, None, "Resource id is not specified.")


class GlueStandIn(Upstream):
    """`carts` holds attributes and items (their attributes, in order); who changes a cart in a test calls `recalculate`."""

    FORBIDDEN = ("cookie", "x-forwarded-for", "forwarded", "x-vtex-api-")

    def __init__(self, token="glue-access-token-for-tests", **options):
        self.token, self.catalogue = token, dict(CATALOGUE)
        super().__init__(**options)

    def make_cart(self, lines=LINES, **changes):
        """Lines are `(sku, quantity)`, and perhaps a suffix of the group key; changes are of the cart's attributes."""
        cart = str(uuid.uuid5(uuid.NAMESPACE_OID, f"spy_quote.DE--21.{uuid.uuid4().int}"))
        self._fill(cart, OWNER, lines, changes)
        return cart

    def forget(self, cart):
        del self.carts[cart]

    def recycle(self, cart):
        """The id now belongs to a stranger's cart."""
        self._fill(cart, STRANGER, OTHER_LINES, {})

    def reorder(self, cart):
        self.carts[cart]["items"].reverse()

    def add_line(self, cart, *line):
        """As if somebody else had put it there, as a line of its own."""
        self.carts[cart]["items"].append(self._item(*line))
        self.recalculate(cart)

    def recalculate(self, cart):
        attributes, items = self.carts[cart]["attributes"], self.carts[cart]["items"]
        for item in items:
            item["calculations"] = _calculations(self.catalogue[item["sku"]], item["quantity"])
        subtotal = sum(item["calculations"]["sumPrice"] for item in items)
        discount, expense = subtotal // 10, 490 if items else 0
        grand = subtotal - discount + expense
        sums = {"expenseTotal": expense, "discountTotal": discount, "taxTotal": grand * 19 // 119, "subtotal": subtotal}
        attributes["totals"] = sums | {"grandTotal": grand, "priceToPay": grand}
        attributes["discounts"][0]["amount"] = discount

    def _fill(self, cart, person, lines, changes):
        discount = {"displayName": f"10% for {person.name}", "amount": 0, "code": person.coupon}
        attributes = {"priceMode": "GROSS_MODE", "currency": "EUR", "store": "DE", "name": f"List of {person.name}", "isDefault": True}
        attributes |= {"discounts": [discount], "thresholds": []}
        self.carts[cart] = {"attributes": attributes | changes, "items": [self._item(*line) for line in lines]}
        self.recalculate(cart)

    @staticmethod
    def _item(sku, quantity, suffix=""):
        item = {"sku": sku, "quantity": quantity, "groupKey": sku + suffix, "abstractSku": sku.split("_")[0], "amount": None}
        return item | {"productOfferReference": None, "merchantReference": None, "salesUnit": None, "selectedProductOptions": []}

    def answer(self, request):
        if "Accept" not in request.headers:
            return Reply(406, b"Not acceptable.", "text/plain")
        if request.headers.get("Content-Type", "set").strip() == "":
            return Reply(415, b"Unsupported media type.", "text/plain")
        route = re.fullmatch(r"/carts/([^/]+)(?:/(items)(?:/([^/]*))?)?", request.path)
        work = route and {
            ("GET", False): self._read,
            ("POST", True): self._add,
            ("PATCH", True): self._change,
            ("DELETE", True): self._remove,
        }.get((request.method, bool(route[2])))
        if not work:
            return _refused(ROUTE_NOT_FOUND)
        if request.method in ("POST", "PATCH"):
            resource = request.json.get("data") if isinstance(request.json, dict) else None
            if not isinstance(resource, dict) or resource.get("type") != "items":
                return _refused(INVALID_TYPE)
            if not isinstance(resource.get("attributes"), dict):
                return _refused(INVALID_BODY)
        if request.method in ("PATCH", "DELETE") and not route[3]:
            return _refused(ID_MISSING)
        if not (login := request.headers.get("Authorization")):
            return _refused(TOKEN_MISSING)
        if login != f"Bearer {self.token}":
            return _refused(TOKEN_INVALID)
        attributes = request.json["data"]["attributes"] if request.method in ("POST", "PATCH") else {}
        wanted = {"POST": ["sku", "quantity"], "PATCH": ["quantity"]}.get(request.method, [])
        if wrong := [text for name in wanted if (text := _complaint(name, attributes))]:
            return _refused(*[Refusal(422, "901", text) for text in wrong])
        if route[1] not in self.carts:
            return _refused(CART_NOT_FOUND)
        return work(request, route[1], attributes, unquote(route[3] or ""))

    def _read(self, request, cart, attributes, key):
        return self._document(request, cart, 200)

    def _add(self, request, cart, attributes, key):
        sku = attributes["sku"]
        if sku not in self.catalogue:
            return _refused(Refusal(422, "102", f'Product "{sku}" not found'))
        items = self.carts[cart]["items"]
        same = next((item for item in items if item["sku"] == sku), None)
        if same:
            same["quantity"] += attributes["quantity"]
        else:
            items.append(self._item(sku, attributes["quantity"]))
        return self._document(request, cart, 201)

    def _change(self, request, cart, attributes, key):
        item = next((item for item in self.carts[cart]["items"] if item["groupKey"] == key), None)
        if not item:
            return _refused(ITEM_NOT_FOUND)
        item["quantity"] = attributes["quantity"]
        return self._document(request, cart, 200)

    def _remove(self, request, cart, attributes, key):
        items = self.carts[cart]["items"]
        if key not in [item["groupKey"] for item in items]:
            return _refused(ITEM_NOT_FOUND)
        items[:] = [item for item in items if item["groupKey"] != key]
        self.recalculate(cart)
        return Reply(204)

    def _document(self, request, cart, status):
        self.recalculate(cart)
        attributes, items = self.carts[cart]["attributes"], self.carts[cart]["items"]
        # The query is repeated in the link of what was asked for.
        asked = f"?{urlencode(request.query, safe=',')}" if request.query and request.method == "GET" else ""
        resource = {"type": "carts", "id": cart, "attributes": attributes, "links": {"self": f"{self.url}/carts/{cart}{asked}"}}
        document = {"data": resource}
        if "items" in request.query.get("include", "").split(",") and items:
            resource["relationships"] = {"items": {"data": [{"type": "items", "id": item["groupKey"]} for item in items]}}
            document["included"] = [
                {
                    "type": "items",
                    "id": item["groupKey"],
                    "attributes": item,
                    "links": {"self": f"{self.url}/carts/{cart}/items/{item['groupKey']}"},
                }
                for item in items
            ]
        return Reply.of(document, status, MEDIA_TYPE, {"Content-Language": "en_US"})


def _refused(*refusals):
    named = [{"status": status, "detail": detail} | ({"code": code} if code else {}) for status, code, detail in refusals]
    status, headers = refusals[-1].status, {"Content-Language": "en_US"}
    if status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="Access to shop API"'
    return Reply.of({"errors": named}, status, MEDIA_TYPE, headers)


def _complaint(name, attributes):
    if name not in attributes:
        return f"{name} => This field is missing."
    if attributes[name] in ("", None):
        return f"{name} => This value should not be blank."
    if name == "quantity" and (type(attributes[name]) is not int or attributes[name] < 1):
        return f"{name} => This value should be greater than 0."
    return None


def _calculations(price, quantity):
    tax, off = price * 19 // 119, price // 10
    units = {"Price": price, "GrossPrice": price, "NetPrice": 0, "TaxAmountFullAggregation": tax, "SubtotalAggregation": price}
    units |= {"ProductOptionPriceAggregation": 0, "DiscountAmountAggregation": off, "DiscountAmountFullAggregation": off}
    units |= {"PriceToPayAggregation": price - off}
    amounts = {"unit" + name: amount for name, amount in units.items()}
    return amounts | {"sum" + name: amount * quantity for name, amount in units.items()} | {"taxRate": 19}
