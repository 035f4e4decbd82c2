# SPDX-License-Identifier: Apache-2.0
"""Who is inside an internal link, and what its members see."""

import pytest

import carts
from logins import ANNA, BERT, CARL, DORA, EVA, OLGA, Person

OUTSIDE = {BERT: 403, CARL: 403, DORA: 403, EVA: 403}
INSIDE = {
    "person": OUTSIDE | {BERT: "member"},
    "business-unit": OUTSIDE | {BERT: "member"},
    "company": OUTSIDE | {BERT: "member", CARL: "member"},
    "shop": dict.fromkeys(OUTSIDE, "guest"),
}


@pytest.mark.parametrize("access", ["read-only", "full"])
@pytest.mark.parametrize("within", INSIDE)
def test_an_internal_link_opens_for_its_audience_only(shop, within, access):
    person = {"personId": BERT.subject} if within == "person" else {}
    link = shop.link(shop.put(OLGA, carts.with_canaries()), OLGA, audience="internal", access=access, within=within, **person)
    assert (link["within"], link["access"]) == (within, access)

    shop.shared(link).problem(401, "login-required")
    outside = shop.page(link)
    assert outside.status == 200 and b"Mug" not in outside.body and "Location" not in outside.headers
    for viewer, expected in INSIDE[within].items():
        answer, page = shop.shared(link, viewer), shop.page(link, viewer)
        if expected == 403:
            answer.problem(403, "not-a-member")
            assert page.status == 403 and b"Mug" not in page.body
        else:
            assert answer.ok()["viewer"] == {"relation": expected, "canEdit": False}, viewer
            assert b"kanarie@" not in answer.body and b"5550917364" not in answer.body.replace(b'"discount":-5550917364', b"")
            assert page.status == 200 and b"Mug" in page.body
            assert shop.resolve(link, viewer).ok()["viewer"]["relation"] == expected
    assert shop.shared(link, OLGA).ok()["viewer"]["relation"] == "owner"
    assert shop.resolve(link, OLGA).ok()["viewer"] == {"relation": "owner", "canEdit": True}


def test_members_see_a_little_more_than_guests(shop):
    link = shop.link(shop.put(OLGA, carts.with_canaries()), OLGA, audience="internal", within="company")
    cart = shop.shared(link, CARL).ok()["cart"]
    assert [item["id"] for item in cart["items"]] == ["i1", "i2"] and cart["name"] == "Kanarie list"
    assert set(cart["totals"]) == {"items", "discount"}
    assert not {"customer", "note", "coupons", "custom", "shippingAddress", "payment"} & cart.keys()
    assert shop.shared(link, CARL).headers["Cache-Control"] == "no-store"


def test_the_widest_default_is_the_owners_own_unit(shop):
    assert shop.link(person=OLGA, audience="internal")["within"] == "business-unit"
    unitless = Person("uli", "acme", None, "cu-uli")
    assert shop.link(person=unitless, audience="internal")["within"] == "company"


@pytest.mark.parametrize("within", ["company", "business-unit"])
def test_a_within_that_the_owner_lacks_is_refused(shop, within):
    shop.ask_link(shop.put(), audience="internal", access="read-only", within=within).invalid("/within")


def test_a_person_link_names_somebody_else(shop):
    cart_id = shop.put()
    shop.ask_link(cart_id, audience="internal", access="read-only", within="person").invalid("/personId")
    shop.ask_link(cart_id, audience="internal", access="read-only", within="person", personId="eva").invalid("/personId")
    own = shop.ask_link(cart_id, audience="internal", access="read-only", within="person", personId=ANNA.subject)
    own.problem(422, "cannot-share-with-oneself")
    link = shop.link(cart_id, audience="internal", within="person", personId=EVA.subject)
    assert shop.shared(link, EVA).status == 200
    shop.shared(link, Person("eva", "acme", "sales", "cu-eva")).problem(403, "not-a-member")
    shop.shared(link, Person("mallory", "acme", "sales", "eva")).problem(403, "not-a-member")


def test_the_owners_other_company_user_is_a_colleague(shop):
    link = shop.link(person=OLGA, audience="internal")
    assert shop.shared(link, Person("olga", "acme", "sales", "cu-other")).ok()["viewer"]["relation"] == "member"
    shop.shared(link, Person("olga")).problem(403, "not-a-member")
