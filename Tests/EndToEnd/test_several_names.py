# SPDX-License-Identifier: Apache-2.0
"""One human comes as a company user and as a user: what the owner decides about one name holds for the other, and no more than that."""

from dataclasses import replace

import pytest

from logins import ANNA, Person, somebody
from together import (
    accept, add, audited, change, enter, grant, grants, internal, known, nameless, read, remove, revoke, set_access, take_over, withdraw,
)


def can_edit(shop, cart_id, person):
    return read(shop, cart_id, person).ok()["viewer"]["canEdit"]


def is_shut_out(shop, cart_id, *people):
    for person in people:
        read(shop, cart_id, person).problem(404, "cart-not-found")


# Decisions and older links


ENDINGS = {
    "revoked": lambda shop, link, owner: revoke(shop, link, owner).ok(204),
    "paused": lambda shop, link, owner: change(shop, link, owner, paused=True).ok(),
    "narrowed": lambda shop, link, owner: change(shop, link, owner, access="read-only").ok(),
}


@pytest.mark.parametrize("end", ENDINGS)
def test_a_newer_link_opens_no_older_one_for_another_name(shop, end):
    owner, bert = known(shop), known(shop)
    cart_id = shop.put(owner)
    old = internal(shop, cart_id, owner, "full", within="company")
    withdraw(shop, accept(shop, old, bert).ok(201), owner).ok(204)
    new = internal(shop, cart_id, owner, "full", within="person", personId=bert.subject)
    accept(shop, new, bert).ok(201)
    accept(shop, old, nameless(bert)).problem(403, "grant-withdrawn")
    ENDINGS[end](shop, new, owner)
    accept(shop, old, nameless(bert)).problem(403, "grant-withdrawn")
    is_shut_out(shop, cart_id, nameless(bert))


def test_naming_one_name_again_opens_no_older_link_for_another(shop):
    owner, bert = known(shop), known(shop)
    cart_id = shop.put(owner)
    old = internal(shop, cart_id, owner, "full")
    withdraw(shop, accept(shop, old, bert).ok(201), owner).ok(204)
    grant(shop, cart_id, bert, "full", owner).ok(201)
    accept(shop, old, nameless(bert)).problem(403, "grant-withdrawn")
    remove(shop, bert).ok(204)
    is_shut_out(shop, cart_id, bert, nameless(bert), Person(bert.user))


def test_nobody_takes_over_by_another_name_than_the_one_decided_about(shop):
    owner, bert = known(shop), known(shop)
    cart_id = shop.put(owner)
    link = internal(shop, cart_id, owner, "full", allowTakeOver=True, maxAccepts=1)
    withdraw(shop, grant(shop, cart_id, bert, by=owner).ok(201), owner).ok(204)
    grant(shop, cart_id, bert, "full", owner).ok(201)
    assert accept(shop, link, bert).status == 200
    accept(shop, link, Person(bert.user)).problem(403, "grant-withdrawn")
    for name in (bert, Person(bert.user)):
        assert take_over(shop, link, name).status == 403
    assert can_edit(shop, cart_id, owner)


def test_a_decision_about_one_name_ends_the_offer_to_another(shop):
    bert = somebody()
    cart_id, plain = shop.put(), Person(bert.user)
    link = internal(shop, cart_id, ANNA, "full", allowTakeOver=True, maxAccepts=1)
    withdraw(shop, accept(shop, link, plain).ok(201), plain).ok(204)
    shop.public.get("/v1/carts", bert.login).ok()
    withdraw(shop, grant(shop, cart_id, bert).ok(201), ANNA).ok(204)
    grant(shop, cart_id, plain, "full").ok(201)
    assert can_edit(shop, cart_id, plain)
    take_over(shop, link, plain).problem(403, "grant-withdrawn")


def test_who_holds_something_is_told_so_after_a_decision_about_another_name(shop):
    owner, bert = known(shop), known(shop)
    cart_id = shop.put(owner)
    look, full = internal(shop, cart_id, owner), internal(shop, cart_id, owner, "full")
    accept(shop, look, nameless(bert)).ok(201)
    set_access(shop, accept(shop, full, bert).ok(201), "read-only", owner).ok()
    for link in (look, full):
        assert accept(shop, link, nameless(bert)).ok()["access"] == "read-only"
    assert not can_edit(shop, cart_id, nameless(bert))


