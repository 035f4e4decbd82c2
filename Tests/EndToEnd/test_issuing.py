# SPDX-License-Identifier: Apache-2.0
"""What may be asked for when a link is issued, by whom, and again."""

import time

import pytest

from logins import ANNA, BERT, EVA, OLGA
from server import KEYS

REFUSED = [
    ({"expiresIn": 0}, "/expiresIn"),
    ({"expiresIn": -1}, "/expiresIn"),
    ({"expiresIn": 80 * 86400 + 60}, "/expiresIn"),
    ({"expiresIn": 2**63}, "/expiresIn"),
    ({"expiresIn": 2**64 + 5}, "/expiresIn"),
    ({"expiresIn": 1e300}, "/expiresIn"),
    ({"expiresIn": 1.5}, "/expiresIn"),
    ({"expiresIn": "never"}, "/expiresIn"),
    ({"expiresIn": "3600"}, "/expiresIn"),
    ({"expiresIn": True}, "/expiresIn"),
    ({"expiresAt": "never"}, "/expiresAt"),
    ({"expiresAt": "2020-01-01T00:00:00Z"}, "/expiresAt"),
    ({"expiresAt": "9999-12-31T23:59:59Z"}, "/expiresAt"),
    ({"expiresAt": 1999999999}, "/expiresAt"),
    ({"expiresAt": ""}, "/expiresAt"),
    ({"audience": "public"}, "/audience"),
    ({"audience": "External"}, "/audience"),
    ({"audience": None}, "/audience"),
    ({"audience": ["external"]}, "/audience"),
    ({"access": "FULL"}, "/access"),
    ({"access": 1}, "/access"),
    ({"audience": "internal", "within": "world"}, "/within"),
    ({"within": "shop"}, "/within"),
    ({"label": 7}, "/label"),
    ({"label": "x" * 10_000}, "/label"),
    ({"showPrices": "no"}, "/showPrices"),
    ({"snapshot": "yes"}, "/snapshot"),
    ({"maxAccepts": 1}, "/maxAccepts"),
    ({"allowTakeOver": True}, "/allowTakeOver"),
    ({"card": "large"}, "/card"),
    ({"cartId": "other"}, "/cartId"),
    ({"Access": "full"}, "/Access"),
    ({"a/b~c": 1}, "/a~1b~0c"),
]


@pytest.mark.parametrize("fields, pointer", REFUSED, ids=lambda value: str(value)[:60])
def test_a_bad_wish_is_refused_by_name_and_changes_nothing(shop, fields, pointer):
    cart_id = shop.put()
    shop.ask_link(cart_id, **({"audience": "external", "access": "read-only"} | fields)).invalid(pointer)
    assert shop.public.get(f"/v1/carts/{cart_id}/links", ANNA.login).ok()["links"] == []


def test_all_problems_of_a_body_are_told_at_once(shop):
    answer = shop.ask_link(shop.put(), audience="external", access="read-only", expiresIn="soon", colour="red")
    assert {error["pointer"] for error in answer.problem(422)["errors"]} == {"/expiresIn", "/colour"}


def test_external_links_are_read_only(shop):
    shop.ask_link(shop.put(), audience="external", access="full").problem(422, "external-links-are-read-only")


def test_only_one_expiry_may_be_named(shop):
    answer = shop.ask_link(shop.put(), audience="external", access="read-only", expiresIn=60, expiresAt="2030-01-01T00:00:00Z")
    assert answer.problem(422, "invalid-input")["errors"]


def test_a_cart_with_a_company_hides_its_prices_by_default(shop):
    cart_id = shop.put(OLGA)
    hidden = shop.shared(shop.link(cart_id, OLGA)).ok()["cart"]
    assert "totals" not in hidden and not {"unitPrice", "total"} & hidden["items"][0].keys()
    assert shop.shared(shop.link(cart_id, OLGA, showPrices=True)).ok()["cart"]["totals"] == {"items": 2500}
    assert "totals" not in shop.shared(shop.link(showPrices=False)).ok()["cart"]


