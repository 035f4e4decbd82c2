# SPDX-License-Identifier: Apache-2.0
"""The kinds of places where a cart may live, each with a shop over it: what every one of them must do is asked of all in the same words."""

import itertools

import carts
import logins
from glue_stand_in import GlueStandIn
from rest_stand_in import RestStandIn
from server import KEYS, Server, merged
from upstream import OWNER
from vtex_stand_in import VtexStandIn

_numbers = itertools.count(1)


class Platform:
    """A shop whose carts live on a stand-in of a platform."""

    # Whether its carts are changed through Cartlink, and whether the cart itself can name its owner.
    is_editable, names_owner, is_upstream = True, True, True
    # An article that isn't in the cart, and one that the platform doesn't sell.
    new_sku, unknown_sku = "2008", "9999"
    # A text of a line that may be any.
    text_field = "product_title"

    def __init__(self, folder, **changes):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.upstream = self.stand_in()
        self.server = Server(folder / "server", merged({"carts": self.carts_settings()}, changes))

    def start(self):
        self.server.start()
        return self

    def close(self):
        self.server.kill()
        if self.upstream:
            self.upstream.close()

    def secret(self, name, text):
        path = self.folder / name
        path.write_text(text + "\n")
        path.chmod(0o600)
        return str(path)

    def settings_of(self, **settings):
        return {"url": self.upstream.url, "allowPrivateAddresses": True, "freshFor": "0s"} | settings

    def make(self, owner=logins.ANNA):
        """A cart of the platform; answers the platform's own id."""
        return self.upstream.make_cart()

    def share(self, cart, owner=logins.ANNA, **fields):
        """The storefront shares a cart on behalf of its owner."""
        fields = {"audience": "external", "access": "read-only"} | fields
        if owner:
            fields["onBehalfOf"] = owner.owner
        return self.server.public("POST", f"/v1/carts/{self.path(cart)}/links", fields, KEYS["storefront"])

    def shared(self, owner=logins.ANNA, cart=None, **fields):
        """A cart of the platform and a link to it: the platform's id, the link, and what people call the cart."""
        cart = cart or self.make(owner)
        link = self.share(cart, owner, **fields).ok(201)
        return cart, link, self.alias(link)

    def alias(self, link):
        """What people call the cart: the owner's view of the link says so."""
        listed = self.server.administer("GET", "links?limit=200").ok()["links"]
        (found,) = [one["cartId"] for one in listed if one["id"] == link["id"]]
        return found

    def path(self, cart):
        return cart

    def enlarge(self, cart, size):
        """Makes the cart larger than a document may be."""
        self.upstream.carts[cart]["items"][0][self.text_field] = "x" * size

    def login(self, person=logins.ANNA, email=OWNER.email):
        """A login that names the person as the cart does."""
        return logins.login(person, email=email, email_verified=True)

    # The cart's lines as the API answers them: {sku: (handle, quantity)}

    def lines(self, cart):
        return {item["sku"]: (item.get("id"), item["quantity"]) for item in cart["items"]}


class Embedded(Platform):
    """Carts that the shop pushes: no platform at all."""

    is_upstream, names_owner, new_sku = False, False, "CUP-4"

    def stand_in(self):
        return None

    def carts_settings(self):
        return {"source": "embedded"}

    def make(self, owner=logins.ANNA):
        items = [
            {"id": f"i{number}", "sku": sku, "name": sku, "quantity": 2, "unitPrice": 100, "total": 200}
            for number, sku in enumerate(("MUG-1", "LAMP-2", "CAFE-3"))
        ]
        people = {name: carts.PERSONAL[name] for name in ("customer", "shippingAddress", "billingAddress", "note")}
        return self.server.put(owner, carts.plain(items=items, **people), f"pushed-{next(_numbers)}")


class Vtex(Platform):
    text_field = "name"

    def stand_in(self):
        return VtexStandIn()

    def carts_settings(self):
        keys = {
            "appKeyFile": self.secret("app-key", self.upstream.app_key),
            "appTokenFile": self.secret("app-token", self.upstream.app_token),
        }
        match = {"path": "clientProfileData.email", "claim": "email"}
        return {"source": "vtex", "vtex": self.settings_of(ownerMatch=match, **keys)}

    def lines(self, cart):
        return {item["id"]: (item.get("lineId"), item["quantity"]) for item in cart["items"]}


class Spryker(Platform):
    names_owner, new_sku, text_field = False, "214_123", "abstractSku"

    def stand_in(self):
        return GlueStandIn()

    def carts_settings(self):
        return {"source": "spryker", "spryker": self.settings_of(tokenFile=self.secret("glue-token", self.upstream.token))}

    def make(self, owner=logins.ANNA):
        # Members see a cart's name.
        return self.upstream.make_cart(name="Team order")

    def lines(self, cart):
        items = [item for item in cart["included"] if item["type"] == "items"]
        return {item["attributes"]["sku"]: (item.get("id"), item["attributes"]["quantity"]) for item in items}


class Medusa(Platform):
    is_editable = False

    def stand_in(self):
        return RestStandIn()

    def carts_settings(self):
        settings = self.settings_of(
            url=self.upstream.url + "/store/carts/{cartId}",
            authHeader="x-publishable-api-key",
            authFile=self.secret("publishable-key", self.upstream.publishable_key),
            cart="cart",
            id="id",
            fingerprint=["created_at", "customer_id"],
            money="major",
            ownerMatch={"path": "email", "claim": "email"},
            fields={
                "currency": "currency_code",
                "shippingAddress": "shipping_address",
                "billingAddress": "billing_address",
                "totals": {"items": "item_total", "discount": "discount_total", "grand": "total"},
            },
            lines={
                "at": "items",
                "id": "id",
                "sku": "variant_sku",
                "name": "product_title",
                "quantity": "quantity",
                "unitPrice": "unit_price",
                "total": "total",
                "image": "thumbnail",
            },
        )
        return {"source": "http", "http": settings}


class Shopify(Platform):
    is_editable = False

    def stand_in(self):
        return RestStandIn()

    def carts_settings(self):
        query = "query($id: ID!) { cart(id: $id) { id createdAt lines(first: 250) { nodes { id quantity } } } }"
        settings = self.settings_of(
            url=self.upstream.url + "/api/2026-01/graphql.json",
            method="POST",
            body='{"query": "' + query + '", "variables": {"id": "gid://shopify/Cart/{cartId.1}?key={cartId.2}"}}',
            authHeader="X-Shopify-Storefront-Access-Token",
            authFile=self.secret("storefront-token", self.upstream.storefront_token),
            cart="data.cart",
            id="id",
            fingerprint=["createdAt"],
            money="major",
            ownerMatch={"path": "buyerIdentity.email", "claim": "email"},
            fields={"currency": "cost.subtotalAmount.currencyCode", "totals": {"items": "cost.subtotalAmount.amount"}, "note": "note"},
            lines={
                "at": "lines.nodes",
                "id": "id",
                "sku": "merchandise.sku",
                "name": "merchandise.product.title",
                "quantity": "quantity",
                "unitPrice": "cost.amountPerQuantity.amount",
                "total": "cost.totalAmount.amount",
                "image": "merchandise.image.url",
            },
        )
        return {"source": "http", "http": settings}

    def path(self, cart):
        return f"{cart}~{self.upstream.keys[cart]}" if cart in self.upstream.keys else cart


KINDS = {"embedded": Embedded, "vtex": Vtex, "spryker": Spryker, "medusa": Medusa, "shopify": Shopify}