# Lowering


def test_naming_read_only_access_lowers_every_name(shop):
    owner, bert = known(shop), known(shop)
    cart_id = shop.put(owner)
    link = internal(shop, cart_id, owner, "full", within="company", allowTakeOver=True, maxAccepts=1)
    accept(shop, link, nameless(bert)).ok(201)
    grant(shop, cart_id, bert, "read-only", owner).ok(201)
    for name in (bert, nameless(bert)):
        assert not can_edit(shop, cart_id, name)
    assert take_over(shop, link, nameless(bert)).status == 403
    assert {held["access"] for held in grants(shop, cart_id, owner)} == {"read-only"}


def test_lowering_gives_another_name_no_word_of_the_owners(shop):
    owner, bert = known(shop), known(shop)
    cart_id = shop.put(owner)
    full, look = internal(shop, cart_id, owner, "full", within="company"), internal(shop, cart_id, owner)
    held = accept(shop, full, bert).ok(201)
    accept(shop, look, nameless(bert)).ok(201)
    change(shop, look, owner, paused=True).ok()
    set_access(shop, held, "read-only", owner).ok()
    is_shut_out(shop, cart_id, nameless(bert))
    change(shop, look, owner, paused=False).ok()
    assert not can_edit(shop, cart_id, nameless(bert))
    revoke(shop, look, owner).ok(204)
    is_shut_out(shop, cart_id, nameless(bert), Person(bert.user))


def test_the_audit_names_every_grant_that_a_decision_changed(shop):
    owner, bert = known(shop), known(shop)
    cart_id = shop.put(owner)
    link = internal(shop, cart_id, owner, "full", within="company")
    first, second = accept(shop, link, bert).ok(201), accept(shop, link, nameless(bert)).ok(201)
    before = len(audited(shop, cart_id))
    set_access(shop, first, "read-only", owner).ok()
    withdraw(shop, first, owner).ok(204)
    rows = audited(shop, cart_id)[before:]
    assert [row["action"] for row in rows] == ["grant.changed"] * 2 + ["grant.withdrawn"] * 2
    assert [row["after"] for row in rows[:2]] == [
        f"grant {first['id']} to {bert.subject} read-only", f"grant {second['id']} to user:{bert.user} read-only",
    ]
    assert [row["before"] for row in rows] == [
        f"{bert.subject} full", f"user:{bert.user} full", f"grant {first['id']} to {bert.subject}", f"grant {second['id']} to user:{bert.user}",
    ]
    assert {row["actor"] for row in rows} == {owner.subject}


# Where the owner's word counts


def test_each_word_of_the_owners_counts_in_its_own_company(shop):
    owner, bert, eva = known(shop), known(shop), known(shop)
    cart_id = shop.put(owner)
    look, full = internal(shop, cart_id, owner), internal(shop, cart_id, owner, "full", within="company")
    for name in (nameless(bert), nameless(eva)):
        accept(shop, look, name).ok(201)
        accept(shop, full, name).ok(201)
    revoke(shop, look, owner, keep_grants=True).ok(204)
    revoke(shop, full, owner, keep_grants=True).ok(204)
    assert can_edit(shop, cart_id, nameless(bert))
    remove(shop, bert).ok(204)
    for name in (nameless(bert), Person(bert.user)):
        assert not can_edit(shop, cart_id, name)
    assert can_edit(shop, cart_id, nameless(eva))


def test_a_word_for_everywhere_is_kept_where_a_companys_link_is_kept_later(shop):
    owner, bert = known(shop), known(shop)
    cart_id = shop.put(owner)
    look, full = internal(shop, cart_id, owner), internal(shop, cart_id, owner, "full", within="company")
    accept(shop, look, nameless(bert)).ok(201)
    accept(shop, full, nameless(bert)).ok(201)
    revoke(shop, look, owner, keep_grants=True).ok(204)
    change(shop, full, owner, access="read-only").ok()
    revoke(shop, full, owner, keep_grants=True).ok(204)
    remove(shop, bert).ok(204)
    read(shop, cart_id, Person(bert.user)).ok()


