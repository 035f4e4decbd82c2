# SPDX-License-Identifier: Apache-2.0
"""Accepting an internal link: who may, what it gives, and that the owner's later decision wins."""

from concurrent.futures import ThreadPoolExecutor

import pytest

import carts
from logins import ANNA, BERT, CARL, DORA, EVA, OLGA, Person, shopper, somebody
from server import KEYS
from together import accept, add, audited, grants, internal, known_carts, read, remove, set_access, withdraw


def own_link(shop, link, owner=ANNA):
    """The link as its owner sees it now."""
    return shop.public.get(f"/v1/links/{link['id']}", owner.login).ok()


# What accepting gives


@pytest.mark.parametrize("access", ["read-only", "full"])
def test_accepting_makes_a_grant_and_once_more_changes_nothing(shop, access):
    eva = shopper()
    link = internal(shop, shop.put(cart=carts.with_canaries()), access=access)
    assert shop.shared(link, eva).ok()["viewer"] == {"relation": "guest", "canEdit": False}
    read(shop, link["cartId"], eva).problem(404, "cart-not-found")

    made = accept(shop, link, eva)
    held = made.ok(201)
    assert held == {
        "id": held["id"],
        "cartId": link["cartId"],
        "personId": eva.subject,
        "access": access,
        "viaLink": link["id"],
        "createdAt": held["createdAt"],
    }
    assert made.headers["Cache-Control"] == "no-store"
    assert accept(shop, link, eva).ok(200) == held
    assert grants(shop, link["cartId"]) == [held] and own_link(shop, link)["accepts"] == 1

    member = {"relation": "member", "canEdit": access == "full"}
    assert shop.shared(link, eva).ok()["viewer"] == member
    seen = read(shop, link["cartId"], eva)
    assert seen.ok()["viewer"] == member and seen.headers["Cache-Control"] == "no-store"
    assert not {"customer", "payment", "shippingAddress", "coupons", "note", "custom"} & seen.json["cart"].keys()
    assert b"kanarie@" not in seen.body and known_carts(shop, eva) == {link["cartId"]: access}
    assert add(shop, link["cartId"], eva).status == (201 if access == "full" else 403)


def test_a_further_link_raises_and_never_lowers(shop):
    cart_id, eva = shop.put(), shopper()
    looking, editing = internal(shop, cart_id), internal(shop, cart_id, access="full")
    first = accept(shop, looking, eva).ok(201)
    raised = accept(shop, editing, eva).ok(201)
    assert (raised["id"], raised["access"], raised["viaLink"]) == (first["id"], "full", editing["id"])
    assert accept(shop, looking, eva).ok(200) == raised
    # Each link carries what it gave: without the second the first still holds.
    shop.revoke(editing)
    assert known_carts(shop, eva) == {cart_id: "read-only"}
    shop.revoke(looking)
    assert known_carts(shop, eva) == {}


def test_reading_has_no_side_effects(shop):
    link = internal(shop, shop.put())
    for viewer in (None, EVA):
        for method, path in (("GET", "/v1/shared/"), ("HEAD", "/v1/shared/"), ("GET", "/s/"), ("HEAD", "/s/")):
            shop.public(method, path + link["token"], bearer=viewer and viewer.login)
    shop.resolve(link, EVA).ok()
    assert grants(shop, link["cartId"]) == [] and own_link(shop, link)["accepts"] == 0


def test_the_maker_accepts_his_own_link_without_effect(shop):
    link = internal(shop, shop.put(), access="full", maxAccepts=1)
    assert accept(shop, link, ANNA).ok(200) == {"cartId": link["cartId"], "access": "owner"}
    assert grants(shop, link["cartId"]) == [] and own_link(shop, link)["accepts"] == 0
    assert accept(shop, link, EVA).status == 201


def test_a_locked_carts_links_go_on(shop):
    link, eva = internal(shop, shop.put(), access="full"), shopper()
    shop.set_state(link["cartId"], "locked")
    assert accept(shop, link, eva).status == 201
    assert read(shop, link["cartId"], eva).ok()["viewer"] == {"relation": "member", "canEdit": False}


# Who may not

WITHIN_UNIT = {
    "anonymous": (None, 401, "login-required"),
    "other unit": (CARL, 403, "not-a-member"),
    "same unit's name in another company": (DORA, 403, "not-a-member"),
    "a customer": (EVA, 403, "not-a-member"),
    "the same person without his company": (Person("bert"), 403, "not-a-member"),
    "a login without a unit": (Person("bert", "acme"), 403, "not-a-member"),
}


@pytest.mark.parametrize("name", WITHIN_UNIT)
def test_only_the_audience_accepts(shop, name):
    person, status, code = WITHIN_UNIT[name]
    link = internal(shop, shop.put(OLGA), OLGA, within="business-unit")
    accept(shop, link, person).problem(status, code)
    assert grants(shop, link["cartId"], OLGA) == []


def test_a_persons_link_is_accepted_by_that_person_alone(shop):
    link = internal(shop, shop.put(OLGA), OLGA, within="person", personId=BERT.subject)
    for other in (CARL, EVA, Person("bert"), Person("mallory", "acme", "sales", "bert")):
        accept(shop, link, other).problem(403, "not-a-member")
    assert accept(shop, link, BERT).status == 201


def test_nobody_accepts_an_external_link(shop):
    link = shop.link()
    for person in (None, EVA):
        accept(shop, link, person).problem(403, "permission-denied")
    assert grants(shop, link["cartId"]) == []


def test_services_accept_nothing(shop):
    link = internal(shop, shop.put())
    for key in KEYS.values():
        shop.public("POST", f"/v1/shared/{link['token']}/accept", {}, key).problem(403, "permission-denied")
    assert grants(shop, link["cartId"]) == []


