# SPDX-License-Identifier: Apache-2.0
"""Every state of a link through every door."""

import time

import pytest

from logins import ANNA, EVA
from server import KEYS


def expire(server, link):
    assert server.change(link, expiresAt=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 1))).status == 200
    time.sleep(1.1)


def reuse(server, link):
    server.delete(link["cartId"])
    server.put(cart_id=link["cartId"])


ENDINGS = {
    "paused": lambda server, link: server.change(link, paused=True).ok(),
    "paused by an admin": lambda server, link: server.administer("POST", f"links/{link['id']}/pause"),
    "expired": expire,
    "revoked": lambda server, link: server.revoke(link),
    "revoked by an admin": lambda server, link: server.administer("DELETE", f"links/{link['id']}"),
    "cart deleted": lambda server, link: server.delete(link["cartId"]),
    "cart id reused": reuse,
    "ordered": lambda server, link: server.set_state(link["cartId"], "ordered"),
    "given to another owner": lambda server, link: server.put(EVA, cart_id=link["cartId"], transferOwner=True),
}


@pytest.fixture(scope="module")
def gone(shop):
    """What a stranger is told about a revoked link: the measure for all the others."""
    link = shop.link()
    shop.revoke(link)
    return shop.shared(link).without_request_id(), shop.page(link)


@pytest.mark.parametrize("audience", ["external", "internal"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_an_ended_link_is_gone_through_every_door_and_says_no_more(shop, gone, ending, audience):
    link = shop.link(audience=audience, **({"within": "shop"} if audience == "internal" else {}))
    viewer = EVA if audience == "internal" else None
    assert shop.shared(link, viewer).status == shop.page(link, viewer).status == shop.resolve(link, viewer).status == 200

    ENDINGS[ending](shop, link)

    shop.shared(link, viewer).problem(410, "link-gone")
    shop.resolve(link, viewer).problem(410, "link-gone")
    assert shop.shared(link).without_request_id() == gone[0]
    page = shop.page(link)
    assert page.status == 410 and page.body == gone[1].body
    assert shop.public("HEAD", f"/v1/shared/{link['token']}").status == 410


def test_locking_a_cart_leaves_its_links_open(shop):
    link = shop.link()
    shop.set_state(link["cartId"], "locked")
    assert shop.shared(link).status == 200


def test_a_short_life_ends_by_itself(shop):
    link = shop.link(expiresIn=1)
    assert shop.shared(link).status == 200
    time.sleep(1.2)
    shop.shared(link).problem(410, "link-gone")
    assert shop.public.get(f"/v1/links/{link['id']}", ANNA.login).ok()["status"] == "expired"


def test_a_guests_cart_keeps_its_links_when_it_gets_its_first_owner(shop):
    cart_id = shop.put(owner=None)
    link = shop.public("POST", f"/v1/carts/{cart_id}/links", {"audience": "external", "access": "read-only"}, KEYS["storefront"]).ok(201)
    assert shop.shared(link).status == 200
    shop.put(ANNA, cart_id=cart_id)
    assert shop.shared(link).ok()["viewer"]["relation"] == "guest"
    assert shop.shared(link, ANNA).ok()["viewer"]["relation"] == "owner"


def test_one_revocation_ends_one_link_and_a_second_one_changes_nothing(shop):
    cart_id = shop.put()
    first, second = shop.link(cart_id), shop.link(cart_id)
    assert shop.revoke(first).status == shop.revoke(first).status == 204
    assert shop.shared(second).status == 200
    listed = {link["id"]: link for link in shop.public.get(f"/v1/carts/{cart_id}/links", ANNA.login).ok()["links"]}
    assert listed[first["id"]]["status"] == "revoked" and listed[first["id"]]["revokedAt"]
    assert listed[second["id"]]["status"] == "active"
    shop.change(first, paused=False)
    shop.change(first, expiresAt="2099-01-01T00:00:00Z")
    shop.shared(first).problem(410, "link-gone")
