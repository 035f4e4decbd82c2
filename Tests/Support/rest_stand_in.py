# SPDX-License-Identifier: Apache-2.0
"""Two shops that are neither VTEX nor Spryker: Medusa's store API and Shopify's Storefront API, each as far as a cart is read."""

import re
import secrets
from datetime import UTC, datetime

from upstream import HTML, NOT_FOUND_PAGE, OWNER, STRANGER, Reply, Upstream

GRAPHQL = "/api/2026-01/graphql.json"
# Cents, by SKU.
CATALOGUE = {
    "MUG-1": ("Mug", "red", 1250),
    "LAMP-2": ("Lamp", "brass", 4990),
    "CAFE-3": ("Café", "1 kg", 1899),
    "CUP-4": ("Cup", "blue", 750),
}
LINES = [("MUG-1", 2), ("LAMP-2", 1), ("CAFE-3", 3)]
OTHER_LINES = [("CUP-4", 4)]
ULID = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class RestStandIn(Upstream):
    """`carts` holds each cart as Medusa shows it; Shopify's view is made from it. Who changes one in a test calls `recalculate`."""

    FORBIDDEN = ("cookie", "authorization", "x-forwarded-for", "forwarded", "x-vtex-api-")

    def __init__(self, publishable_key="pk_0123456789abcdef", storefront_token="shpat_storefront_for_tests", **options):
        self.publishable_key, self.storefront_token = publishable_key, storefront_token
        self.catalogue, self.keys = dict(CATALOGUE), {}
        # The messages that every GraphQL call is answered with.
        self.graphql_errors = []
        super().__init__(**options)

    def make_cart(self, lines=LINES, **changes):
        """Lines are `(sku, quantity)`."""
        cart = _ulid("cart")
        self._fill(cart, OWNER, lines, changes)
        return cart

    def gid(self, cart):
        """Shopify's id of a cart, its key in it."""
        return f"gid://shopify/Cart/{cart}?key={self.keys[cart]}"

    def forget(self, cart):
        del self.carts[cart]

    def recycle(self, cart):
        """The id, and its key, now belong to a stranger's cart."""
        self._fill(cart, STRANGER, OTHER_LINES, {})

    def reorder(self, cart):
        self.carts[cart]["items"].reverse()

    def recalculate(self, cart):
        form = self.carts[cart]
        for item in form["items"]:
            item["subtotal"] = item["original_total"] = item["total"] = round(item["unit_price"] * item["quantity"], 2)
            item["updated_at"] = _now()
        items = round(sum(item["total"] for item in form["items"]), 2)
        discount, shipping = round(items / 10, 2), 4.9 if items else 0
        total = round(items - discount + shipping, 2)
        form |= {"item_total": items, "item_subtotal": items, "original_total": round(items + shipping, 2), "subtotal": items}
        form |= {"discount_total": discount, "shipping_total": shipping, "tax_total": round(total * 19 / 119, 2), "total": total}
        form["updated_at"] = _now()

    def _fill(self, cart, person, lines, changes):
        address = {"id": _ulid("caaddr"), "first_name": person.name, "last_name": person.name, "company": None, "phone": person.digits}
        address |= {"address_1": f"{person.name}strasse 5", "address_2": None, "city": f"{person.name}stadt", "postal_code": person.digits}
        self.keys.setdefault(cart, secrets.token_hex(16))
        self.carts[cart] = {
            "id": cart,
            "currency_code": "eur",
            "email": person.email,
            "region_id": _ulid("reg"),
            "sales_channel_id": _ulid("sc"),
            "created_at": _now(),
            "completed_at": None,
            "customer_id": _ulid("cus"),
            "metadata": {"note": f"please ring at {person.name}"},
            "promotions": [{"id": _ulid("promo"), "code": person.coupon}],
            "items": [self._item(*line) for line in lines],
            "shipping_methods": [{"id": _ulid("casm"), "name": "Standard", "amount": 4.9}],
            "shipping_address": address | {"country_code": "de", "province": None},
            "billing_address": address | {"id": _ulid("caaddr"), "country_code": "de", "province": None},
        } | changes
        self.recalculate(cart)

    def _item(self, sku, quantity):
        name, variant, cents = self.catalogue[sku]
        handle = name.lower()
        return {
            "id": _ulid("cali"),
            "title": variant,
            "subtitle": name,
            "thumbnail": f"https://cdn.shop.example/{handle}.jpg",
            "quantity": quantity,
            "variant_id": _ulid("variant"),
            "variant_sku": sku,
            "variant_title": variant,
            "product_id": _ulid("prod"),
            "product_title": name,
            "product_handle": handle,
            "unit_price": cents / 100,
            "compare_at_unit_price": None,
            "is_tax_inclusive": True,
            "requires_shipping": True,
            "metadata": {},
            "created_at": _now(),
        }

    def answer(self, request):
        if request.method == "POST" and request.path == GRAPHQL:
            return self._graphql(request)
        route = re.fullmatch(r"/store/carts/([^/]+)", request.path)
        if not route or request.method != "GET":
            return Reply(404, NOT_FOUND_PAGE, HTML)
        key = request.headers.get("x-publishable-api-key")
        if key != self.publishable_key:
            text = "A valid publishable key is required to proceed with the request" if key else "Publishable API key required"
            return Reply.of({"type": "not_allowed", "message": text}, 400)
        if route[1] not in self.carts:
            return Reply.of({"type": "not_found", "message": f"Cart id not found: {route[1]}"}, 404)
        return Reply.of({"cart": self.carts[route[1]]})

    def _graphql(self, request):
        """All fields are answered, whichever were asked for."""
        if request.headers.get("X-Shopify-Storefront-Access-Token") != self.storefront_token:
            return Reply.of({"errors": [{"message": "", "extensions": {"code": "UNAUTHORIZED"}}]}, 401)
        asked = request.json if isinstance(request.json, dict) else {}
        if self.graphql_errors:
            return Reply.of({"errors": [{"message": message} for message in self.graphql_errors]})
        if not re.search(r"\bcart\s*\(", asked.get("query") or ""):
            return Reply.of({"errors": [{"message": "No query string was present"}]})
        gid = (asked.get("variables") or {}).get("id")
        found = next((cart for cart in self.carts if self.gid(cart) == gid), None)
        return Reply.of({"data": {"cart": found and self._shopify(found)}})

    def _shopify(self, cart):
        form = self.carts[cart]

        def money(amount):
            return {"amount": f"{amount:.2f}", "currencyCode": form["currency_code"].upper()}

        lines = [
            {
                "id": f"gid://shopify/CartLine/{item['id']}?cart={cart}",
                "quantity": item["quantity"],
                "cost": {"amountPerQuantity": money(item["unit_price"]), "totalAmount": money(item["total"])},
                "merchandise": {
                    "id": f"gid://shopify/ProductVariant/{item['variant_id']}",
                    "sku": item["variant_sku"],
                    "title": item["variant_title"],
                    "image": {"url": item["thumbnail"]},
                    "product": {"title": item["product_title"]},
                },
            }
            for item in form["items"]
        ]
        cost = {"subtotalAmount": money(form["item_total"]), "totalAmount": money(form["total"])}
        view = {"id": self.gid(cart), "createdAt": form["created_at"], "updatedAt": form["updated_at"], "cost": cost}
        buyer = {"email": form["email"], "phone": form["shipping_address"]["phone"]}
        return view | {"lines": {"nodes": lines}, "buyerIdentity": buyer, "note": form["metadata"]["note"]}


def _ulid(kind):
    return f"{kind}_01" + "".join(secrets.choice(ULID) for _ in range(24))


def _now():
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
