# SPDX-License-Identifier: Apache-2.0
"""Locked and ordered carts: what stops, what goes on, and who learns that an order was placed."""

import pytest

from logins import ANNA, EVA, shopper
from server import KEYS
from together import accept, add, grant, internal, known_carts, read, take_over

ORDERED = {"en": "already ordered", "es": "ya se ha pedido"}


def edits(shop, cart_id, person):
    item = f"/v1/carts/{cart_id}/items/i1"
    yield add(shop, cart_id, person)
    yield shop.public("PATCH", item, {"quantity": 3}, person.login)
    yield shop.public("DELETE", item, None, person.login)


def test_a_locked_cart_is_not_edited_and_its_links_go_on(shop):
    cart_id, eva = shop.put(), shopper()
    link, inside = shop.link(cart_id), internal(shop, cart_id, access="full")
    accept(shop, inside, eva).ok(201)
    before = read(shop, cart_id, ANNA).ok()["cart"]
    shop.set_state(cart_id, "locked")
    for person in (ANNA, eva):
        for answer in edits(shop, cart_id, person):
            answer.problem(409, "cart-locked")
        assert read(shop, cart_id, person).ok()["viewer"]["canEdit"] is False
    assert read(shop, cart_id, ANNA).ok()["cart"] == before
    assert shop.shared(link).status == shop.page(link).status == shop.shared(inside, EVA).status == 200
    assert shop.link(cart_id)["status"] == "active"
    shop.set_state(cart_id, "open")
    assert add(shop, cart_id, eva).status == 201


def test_an_ordered_cart_is_not_edited_but_its_people_still_read_it(shop):
    cart_id, eva = shop.put(), shopper()
    grant(shop, cart_id, eva, "full").ok(201)
    shop.set_state(cart_id, "ordered")
    for person in (ANNA, eva):
        for answer in edits(shop, cart_id, person):
            answer.problem(409, "cart-locked")
        assert read(shop, cart_id, person).ok()["state"] == "ordered"
    assert known_carts(shop, eva) == {cart_id: "full"}


@pytest.fixture(scope="module")
def ordered(shop):
    """An ordered cart's two links, and the people: owner, holder of a grant, member who never accepted."""
    cart_id, holder, member = shop.put(), shopper(), shopper()
    external, inside = shop.link(cart_id), internal(shop, cart_id)
    accept(shop, inside, holder).ok(201)
    shop.set_state(cart_id, "ordered")
    return {"external": external, "internal": inside, "people": {"owner": ANNA, "holder": holder, "member": member, "anonymous": None}}


@pytest.mark.parametrize("audience", ["external", "internal"])
@pytest.mark.parametrize("who", ["owner", "holder", "member", "anonymous"])
def test_an_ordered_carts_links_are_gone_for_all(shop, ordered, who, audience):
    link, person = ordered[audience], ordered["people"][who]
    shop.shared(link, person).problem(410, "link-gone")
    accept(shop, link, person).problem(410, "link-gone")
    take_over(shop, link, person).problem(410, "link-gone")
    if person:
        shop.resolve(link, person).problem(410, "link-gone")


@pytest.mark.parametrize("language", ORDERED)
@pytest.mark.parametrize("audience", ["external", "internal"])
def test_its_page_tells_those_who_held_it_that_it_was_ordered(shop, ordered, audience, language):
    link, people = ordered[audience], ordered["people"]
    told = ORDERED[language].encode()
    for who in ("owner", "holder"):
        page = shop.page(link, people[who], Accept_Language=language)
        assert page.status == 410 and told in page.body, who
        assert page.headers["Content-Language"] == language and page.headers["Cache-Control"] == "no-store"
        cookie = {"Cookie": f"shop_login={people[who].login}", "Accept-Language": language}
        page = shop.public("GET", f"/s/{link['token']}", headers=cookie)
        assert page.status == 410 and told in page.body, who


@pytest.mark.parametrize("language", ORDERED)
@pytest.mark.parametrize("audience", ["external", "internal"])
def test_strangers_get_the_page_of_any_link_that_ended(shop, ordered, audience, language):
    revoked = shop.link()
    shop.revoke(revoked)
    neutral = shop.page(revoked, Accept_Language=language)
    for who in ("member", "anonymous"):
        page = shop.page(ordered[audience], ordered["people"][who], Accept_Language=language)
        assert (page.status, page.body) == (410, neutral.body), who
        assert ORDERED[language].encode() not in page.body
        answer = shop.shared(ordered[audience], ordered["people"][who])
        assert answer.without_request_id() == shop.shared(revoked).without_request_id()


def test_the_detail_too_is_for_those_who_held_it(shop, ordered):
    for who, knows in {"owner": True, "holder": True, "member": False, "anonymous": False}.items():
        problem = shop.shared(ordered["external"], ordered["people"][who]).problem(410, "link-gone")
        assert ("ordered" in problem.get("detail", "")) is knows, who


def test_a_withdrawn_holder_is_a_stranger_again(shop):
    cart_id, eva = shop.put(), shopper()
    link = shop.link(cart_id)
    held = grant(shop, cart_id, eva).ok(201)
    shop.set_state(cart_id, "ordered")
    assert b"already ordered" in shop.page(link, eva).body
    shop.public("DELETE", f"/v1/grants/{held['id']}", bearer=ANNA.login).ok(204)
    assert b"already ordered" not in shop.page(link, eva).body


def test_a_revoked_link_of_an_ordered_cart_says_no_more_than_revoked(shop):
    link = shop.link()
    shop.revoke(link)
    shop.set_state(link["cartId"], "ordered")
    assert b"already ordered" not in shop.page(link).body


def test_an_order_that_was_cancelled_opens_the_links_again(shop):
    link = shop.link()
    shop.set_state(link["cartId"], "ordered")
    shop.shared(link).problem(410, "link-gone")
    shop.set_state(link["cartId"], "open")
    assert shop.shared(link).status == 200


@pytest.mark.parametrize("body, pointer", [({}, "/state"), ({"state": "closed"}, "/state"), ({"state": 1}, "/state")], ids=str)
def test_an_unknown_state_changes_nothing(shop, body, pointer):
    cart_id = shop.put()
    shop.public("PUT", f"/v1/carts/{cart_id}/state", body, KEYS["storefront"]).invalid(pointer)
    assert read(shop, cart_id, ANNA).ok()["state"] == "open"
