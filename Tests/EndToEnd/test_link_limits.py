# SPDX-License-Identifier: Apache-2.0
"""What an owner can't do with links by going round: revive too many, share what was ordered, widen what the shop forbids."""

import time
from datetime import datetime, timedelta, timezone

import pytest

import logins
from server import KEYS


def later(**span):
    return (datetime.now(timezone.utc) + timedelta(**span)).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_reviving_links_does_not_pass_the_limit(start):
    server = start({"links": {"perCart": 2}})
    cart = server.put()
    old = [server.link(cart, expiresIn=1) for _ in range(2)]
    time.sleep(1.1)
    server.link(cart)
    server.change(old[0], expiresAt=later(days=1)).ok()
    server.change(old[1], expiresAt=later(days=1)).problem(409, "limit-reached")
    server.shared(old[1]).problem(410, "link-gone")


def test_an_ordered_cart_can_not_be_shared(shop):
    cart = shop.put()
    shop.set_state(cart, "ordered")
    shop.ask_link(cart, audience="external", access="read-only").problem(409, "cart-locked")


def test_sharing_with_oneself_is_refused(shop):
    subject = logins.ANNA.subject
    answer = shop.ask_link(shop.put(), audience="internal", access="read-only", within="person", personId=subject)
    answer.problem(422, "cannot-share-with-oneself")


def test_a_bulk_revocation_names_what_is_wrong_with_its_selector(shop):
    answer = shop.administer("POST", "revocations", {"selector": {}, "reason": "test"})
    assert answer.problem(422, "invalid-input")["errors"][0]["pointer"] == "/selector"


@pytest.mark.parametrize("query", ["?unknown=1", "?cartI%64=x"])
def test_a_search_that_is_not_understood_finds_nothing(shop, query):
    shop.administer("GET", "links" + query).problem(400, "malformed-request")


def test_a_service_has_no_carts_to_list(shop):
    shop.public("GET", "/v1/carts", bearer=KEYS["storefront"]).problem(403, "permission-denied")


@pytest.mark.parametrize(
    "cart, pointer",
    [
        ({"items": "x"}, "/cart/items"),
        ({"items": [], "name": "a\0b"}, "/cart/name"),
        ({"items": [{"id": "a"}, 5]}, "/cart/items/1"),
        ({"items": [{"id": "a"}, {"id": "a"}]}, "/cart/items/1/id"),
        ({"totals": []}, "/cart/totals"),
    ],
)
def test_the_frame_of_a_cart_is_checked(shop, cart, pointer):
    answer = shop.public("PUT", "/v1/carts/odd", {"cart": cart}, KEYS["storefront"]).problem(422, "invalid-input")
    assert answer["errors"][0]["pointer"] == pointer
    shop.public("GET", "/v1/carts/odd", bearer=KEYS["storefront"]).problem(404, "cart-not-found")