def test_the_shop_may_forbid(start):
    server = start({"links": {"perCart": 2, "external": {"allowed": False}, "internal": {"full": False, "within": ["business-unit"]}}})
    cart_id = server.put(OLGA)
    for fields in (
        {"audience": "external", "access": "read-only"},
        {"audience": "internal", "access": "full"},
        {"audience": "internal", "access": "read-only", "within": "company"},
    ):
        server.ask_link(cart_id, OLGA, **fields).problem(403, "not-allowed-here")
    first = server.link(cart_id, OLGA, audience="internal")
    server.link(cart_id, OLGA, audience="internal")
    server.ask_link(cart_id, OLGA, audience="internal", access="read-only").problem(409, "limit-reached")
    server.revoke(first, OLGA)
    server.link(cart_id, OLGA, audience="internal")


def test_lifetimes_follow_the_configuration(start):
    server = start({"links": {"external": {"lifetime": "2h", "maxLifetime": "3h"}}})
    link = server.link()
    server.change(link, expiresAt=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 4 * 3600))).invalid("/expiresAt")
    later = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 2.5 * 3600))
    assert server.change(link, expiresAt=later).ok()["expiresAt"].startswith(later[:19])
    server.ask_link(link["cartId"], audience="external", access="read-only", expiresIn=4 * 3600).invalid("/expiresIn")


def test_a_service_acts_for_the_owner_only(shop):
    cart_id = shop.put(OLGA)
    body = {"audience": "internal", "access": "read-only"}
    path = f"/v1/carts/{cart_id}/links"
    link = shop.public("POST", path, body | {"onBehalfOf": OLGA.owner}, KEYS["issuer"]).ok(201)
    assert shop.shared(link, BERT).status == 200
    for foreign in (BERT.owner, {"userId": "olga"}, EVA.owner):
        assert shop.public("POST", path, body | {"onBehalfOf": foreign}, KEYS["issuer"]).status in (403, 404, 409, 422)
    assert shop.public("POST", path, body, KEYS["issuer"]).status in (403, 422)
    shop.ask_link(cart_id, OLGA, **body, onBehalfOf=OLGA.owner).problem(422, "invalid-input")

    for_olga, for_bert = {"On-Behalf-Of": OLGA.subject}, {"On-Behalf-Of": BERT.subject}
    one = f"/v1/links/{link['id']}"
    assert shop.public("GET", path, None, KEYS["issuer"], for_olga).ok()["links"][0]["id"] == link["id"]
    assert shop.public("PATCH", one, {"label": "by the shop"}, KEYS["issuer"], for_olga).status == 200
    assert shop.public("GET", one, None, KEYS["issuer"], for_bert).status in (403, 404)
    assert shop.public("DELETE", one, None, KEYS["issuer"]).status in (400, 403, 404, 422)
    assert shop.shared(link, BERT).status == 200
    assert shop.public("DELETE", one, None, KEYS["issuer"], for_olga).status == 204
    shop.shared(link, BERT).problem(410, "link-gone")


def test_a_repeated_request_gives_the_same_link(shop):
    cart_id, key = shop.put(), {"Idempotency-Key": "0f8b-1"}
    wish = {"audience": "external", "access": "read-only", "label": "once"}
    first = shop.ask_link(cart_id, headers=key, **wish).ok(201)
    assert shop.ask_link(cart_id, headers=key, **wish).ok(200, 201)["id"] == first["id"]
    shop.ask_link(cart_id, headers=key, **(wish | {"label": "twice"})).problem(409, "idempotency-conflict")
    service = shop.public("POST", f"/v1/carts/{cart_id}/links", wish | {"onBehalfOf": ANNA.owner}, KEYS["issuer"], key).ok(201)
    other_cart = shop.ask_link(shop.put(), headers=key, **wish).ok(201)
    assert len({first["id"], service["id"], other_cart["id"]}) == 3
    assert len(shop.public.get(f"/v1/carts/{cart_id}/links", ANNA.login).ok()["links"]) == 2


def test_a_repeat_after_a_revocation_does_not_bring_the_link_back(shop):
    cart_id, key = shop.put(), {"Idempotency-Key": "0f8b-2"}
    wish = {"audience": "external", "access": "read-only"}
    link = shop.ask_link(cart_id, headers=key, **wish).ok(201)
    shop.revoke(link)
    assert shop.ask_link(cart_id, headers=key, **wish).json.get("status") in ("revoked", 409, 410)
    shop.shared(link).problem(410, "link-gone")
