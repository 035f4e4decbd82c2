# SPDX-License-Identifier: Apache-2.0
"""What only carts that live in VTEX do: stars for front ends that draw them, VTEX's own stars, and a story from sharing to editing."""

import json

import pytest

import carts
import findings
from logins import ANNA, EVA
from platforms import Vtex
from server import KEYS

PERSONAL = ["clientProfileData", "shippingData", "paymentData"]


@pytest.fixture
def open_shop(tmp_path):
    made = []

    def open_shop(**changes):
        made.append(Vtex(tmp_path / str(len(made)), **changes).start())
        return made[-1]

    yield open_shop
    for shop in made:
        shop.close()


def test_what_others_see_is_all_that_is_asked_for(open_shop):
    shop = open_shop()
    _, link, alias = shop.shared()
    shop.upstream.requests.clear()
    assert shop.server.shared(link).status == 200
    (asked,) = shop.upstream.requests
    assert asked.method == "POST" and not set(asked.json["expectedOrderFormSections"]) & set(PERSONAL)
    # The owner's own view needs it all.
    shop.server.public.get(f"/v1/carts/{alias}", shop.login()).ok()
    assert shop.upstream.requests[-1].method == "GET"


def test_a_policy_that_draws_stars_has_what_it_needs_for_them(open_shop):
    shop = open_shop(carts={"policyFor": {"vtex-orderform": "vtex-orderform-masked"}})
    _, link, _ = shop.shared(audience="internal", access="read-only", within="shop")
    shop.server.public("POST", f"/v1/shared/{link['token']}/accept", {}, EVA.login).ok(201)
    answer = shop.server.shared(link, EVA)
    profile = answer.ok()["cart"]["clientProfileData"]
    assert profile["firstName"].endswith("***") and carts.leaks(answer.everything) == []


def test_what_vtex_has_masked_is_said_to_be_masked_and_never_shown_as_data(open_shop):
    shop = open_shop()
    _, _, alias = shop.shared()
    clear = shop.server.public.get(f"/v1/carts/{alias}", shop.login()).ok()
    assert "masked" not in clear["redaction"] and clear["cart"]["clientProfileData"]["firstName"]
    shop.upstream.masks_everyone = True
    answer = shop.server.public.get(f"/v1/carts/{alias}", shop.login()).ok()
    assert answer["redaction"]["masked"] is True and answer["viewer"]["relation"] == "owner"
    assert "*" not in json.dumps(answer["cart"]["clientProfileData"]) + json.dumps(answer["cart"]["shippingData"])
    assert answer["cart"]["clientProfileData"]["email"]


def test_numbers_that_no_shop_sells_stop_nothing(open_shop):
    shop = open_shop()
    cart, _, alias = shop.shared()
    for item in shop.upstream.carts[cart]["items"][:2]:
        item |= {"id": "2005", "quantity": 2**63 - 1}
    answer = shop.server.public("POST", f"/v1/carts/{alias}/items", {"sku": "2005", "quantity": 1}, shop.login())
    assert answer.status in (200, 201, 412, 422), answer
    assert shop.server.public.get("/health/live").status == 200


def test_an_article_of_which_there_is_less_is_not_somebody_elses_doing(open_shop):
    shop = open_shop()
    cart, _, alias = shop.shared()
    shop.upstream.stock["2005"] = 5
    seen = shop.server.public.get(f"/v1/carts/{alias}", shop.login())
    handle = shop.lines(seen.ok()["cart"])["2005"][0]
    shop.server.public("PATCH", f"/v1/carts/{alias}/items/{handle}", {"quantity": 9}, shop.login()).invalid("/quantity")
    assert shop.upstream.carts[cart]["items"][0]["quantity"] == 5


def test_the_story_of_a_cart_that_lives_in_vtex(open_shop):
    """A transcript, printed at the end of the tests: shared, opened, accepted, changed by two, overtaken, taken back."""
    shop = open_shop()
    told = findings.found.setdefault("A cart that lives in VTEX, from its share to its end", [])

    def step(who, method, path, body=None, bearer=None, status=200, headers=None, shows=lambda answer: ""):
        answer = shop.server.public(method, path, body, bearer, headers)
        assert answer.status == status, f"{who} {method}: {answer}"
        place = path.replace(token, "{token}").replace(alias, "{alias}").replace(cart, "{orderFormId}").replace(handle, "{lineId}")
        told.append(f"{who:<11} {method:<6} {place:<46} {answer.status}  {shows(answer)}")
        return answer

    cart, token, alias, handle = shop.make(), "no token yet", "no alias yet", "no line yet"

    def lines(answer):
        return ", ".join(f"{sku} × {quantity}" for sku, (_, quantity) in shop.lines(answer.json["cart"]).items())

    order = {"audience": "internal", "access": "full", "within": "shop", "onBehalfOf": ANNA.owner}
    link = step("storefront", "POST", f"/v1/carts/{cart}/links", order, KEYS["storefront"], 201).json
    token, alias = link["token"], shop.alias(link)
    step("a stranger", "GET", f"/v1/shared/{token}", status=401, shows=lambda answer: answer.json["code"])
    step("Eva", "POST", f"/v1/shared/{token}/accept", {}, EVA.login, 201, shows=lambda answer: answer.json["access"])
    seen = step("Eva", "GET", f"/v1/carts/{alias}", None, EVA.login, shows=lines)
    assert carts.leaks(seen.everything) == []
    added = step("Eva", "POST", f"/v1/carts/{alias}/items", {"sku": "2008", "quantity": 2}, EVA.login, 201, shows=lines)
    handle = shop.lines(added.json["cart"])["2008"][0]
    tag = {"If-Match": added.headers["ETag"]}
    step("the owner", "PATCH", f"/v1/carts/{alias}/items/{handle}", {"quantity": 5}, shop.login(), headers=tag, shows=lines)
    late = step("Eva", "PATCH", f"/v1/carts/{alias}/items/{handle}", {"quantity": 9}, EVA.login, 412, tag, lambda answer: answer.json["code"])
    assert late.headers["ETag"] != added.headers["ETag"]
    own = step("the owner", "GET", f"/v1/carts/{alias}", None, shop.login(), shows=lambda answer: "with his own data")
    assert carts.leaks(own.everything) != []
    step("storefront", "POST", "/v1/resolve", {"token": token}, KEYS["storefront"], shows=lambda answer: "cartId: {orderFormId}")
    step("the owner", "DELETE", f"/v1/links/{link['id']}", None, shop.login(), 204)
    step("Eva", "GET", f"/v1/carts/{alias}", None, EVA.login, 404, shows=lambda answer: answer.json["code"])
    assert {item["id"]: item["quantity"] for item in shop.upstream.carts[cart]["items"]}["2008"] == 5
    assert shop.upstream.forbidden == []