def test_a_page_of_another_site_accepts_nothing_with_the_cookie(shop):
    link = internal(shop, shop.put())
    cookie = {"Cookie": f"shop_login={EVA.login}"}
    for origin in ({}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        accept(shop, link, None, **cookie, **origin).problem(403, "permission-denied")
    assert grants(shop, link["cartId"]) == []
    assert accept(shop, link, None, **cookie, Origin=shop.url).status == 201


@pytest.mark.parametrize("token", ["x", "cl1" + "0" * 46, "cl1" + "z" * 46])
def test_a_token_that_no_key_made_is_unknown(shop, token):
    accept(shop, {"token": token}, EVA).problem(404, "link-not-found")


BODIES = [
    (b'{"access": "full"}', "application/json", 422, "invalid-input"),
    (b"[]", "application/json", 400, "malformed-request"),
    (b"{", "application/json", 400, "malformed-json"),
    (b"{}", "text/plain", 415, "unsupported-media-type"),
    (b"access=full", "application/x-www-form-urlencoded", 415, "unsupported-media-type"),
]


@pytest.mark.parametrize("body, kind, status, code", BODIES, ids=str)
@pytest.mark.parametrize("deed", ["accept", "take-over"])
def test_nothing_is_asked_in_the_body(shop, deed, body, kind, status, code):
    link = internal(shop, shop.put())
    answer = shop.public("POST", f"/v1/shared/{link['token']}/{deed}", body, EVA.login, {"Content-Type": kind})
    answer.problem(status, code)
    assert grants(shop, link["cartId"]) == []


def test_an_empty_body_will_do(shop):
    link = internal(shop, shop.put())
    assert shop.public("POST", f"/v1/shared/{link['token']}/accept", None, EVA.login).status == 201


# Places


def test_of_a_hundred_at_once_exactly_seven_find_a_place(shop):
    link = internal(shop, shop.put(), maxAccepts=7)
    people = [shopper() for _ in range(100)]
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda person: accept(shop, link, person), people))
    assert sorted({answer.status for answer in answers}) == [201, 409]
    winners = [person.subject for person, answer in zip(people, answers, strict=True) if answer.status == 201]
    assert len(winners) == 7
    for answer in answers:
        if answer.status != 201:
            answer.problem(409, "accept-limit-reached")
    assert sorted(held["personId"] for held in grants(shop, link["cartId"])) == sorted(winners)
    assert own_link(shop, link)["accepts"] == 7


def test_one_person_at_a_hundred_windows_takes_one_place(shop):
    link, eva = internal(shop, shop.put(), maxAccepts=2), shopper()
    with ThreadPoolExecutor(25) as pool:
        answers = list(pool.map(lambda _: accept(shop, link, eva), range(100)))
    assert sorted(answer.status for answer in answers) == [200] * 99 + [201]
    assert len({answer.json["id"] for answer in answers}) == 1 and own_link(shop, link)["accepts"] == 1


def test_who_leaves_and_comes_back_finds_his_place_kept(shop):
    link, eva = internal(shop, shop.put(), maxAccepts=1), shopper()
    first = accept(shop, link, eva).ok(201)
    assert withdraw(shop, first, by=eva).status == 204
    accept(shop, link, shopper()).problem(409, "accept-limit-reached")
    again = accept(shop, link, eva).ok(201)
    assert again["id"] != first["id"] and own_link(shop, link)["accepts"] == 1


# The owner's later decision


def test_who_was_withdrawn_comes_back_only_through_a_link_made_afterwards(shop):
    cart_id, eva = shop.put(), shopper()
    through, other = internal(shop, cart_id), internal(shop, cart_id, access="full")
    withdraw(shop, accept(shop, through, eva).ok(201))
    for link in (through, other):
        accept(shop, link, eva).problem(403, "grant-withdrawn")
    read(shop, cart_id, eva).problem(404, "cart-not-found")
    assert own_link(shop, other)["accepts"] == 0
    assert accept(shop, through, shopper()).status == 201
    assert accept(shop, internal(shop, cart_id), eva).status == 201


def test_who_was_lowered_stays_lowered_through_every_older_link(shop):
    cart_id, eva = shop.put(), shopper()
    through, other = internal(shop, cart_id, access="full"), internal(shop, cart_id, access="full")
    set_access(shop, accept(shop, through, eva).ok(201), "read-only").ok()
    for link in (through, other):
        assert accept(shop, link, eva).ok(200)["access"] == "read-only"
    add(shop, cart_id, eva).problem(403, "permission-denied")
    assert accept(shop, internal(shop, cart_id, access="full"), eva).ok(201)["access"] == "full"


# The audit


def test_the_audit_names_who_and_never_what(shop):
    cart_id, eva = shop.put(cart=carts.with_canaries()), shopper()
    link = internal(shop, cart_id, access="full")
    held = accept(shop, link, eva).ok(201)
    set_access(shop, held, "read-only").ok()
    withdraw(shop, held)
    rows = audited(shop, cart_id)
    told = [(row["actor"], row["action"], row.get("before"), row.get("after")) for row in rows if row["action"].startswith("grant")]
    assert told == [
        (eva.subject, "grant.accepted", None, "full"),
        (ANNA.subject, "grant.changed", f"{eva.subject} full", f"grant {held['id']} to {eva.subject} read-only"),
        (ANNA.subject, "grant.withdrawn", f"grant {held['id']} to {eva.subject}", None),
    ]
    assert link["token"] not in str(rows) and not carts.leaks(str(rows).encode())


def test_who_left_the_company_accepts_nothing_any_more(shop):
    person = somebody()
    link = internal(shop, shop.put(OLGA), OLGA, within="company")
    remove(shop, person)
    accept(shop, link, person).problem(403, "not-a-member")
