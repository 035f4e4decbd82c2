# SPDX-License-Identifier: Apache-2.0
"""Access that has ended stays ended: under another name, through another title, after another decision."""

from dataclasses import replace

import pytest

import carts
from logins import ANNA, Person, shopper, somebody
from server import KEYS
from together import (
    accept, add, enter, grant, grants, internal, known, known_carts, nameless, read, remove, revoke, set_access, take_over, withdraw,
)


def handing_over(shop, cart_id, owner, person):
    return internal(shop, cart_id, owner, "full", within="person", personId=person.subject, allowTakeOver=True)


DECISIONS = {
    "withdrawn, then granted again": lambda shop, cart_id, eva, held: (withdraw(shop, held).ok(204), grant(shop, cart_id, eva, "full").ok(201)),
    "lowered, then raised again": lambda shop, cart_id, eva, held: (set_access(shop, held, "read-only").ok(), set_access(shop, held, "full").ok()),
}


@pytest.mark.parametrize("decision", DECISIONS)
def test_who_lost_access_since_takes_nothing_over_through_the_old_link(shop, decision):
    cart_id, eva = shop.put(), shopper()
    link = handing_over(shop, cart_id, ANNA, eva)
    held = accept(shop, link, eva).ok(201)
    DECISIONS[decision](shop, cart_id, eva, held)
    take_over(shop, link, eva).problem(403, "grant-withdrawn")
    accept(shop, link, eva)
    take_over(shop, link, eva).problem(403, "grant-withdrawn")
    fresh = handing_over(shop, cart_id, ANNA, eva)
    accept(shop, fresh, eva).ok(201)
    assert take_over(shop, fresh, eva).status == 200


def test_the_owners_word_counts_only_inside_the_company(shop):
    owner, bert = known(shop), known(shop)
    cart_id = shop.put(owner)
    accept(shop, internal(shop, cart_id, owner, within="company"), nameless(bert)).ok(201)
    (held,) = grants(shop, cart_id, owner)
    assert set_access(shop, held, "full", owner).ok()["personId"] == f"user:{bert.user}"
    add(shop, cart_id, nameless(bert)).ok(201)
    remove(shop, bert).ok(204)
    for login in (bert, nameless(bert), Person(bert.user)):
        read(shop, cart_id, login).problem(404, "cart-not-found")


def test_a_login_that_names_another_company_now_has_nothing_of_the_first(shop):
    owner, colleague = somebody(), somebody()
    cart_id = shop.put(owner)
    known_carts(shop, colleague)
    grant(shop, cart_id, colleague, by=owner).ok(201)
    read(shop, cart_id, colleague).ok()
    read(shop, cart_id, replace(colleague, company="umbrella")).problem(404, "cart-not-found")


def test_keeping_grants_brings_nobody_back(shop):
    owner, stays, moved = known(shop), known(shop), known(shop)
    cart_id = shop.put(owner)
    unit = internal(shop, cart_id, owner, "full", within="business-unit")
    for person in (stays, moved):
        accept(shop, unit, person).ok(201)
    enter(shop, moved, businessUnitId="export").ok()
    read(shop, cart_id, moved).problem(404, "cart-not-found")
    revoke(shop, unit, owner, keep_grants=True).ok(204)
    read(shop, cart_id, moved).problem(404, "cart-not-found")
    assert read(shop, cart_id, stays).ok()["viewer"]["canEdit"]
    assert [held["personId"] for held in grants(shop, cart_id, owner)] == [stays.subject]


def test_a_decision_about_somebody_holds_for_all_his_names(shop):
    owner, bert = known(shop), known(shop)
    cart_id = shop.put(owner)
    company, everybody = internal(shop, cart_id, owner, within="company"), internal(shop, cart_id, owner, "full", within="shop")
    withdraw(shop, accept(shop, company, bert).ok(201), owner).ok(204)
    for link in (company, everybody):
        accept(shop, link, bert).problem(403, "grant-withdrawn")
        accept(shop, link, nameless(bert)).problem(403, "grant-withdrawn")
    remove(shop, bert).ok(204)
    accept(shop, everybody, bert).problem(403, "grant-withdrawn")
    accept(shop, everybody, Person(bert.user)).problem(403, "grant-withdrawn")


def test_a_move_to_another_company_counts_for_logins_without_a_company_user_too(shop):
    owner, bert = known(shop), known(shop)
    link = internal(shop, shop.put(owner), owner, within="company")
    shop.shared(link, nameless(bert)).ok()
    enter(shop, bert, companyId="umbrella").ok()
    shop.shared(link, nameless(bert)).problem(403, "not-a-member")
    accept(shop, link, nameless(bert)).problem(403, "not-a-member")


