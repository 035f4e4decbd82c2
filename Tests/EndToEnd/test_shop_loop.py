# SPDX-License-Identifier: Apache-2.0
"""Three people edit and the shop re-prices: the loop closes, and no line gets lost between."""

import carts
from logins import ANNA, shopper
from server import KEYS
from together import accept, add, internal, read

PRICES = {"MUG-1": ("Mug", 1200), "TEA-2": ("Tea", 450), "POT-3": ("Pot", 3900)}


def edited(shop, cart_id):
    """The cart as the shop's service reads it, with its version."""
    answer = shop.public.get(f"/v1/carts/{cart_id}", KEYS["reader"])
    answer.ok()
    assert answer.json["viewer"] == {"relation": "service", "canEdit": False}
    return answer.json["cart"], answer.headers["ETag"]


def priced(cart):
    """The shop's names, prices and totals for what people put into the cart."""
    items = []
    for item in cart["items"]:
        name, price = PRICES[item["sku"]]
        items.append(item | {"name": name, "unitPrice": price, "total": price * item["quantity"]})
    total = sum(item["total"] for item in items)
    return cart | {"items": items, "totals": {"items": total, "shipping": 490, "grand": total + 490}}


def push(shop, cart_id, cart, version):
    body = {"owner": ANNA.owner, "cart": cart}
    return shop.public("PUT", f"/v1/carts/{cart_id}", body, KEYS["writer"], {"If-Match": version})


def quantities(cart):
    return {item["sku"]: item["quantity"] for item in cart["items"]}


def test_three_people_and_a_shop(shop):
    cart_id, eva, max_ = shop.put(cart=carts.plain(customer={"email": "kanarie@example.com"})), shopper(), shopper()
    link, public = internal(shop, cart_id, access="full"), shop.link(cart_id)
    for person in (eva, max_):
        accept(shop, link, person).ok(201)

    # All add; the shop reads, and while it works out the prices somebody adds once more.
    add(shop, cart_id, ANNA, "MUG-1", 1).ok(201)
    add(shop, cart_id, eva, "TEA-2", 4).ok(201)
    cart, version = edited(shop, cart_id)
    assert "customer" not in cart and cart["totals"]["incomplete"] is True
    add(shop, cart_id, max_, "POT-3", 1).ok(201)
    refused = push(shop, cart_id, priced(cart), version)
    refused.problem(412, "version-differs")
    assert quantities(read(shop, cart_id, max_).ok()["cart"]) == {"MUG-1": 3, "TEA-2": 4, "POT-3": 1}

    # It reads again, and now its push is the next version.
    cart, version = edited(shop, cart_id)
    assert version == refused.headers["ETag"]
    done = push(shop, cart_id, priced(cart), version)
    assert done.status == 200
    for person in (ANNA, eva, max_):
        seen = read(shop, cart_id, person)
        assert seen.headers["ETag"] == done.headers["ETag"]
        assert quantities(seen.json["cart"]) == {"MUG-1": 3, "TEA-2": 4, "POT-3": 1}
        assert seen.json["cart"]["totals"]["items"] == 3 * 1200 + 4 * 450 + 3900
        assert "incomplete" not in seen.json["cart"]["totals"]
    assert [item["name"] for item in shop.shared(public).ok()["cart"]["items"]] == ["Mug", "Tea", "Pot"]

    # A colleague who looked before the push doesn't overwrite it either.
    late = shop.public("PATCH", f"/v1/carts/{cart_id}/items/i1", {"quantity": 1}, eva.login, {"If-Match": version})
    late.problem(412, "version-differs")
    # The shop's prices are those of the next line of the same article.
    again = add(shop, cart_id, eva, "TEA-2", 1, options={"kind": "green"}).ok(201)["cart"]
    assert again["items"][-1]["unitPrice"] == 450 and again["items"][-1]["name"] == "Tea"


def test_a_shop_that_pushes_without_looking_says_so_itself(shop):
    """Without `If-Match` the push replaces what is there: that is the shop's choice, and the version tells that it happened."""
    cart_id = shop.put()
    added = add(shop, cart_id, ANNA, "TEA-2", 4).ok(201)
    shop.put(cart_id=cart_id)
    now = read(shop, cart_id, ANNA).ok()
    assert quantities(now["cart"]) == {"MUG-1": 2} and now["version"] > added["version"]


def test_a_push_of_what_people_may_not_say_is_still_the_shops_word(shop):
    """What services read lacks personal data, so the shop lays its prices over its own copy; the service never invents the rest."""
    cart_id = shop.put(cart=carts.plain(customer={"email": "kanarie@example.com"}))
    add(shop, cart_id, ANNA, "TEA-2", 1).ok(201)
    assert read(shop, cart_id, ANNA).ok()["cart"]["customer"]["email"] == "kanarie@example.com"
    cart, version = edited(shop, cart_id)
    push(shop, cart_id, priced(cart) | {"customer": {"email": "kanarie@example.com"}}, version).ok()
    assert read(shop, cart_id, ANNA).ok()["cart"]["customer"]["email"] == "kanarie@example.com"
