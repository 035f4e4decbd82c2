# SPDX-License-Identifier: Apache-2.0
"""Every page a link can show, and to whom: what the matrix and the screenshots go through."""

from dataclasses import dataclass

import baskets
from logins import BERT, CARL, DORA, OLGA, Person
from together import accept, internal


@dataclass(frozen=True)
class Scene:
    path: str
    person: Person | None
    page: str
    """What `data-page` of the body says."""
    status: int = 200


NAMES = ["stranger", "nobody", "colleague", "reader", "editor", "owner", "owner-as-others", "outsider", "gone", "unknown", "ordered"]
CARTS = ["stranger", "colleague", "reader", "editor", "owner", "owner-as-others"]
MESSAGES = ["outsider", "gone", "unknown", "ordered"]


def made(shop, cart=None):
    """All scenes around one cart of Olga's, whose company Bert and Carl belong to and Dora doesn't."""
    cart_id = shop.put(OLGA, cart or baskets.kitchen())
    # A company's prices are shown to strangers only if somebody said so.
    external = shop.link(cart_id, OLGA, showPrices=True)
    looking, changing = (internal(shop, cart_id, OLGA, access, "company") for access in ("read-only", "full"))
    accept(shop, looking, CARL).ok(201)
    accept(shop, changing, BERT).ok(201)
    unaccepted = internal(shop, shop.put(OLGA, cart or baskets.kitchen()), OLGA, "full", "company")
    revoked = shop.link(cart_id, OLGA)
    shop.revoke(revoked, OLGA).ok(204)
    at = lambda link: f"/s/{link['token']}"
    return {
        "stranger": Scene(at(external), None, "cart"),
        "nobody": Scene(at(looking), None, "login"),
        "colleague": Scene(at(unaccepted), BERT, "cart"),
        "reader": Scene(at(looking), CARL, "cart"),
        "editor": Scene(at(changing), BERT, "cart"),
        "owner": Scene(at(external), OLGA, "cart"),
        "owner-as-others": Scene(at(external) + "?view=others", OLGA, "cart"),
        "outsider": Scene(at(looking), DORA, "message", 403),
        "gone": Scene(at(revoked), None, "message", 410),
        "unknown": Scene("/s/nothing", None, "message", 404),
        "ordered": Scene(at(_ordered(shop, cart)), CARL, "ordered", 410),
    }


def _ordered(shop, cart):
    cart_id = shop.put(OLGA, cart or baskets.kitchen())
    link = internal(shop, cart_id, OLGA, within="company")
    accept(shop, link, CARL).ok(201)
    shop.set_state(cart_id, "ordered")
    return link