def test_one_person_takes_one_place_however_often_he_comes(shop):
    cart_id, eva = shop.put(), shopper()
    link, other = internal(shop, cart_id, maxAccepts=2), internal(shop, cart_id, access="full")
    for _ in range(3):
        accept(shop, link, eva).ok(201)
        held = accept(shop, other, eva).ok(201)
        withdraw(shop, held, eva).ok(204)
    accept(shop, link, shopper()).ok(201)
    accept(shop, link, shopper()).problem(409, "accept-limit-reached")


def test_an_owner_can_decide_about_somebody_who_left_a_moment_ago(shop):
    cart_id, eva = shop.put(), shopper()
    link = internal(shop, cart_id)
    held = accept(shop, link, eva).ok(201)
    withdraw(shop, held, eva).ok(204)
    withdraw(shop, held, ANNA).ok(204)
    accept(shop, link, eva).problem(403, "grant-withdrawn")
    accept(shop, internal(shop, cart_id), eva).ok(201)
    withdraw(shop, held, ANNA).problem(404, "not-found")
    read(shop, cart_id, eva).ok()


def test_withdrawing_what_ended_with_its_link_is_a_decision_too(shop):
    cart_id, eva = shop.put(), shopper()
    link = internal(shop, cart_id)
    held = accept(shop, link, eva).ok(201)
    revoke(shop, link).ok(204)
    newer = internal(shop, cart_id)
    for _ in range(2):
        withdraw(shop, held, ANNA).ok(204)
    accept(shop, newer, eva).problem(403, "grant-withdrawn")
    accept(shop, internal(shop, cart_id), eva).ok(201)


@pytest.mark.parametrize("stranger", [lambda: somebody("umbrella"), shopper])
def test_the_owners_word_counts_for_people_outside_the_company_whom_a_link_let_in(shop, stranger):
    owner, guest = somebody(), stranger()
    cart_id = shop.put(owner)
    link = internal(shop, cart_id, owner, "full", within="shop")
    held = accept(shop, link, guest).ok(201)
    set_access(shop, held, "read-only", owner).ok()
    read(shop, cart_id, guest).ok()
    assert set_access(shop, held, "full", owner).ok()["access"] == "full"
    add(shop, cart_id, guest).ok(201)
    other = internal(shop, cart_id, owner, "full", within="person", personId=guest.subject)
    second = somebody("umbrella")
    third = internal(shop, cart_id, owner, "full", within="shop")
    accept(shop, third, second).ok(201)
    revoke(shop, third, owner, keep_grants=True).ok(204)
    add(shop, cart_id, second).ok(201)
    assert accept(shop, other, guest).status == 200


def test_what_the_owner_decides_about_one_name_ends_the_others(shop):
    owner, bert = known(shop), known(shop)
    cart_id = shop.put(owner)
    link = internal(shop, cart_id, owner, "full", within="company")
    first, second = accept(shop, link, bert).ok(201), accept(shop, link, nameless(bert)).ok(201)
    set_access(shop, first, "read-only", owner).ok()
    assert not read(shop, cart_id, nameless(bert)).ok()["viewer"]["canEdit"]
    withdraw(shop, second, owner).ok(204)
    for name in (bert, nameless(bert)):
        read(shop, cart_id, name).problem(404, "cart-not-found")


def test_full_access_for_one_name_is_no_decision_against_another(shop):
    owner, bert = known(shop), known(shop)
    cart_id = shop.put(owner)
    link = internal(shop, cart_id, owner, within="company")
    grant(shop, cart_id, bert, "full", owner).ok(201)
    accept(shop, link, nameless(bert)).ok(201)


def test_a_take_over_link_from_before_a_withdrawal_gives_nothing_away(shop):
    cart_id, eva = shop.put(), shopper()
    link = handing_over(shop, cart_id, ANNA, eva)
    withdraw(shop, grant(shop, cart_id, eva).ok(201), ANNA).ok(204)
    accept(shop, link, eva).problem(403, "grant-withdrawn")
    grant(shop, cart_id, eva, "full").ok(201)
    assert accept(shop, link, eva).status == 200
    take_over(shop, link, eva).problem(403)


def test_a_withdrawal_counts_after_the_holder_left_whatever_was_decided_before(shop):
    owner, bert = known(shop), known(shop)
    cart_id = shop.put(owner)
    held = grant(shop, cart_id, bert, by=owner).ok(201)
    link = internal(shop, cart_id, owner, "full", within="company")
    withdraw(shop, held, bert).ok(204)
    withdraw(shop, held, owner).ok(204)
    accept(shop, link, bert).problem(403, "grant-withdrawn")


