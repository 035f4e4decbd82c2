# SPDX-License-Identifier: Apache-2.0
"""Carts without an owner, as a shop's guests have them: links by services only, and personal data for nobody."""

import pytest

import carts
from logins import ANNA, BERT, EVA, OLGA, shopper
from server import KEYS
from together import accept, add, comment, grants, internal, known_carts, read, take_over


def issue(shop, cart_id, key=KEYS["issuer"], **fields):
    return shop.public("POST", f"/v1/carts/{cart_id}/links", {"audience": "external", "access": "read-only"} | fields, key)


def within_shop(shop, cart_id, **fields):
    return issue(shop, cart_id, **{"audience": "internal", "within": "shop"} | fields).ok(201)


@pytest.fixture
def cart_id(shop):
    return shop.put(owner=None, cart=carts.with_canaries())


def test_only_a_service_issues_its_links_and_names_no_owner(shop, cart_id):
    issue(shop, cart_id, None).problem(401, "login-required")
    for person in (ANNA, OLGA):
        issue(shop, cart_id, person.login).problem(404, "cart-not-found")
        issue(shop, cart_id, onBehalfOf=person.owner).problem(403, "permission-denied")
    for name in ("resolver", "reader", "writer", "people", "ops"):
        issue(shop, cart_id, KEYS[name]).problem(403, "scope-missing")
    link = issue(shop, cart_id).ok(201)
    assert link["createdBy"] == "service:issuer" and shop.shared(link).ok()["cart"] == carts.for_guests()
    path, key = f"/v1/links/{link['id']}", KEYS["issuer"]
    assert shop.public.get(path, key).ok() == link
    assert shop.public("PATCH", path, {"label": "chat"}, key).ok()["label"] == "chat"
    shop.public("PATCH", path, {"label": "chat"}, key, {"On-Behalf-Of": ANNA.subject}).problem(403, "permission-denied")
    assert shop.public("DELETE", path, None, key).status == 204
    shop.shared(link).problem(410, "link-gone")


@pytest.mark.parametrize("within", ["business-unit", "company"])
def test_it_belongs_to_no_company(shop, cart_id, within):
    issue(shop, cart_id, audience="internal", within=within).invalid("/within")
    issue(shop, cart_id, audience="internal").invalid("/within")


def test_nobody_sees_its_personal_data(shop, cart_id):
    external, inside = issue(shop, cart_id).ok(201), within_shop(shop, cart_id, access="full")
    eva = shopper()
    accept(shop, inside, eva).ok(201)
    answers = [shop.shared(external), shop.page(external)]
    answers += [shop.shared(link, person) for link in (external, inside) for person in (ANNA, OLGA, BERT, EVA)]
    answers += [shop.page(link, person) for link in (external, inside) for person in (ANNA, OLGA, BERT, EVA)]
    for answer in answers:
        assert answer.status == 200 and not carts.leaks(answer.body)
    # A member sees the cart's name and discount besides, both free of what is personal elsewhere.
    seen = read(shop, cart_id, eva)
    assert seen.ok()["viewer"]["relation"] == "member"
    assert not {"customer", "shippingAddress", "billingAddress", "payment", "note", "coupons", "custom"} & seen.json["cart"].keys()
    service = shop.public.get(f"/v1/carts/{cart_id}", KEYS["reader"])
    assert not {"customer", "shippingAddress", "billingAddress", "payment", "note"} & service.ok()["cart"].keys()
    for person in (ANNA, OLGA):
        read(shop, cart_id, person).problem(404, "cart-not-found")
        assert cart_id not in known_carts(shop, person)


def test_a_service_gives_and_takes_access_to_it_for_nobody(shop, cart_id):
    eva, key = shopper(), KEYS["issuer"]
    order = {"personId": eva.subject, "access": "full"}
    shop.public("POST", f"/v1/carts/{cart_id}/grants", order, key, {"On-Behalf-Of": ANNA.subject}).problem(403, "permission-denied")
    held = shop.public("POST", f"/v1/carts/{cart_id}/grants", order, key).ok(201)
    assert known_carts(shop, eva) == {cart_id: "full"}
    shop.public("GET", f"/v1/carts/{cart_id}/grants", None, eva.login).problem(403, "permission-denied")
    assert shop.public("DELETE", f"/v1/grants/{held['id']}", None, key).status == 204
    assert known_carts(shop, eva) == {}


def test_its_first_owner_keeps_links_and_grants_and_comments(shop, cart_id):
    external, inside, eva, owner = issue(shop, cart_id).ok(201), within_shop(shop, cart_id, access="full"), shopper(), shopper()
    held = accept(shop, inside, eva).ok(201)
    comment(shop, cart_id, eva, "nice").ok(201)
    # People with full access edit a guest's cart, too.
    assert add(shop, cart_id, eva).status == 201

    shop.put(owner, carts.with_canaries(), cart_id=cart_id)

    assert shop.shared(external).ok()["viewer"]["relation"] == "guest"
    assert shop.shared(external, owner).ok()["viewer"]["relation"] == "owner"
    assert accept(shop, inside, shopper()).status == 201
    assert held in grants(shop, cart_id, owner) and known_carts(shop, eva) == {cart_id: "full"}
    assert known_carts(shop, owner) == {cart_id: "owner"}
    path = f"/v1/links/{external['id']}"
    assert shop.public.get(path, owner.login).ok()["status"] == "active"
    shop.public.get(path, KEYS["issuer"]).problem(400, "malformed-request")
    assert shop.revoke(external, owner).status == 204
    shop.shared(external).problem(410, "link-gone")


def test_who_held_a_grant_and_becomes_the_owner_has_the_cart_once(shop, cart_id):
    """The guest opens his own link with his login, and then the shop learns who he is."""
    link, guest = within_shop(shop, cart_id), shopper()
    accept(shop, link, guest).ok(201)
    assert known_carts(shop, guest) == {cart_id: "read-only"}
    shop.put(guest, cart_id=cart_id)
    listed = shop.public.get("/v1/carts", guest.login).ok()["carts"]
    assert [(cart["cartId"], cart["access"]) for cart in listed] == [(cart_id, "owner")]
    assert grants(shop, cart_id, guest) == []
    assert accept(shop, link, guest).ok(200) == {"cartId": cart_id, "access": "owner"}


def test_a_second_owner_needs_a_transfer(shop, cart_id):
    shop.put(ANNA, cart_id=cart_id)
    for body in ({"cart": carts.plain()}, {"cart": carts.plain(), "owner": EVA.owner}):
        shop.public("PUT", f"/v1/carts/{cart_id}", body, KEYS["storefront"]).problem(409, "owner-differs")
    link = internal(shop, cart_id)
    shop.put(EVA, cart_id=cart_id, transferOwner=True)
    shop.shared(link, BERT).problem(410, "link-gone")


def test_a_guests_cart_can_be_handed_to_a_customer(shop, cart_id):
    customer = shopper()
    link = within_shop(shop, cart_id, access="full", maxAccepts=1, allowTakeOver=True)
    accept(shop, link, customer).ok(201)
    take_over(shop, link, customer).ok()
    own = read(shop, cart_id, customer)
    assert own.ok()["viewer"]["relation"] == "owner" and b"kanarie@" not in own.body
    assert grants(shop, cart_id, customer) == []
