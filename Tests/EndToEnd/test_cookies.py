# SPDX-License-Identifier: Apache-2.0
"""Logins in a cookie: they read, and write only from the page itself."""

import pytest

from logins import ANNA, EVA, expired_login
from server import KEYS

LINK = {"audience": "external", "access": "read-only"}


@pytest.fixture(scope="module")
def link(shop):
    return shop.link(shop.put())


def cookie(value, origin=None):
    return {"Cookie": f"theme=dark; shop_login={value}; x=y"} | ({"Origin": origin} if origin else {})


def test_a_cookie_reads(shop, link):
    assert shop.public("GET", f"/v1/shared/{link['token']}", headers=cookie(ANNA.login)).ok()["viewer"]["relation"] == "owner"
    assert shop.public("GET", "/v1/carts", headers=cookie(ANNA.login)).status == 200


def test_a_cookie_writes_only_from_the_same_origin(shop):
    cart_id = shop.put()
    path = f"/v1/carts/{cart_id}/links"
    for origin in (
        None,
        "null",
        "https://evil.example",
        shop.url + ".evil.example",
        shop.url.replace("http:", "https:"),
        shop.url + "0",
        "file://",
    ):
        refused = shop.public("POST", path, LINK, headers=cookie(ANNA.login, origin))
        refused.problem(403, "permission-denied")
    assert shop.public("GET", path, headers=cookie(ANNA.login)).ok()["links"] == []
    link = shop.public("POST", path, LINK, headers=cookie(ANNA.login, shop.url)).ok(201)
    assert shop.public("DELETE", f"/v1/links/{link['id']}", headers=cookie(ANNA.login)).status == 403
    assert shop.public("PATCH", f"/v1/links/{link['id']}", {"label": "x"}, headers=cookie(ANNA.login, "null")).status == 403
    assert shop.shared(link).status == 200


@pytest.mark.parametrize("value", ["x", "a.b.c", "", "expired", '"quoted"'])
def test_a_bad_cookie_counts_as_none_on_a_get(shop, link, value):
    headers = cookie(expired_login(ANNA) if value == "expired" else value, shop.url)
    assert shop.public("GET", f"/v1/shared/{link['token']}", headers=headers).ok()["viewer"]["relation"] == "guest"
    shop.public("GET", "/v1/carts", headers=headers).problem(401, "login-required")
    shop.public("POST", f"/v1/carts/{link['cartId']}/links", LINK, headers=headers).problem(401, "login-invalid", "login-required")


def test_the_header_wins_over_the_cookie(shop, link):
    both = shop.public("GET", f"/v1/shared/{link['token']}", None, EVA.login, cookie(ANNA.login))
    assert both.ok()["viewer"]["relation"] == "guest"
    assert shop.public("GET", f"/v1/shared/{link['token']}", None, "x", cookie(ANNA.login)).status == 401


def test_a_service_key_is_no_cookie(shop, link):
    headers = cookie(KEYS["storefront"], shop.url)
    assert shop.public("DELETE", f"/v1/carts/{link['cartId']}", headers=headers).status == 401