def test_another_company_user_that_nobody_pushed_brings_nobody_back(shop):
    owner, bert = known(shop), known(shop)
    link = internal(shop, shop.put(owner), owner, within="company")
    remove(shop, bert).ok(204)
    accept(shop, link, replace(bert, company_user="cu-invented")).problem(403, "not-a-member")


def test_a_private_shopper_learns_nobodys_employer(shop):
    active, inactive = known(shop), known(shop)
    enter(shop, inactive, active=False).ok()
    cart_id = shop.put()
    for subject in (active.subject, inactive.subject, "company-user:invented"):
        assert shop.public("POST", f"/v1/carts/{cart_id}/grants", {"personId": subject, "access": "read-only"}, ANNA.login).status == 201
    assert known_carts(shop, active) == {cart_id: "read-only"}
    read(shop, cart_id, inactive).problem(404, "cart-not-found")


def test_a_take_over_hands_over_what_the_link_showed(shop):
    owner, customer = somebody(), shopper()
    line = carts.plain()["items"][0] | {"options": {"engraving": "eva@example.com"}}
    cart_id = shop.put(owner, carts.plain(name="For eva@example.com", items=[line], custom={"pipeline": "hot"}))
    link = handing_over(shop, cart_id, owner, customer)
    accept(shop, link, customer).ok(201)
    shown = shop.shared(link, customer).ok()["cart"]
    take_over(shop, link, customer).ok()
    assert read(shop, cart_id, customer).ok()["cart"] == shown
    assert "eva@" not in str(shown) and "custom" not in shown
    (listed,) = shop.public.get("/v1/carts", customer.login).ok()["carts"]
    assert "eva@" not in listed["name"]


def test_a_misspelt_keep_grants_changes_nothing(shop):
    cart_id, eva = shop.put(), shopper()
    link = internal(shop, cart_id)
    accept(shop, link, eva).ok(201)
    shop.public("DELETE", f"/v1/links/{link['id']}?keepgrants=true", bearer=ANNA.login).problem(400, "malformed-request")
    read(shop, cart_id, eva).ok()


def test_nobody_is_raised_on_an_ordered_cart(shop):
    cart_id, eva = shop.put(), shopper()
    held = grant(shop, cart_id, eva).ok(201)
    shop.set_state(cart_id, "ordered")
    set_access(shop, held, "full").problem(409, "cart-locked")
    set_access(shop, held, "read-only").ok()


@pytest.mark.parametrize("sku", ["Pay Eva", "eva@example.com", "-x", "", "a" * 129, "ä1", "https://evil.example/x"])
def test_a_sku_holds_no_sentence(shop, sku):
    add(shop, shop.put(), ANNA, sku).invalid("/sku")


def test_an_address_that_fits_a_sku_is_shown_to_no_guest(shop):
    cart_id, eva = shop.put(), shopper()
    guests, members = shop.link(cart_id), internal(shop, cart_id)
    add(shop, cart_id, ANNA, "evil.example/pay-now").ok(201)
    assert "evil.example" not in str(shop.shared(guests).ok())
    accept(shop, members, eva).ok(201)
    assert "evil.example" in str(read(shop, cart_id, eva).ok()["cart"])


def test_a_line_that_cannot_be_summed_blocks_no_other(shop):
    broken = {"id": "a", "sku": "X", "name": "X", "quantity": 5, "unitPrice": 2**63 - 1}
    cart_id = shop.put(cart=carts.plain(items=[broken, carts.plain()["items"][0]]))
    add(shop, cart_id, ANNA, "NEW-1").ok(201)
    shop.public("DELETE", f"/v1/carts/{cart_id}/items/i1", bearer=ANNA.login).ok(204)
    assert read(shop, cart_id, ANNA).ok()["cart"]["totals"] == {"items": 0, "incomplete": True}


def test_a_service_of_the_shop_still_prices_what_people_filled_up(shop):
    cart_id = shop.put(cart=carts.plain(internal="x" * 1_043_000))
    fill = lambda sku, letter: add(shop, cart_id, ANNA, sku, options={f"o{number}": letter * 200 for number in range(20)})
    fill("FILL-1", "y").ok(201)
    fill("FILL-2", "z").problem(409, "limit-reached")
    full = shop.public.get(f"/v1/carts/{cart_id}", KEYS["storefront"]).ok()
    shop.put(cart=full["cart"] | {"internal": "x" * 1_043_000}, cart_id=cart_id)