def test_a_companys_word_hides_none_for_everywhere(shop):
    owner, bert = known(shop), known(shop)
    cart_id = shop.put(owner)
    look = internal(shop, cart_id, owner, within="company")
    accept(shop, look, nameless(bert)).ok(201)
    revoke(shop, look, owner, keep_grants=True).ok(204)
    remove(shop, bert).ok(204)
    full = internal(shop, cart_id, owner, "full")
    accept(shop, full, nameless(bert)).ok(201)
    revoke(shop, full, owner, keep_grants=True).ok(204)
    assert can_edit(shop, cart_id, nameless(bert))


@pytest.mark.parametrize("access", ["read-only", "full"])
def test_an_owner_cuts_nobody_off_by_setting_his_access(shop, access):
    owner, bert = known(shop), known(shop)
    cart_id = shop.put(owner)
    look, full = internal(shop, cart_id, owner), internal(shop, cart_id, owner, "full", within="company")
    accept(shop, look, nameless(bert)).ok(201)
    held = accept(shop, full, nameless(bert)).ok(201)
    remove(shop, bert).ok(204)
    read(shop, cart_id, nameless(bert)).ok()
    set_access(shop, held, access, owner).ok()
    assert can_edit(shop, cart_id, nameless(bert)) == (access == "full")


def test_setting_the_access_of_who_is_outside_forgets_the_company_that_let_him_in_first(shop):
    owner, bert = known(shop), known(shop)
    cart_id = shop.put(owner)
    held = accept(shop, internal(shop, cart_id, owner, within="company"), nameless(bert)).ok(201)
    set_access(shop, held, "read-only", owner).ok()
    remove(shop, bert).ok(204)
    held = accept(shop, internal(shop, cart_id, owner, "full"), nameless(bert)).ok(201)
    set_access(shop, held, "read-only", owner).ok()
    read(shop, cart_id, nameless(bert)).ok()


@pytest.mark.parametrize("name", [lambda person: person, nameless])
def test_a_colleague_raised_after_a_link_for_everybody_loses_it_with_his_company(shop, name):
    owner, bert = known(shop), known(shop)
    cart_id = shop.put(owner)
    link = internal(shop, cart_id, owner)
    set_access(shop, accept(shop, link, name(bert)).ok(201), "full", owner).ok()
    add(shop, cart_id, name(bert)).ok(201)
    remove(shop, bert).ok(204)
    is_shut_out(shop, cart_id, bert, nameless(bert), Person(bert.user))


# Who is inside


def test_keeping_grants_brings_no_user_back_whom_the_directory_moved_or_removed(shop):
    owner, moved, gone, unknown = known(shop), known(shop), known(shop), somebody()
    cart_id = shop.put(owner)
    unit = internal(shop, cart_id, owner, "full", within="business-unit")
    for person in (moved, gone, unknown):
        accept(shop, unit, nameless(person)).ok(201)
    enter(shop, moved, businessUnitId="export").ok()
    remove(shop, gone).ok(204)
    revoke(shop, unit, owner, keep_grants=True).ok(204)
    assert [held["personId"] for held in grants(shop, cart_id, owner)] == [f"user:{unknown.user}"]
    assert can_edit(shop, cart_id, nameless(unknown))
    enter(shop, gone).ok(201)
    is_shut_out(shop, cart_id, nameless(moved), nameless(gone))


def test_an_invented_company_user_is_in_no_other_unit_than_his_user(shop):
    owner, bert = known(shop, unit="export"), known(shop)
    cart_id = shop.put(owner)
    link = internal(shop, cart_id, owner, "full", within="business-unit")
    for name in (replace(bert, unit="export", company_user=None), replace(bert, unit="export", company_user=bert.company_user + "-invented")):
        accept(shop, link, name).problem(403, "not-a-member")
    accept(shop, internal(shop, cart_id, owner, within="company"), name).ok(201)
    assert {held["personId"] for held in grants(shop, cart_id, owner)} == {name.subject}
