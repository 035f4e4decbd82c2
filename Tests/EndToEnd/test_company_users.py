# SPDX-License-Identifier: Apache-2.0
"""The shop's directory: who belongs to which company and unit, and what is left to those who went."""

import pytest

from logins import BERT, CARL, OLGA, Person, login, somebody
from server import KEYS
from together import accept, comment, comments, enter, grant, grants, internal, known_carts, read, remove


def test_entries_are_made_changed_and_removed(shop):
    person = somebody()
    made = enter(shop, person).ok(201)
    assert made == {"companyUserId": person.company_user, **_entry(person), "active": True}
    assert enter(shop, person).ok(200) == made
    assert enter(shop, person, active=False).ok(200)["active"] is False
    assert enter(shop, person, businessUnitId="stores").ok(200)["businessUnitId"] == "stores"
    assert "businessUnitId" not in enter(shop, person, businessUnitId=None).ok(200)
    assert [remove(shop, person).status for _ in range(2)] == [204, 204]
    assert enter(shop, person).ok(201) == made


def _entry(person):
    return {"userId": person.user, "companyId": person.company, "businessUnitId": person.unit}


# Leaving

LEAVING = {
    "deactivated": lambda shop, person: enter(shop, person, active=False).ok(200, 201),
    "deleted": lambda shop, person: remove(shop, person),
    "in another company now": lambda shop, person: enter(shop, person, companyId="umbrella").ok(200, 201),
    "somebody else's company user": lambda shop, person: enter(shop, person, userId="successor").ok(200, 201),
}


@pytest.mark.parametrize("known", [True, False], ids=["pushed before", "known by login only"])
@pytest.mark.parametrize("way", LEAVING)
def test_who_left_has_nothing_of_the_company_though_the_login_still_holds(shop, way, known):
    person = somebody()
    if known:
        enter(shop, person).ok(201)
    own, shared = shop.put(person), shop.put(OLGA)
    made = internal(shop, own, person, within="company")
    offered = internal(shop, shared, OLGA, "full", within="company")
    held = accept(shop, offered, person).ok(201)
    accept(shop, made, BERT).ok(201)
    assert known_carts(shop, person) == {own: "owner", shared: "full"}

    LEAVING[way](shop, person)

    for cart_id in (own, shared):
        read(shop, cart_id, person).problem(404, "cart-not-found")
        comments(shop, cart_id, person).problem(404, "cart-not-found")
        comment(shop, cart_id, person).problem(404, "cart-not-found")
        shop.ask_link(cart_id, person, audience="external", access="read-only").problem(404, "cart-not-found")
        grant(shop, cart_id, CARL, by=person).problem(404, "cart-not-found")
    assert known_carts(shop, person) == {}
    shop.public.get(f"/v1/links/{made['id']}", person.login).problem(404, "link-not-found")
    shop.change(made, person, paused=False).problem(404, "link-not-found")
    shop.shared(offered, person).problem(403, "not-a-member")
    accept(shop, offered, person).problem(403, "not-a-member")
    shop.resolve(offered, person).problem(403, "not-a-member")
    assert held["id"] not in [grant["id"] for grant in grants(shop, shared, OLGA)]
    # What he lent rests with his link, and the link with the directory.
    shop.shared(made, CARL).problem(410, "link-gone")
    read(shop, own, BERT).problem(404, "cart-not-found")
    assert _administrators(shop, made)["pausedBy"] == ["directory"]


@pytest.mark.parametrize("way", LEAVING)
def test_only_the_shop_brings_somebody_back_and_links_resume_but_grants_do_not(shop, way):
    person = somebody()
    own, shared = shop.put(person), shop.put(OLGA)
    made, offered = internal(shop, own, person, within="company"), internal(shop, shared, OLGA, within="company")
    accept(shop, offered, person).ok(201)
    accept(shop, made, BERT).ok(201)
    LEAVING[way](shop, person)
    for bearer in (person.login, login(person, business_unit_id="stores"), login(person, company_id=None)):
        shop.public.get(f"/v1/carts/{own}", bearer).problem(404, "cart-not-found")
    shop.shared(made, CARL).problem(410, "link-gone")

    enter(shop, person).ok(200, 201)

    assert read(shop, own, person).ok()["viewer"]["relation"] == "owner"
    assert shop.shared(made, CARL).ok()["viewer"]["relation"] == "member"
    assert read(shop, own, BERT).status == 200
    read(shop, shared, person).problem(404, "cart-not-found")
    assert accept(shop, offered, person).status == 201
    assert read(shop, shared, person).status == 200


def test_a_company_user_who_was_never_heard_of_can_leave_too(shop):
    person = somebody()
    assert remove(shop, person).status == 204
    link = internal(shop, shop.put(OLGA), OLGA, within="business-unit")
    accept(shop, link, person).problem(403, "not-a-member")
    grant(shop, link["cartId"], person, by=OLGA).invalid("/personId")
    enter(shop, person).ok(201)
    assert accept(shop, link, person).status == 201


def test_a_login_that_names_the_company_but_no_company_user_does_not_get_round_the_directory(shop):
    person = somebody()
    link = internal(shop, shop.put(OLGA), OLGA, within="company")
    enter(shop, person).ok(201)
    nameless = Person(person.user, person.company, person.unit)
    assert shop.shared(link, nameless).status == 200
    enter(shop, person, active=False).ok()
    shop.shared(link, nameless).problem(403, "not-a-member")


def test_directory_and_owner_lift_each_their_own_pause(shop):
    person = somebody()
    link = internal(shop, shop.put(person), person, within="company")
    shop.change(link, person, paused=True).ok()
    enter(shop, person, active=False).ok(201)
    assert _administrators(shop, link)["pausedBy"] == ["directory", "owner"]
    enter(shop, person).ok()
    assert _administrators(shop, link)["pausedBy"] == ["owner"]
    shop.shared(link, BERT).problem(410, "link-gone")
    shop.change(link, person, paused=False).ok()
    assert shop.shared(link, BERT).status == 200


def test_links_that_a_service_made_for_who_left_rest_too_and_it_makes_no_more(shop):
    person = somebody()
    cart_id = shop.put(person)
    order = {"audience": "external", "access": "read-only", "onBehalfOf": person.owner}
    link = shop.public("POST", f"/v1/carts/{cart_id}/links", order, KEYS["issuer"]).ok(201)
    assert shop.shared(link).status == 200
    remove(shop, person)
    shop.shared(link).problem(410, "link-gone")
    shop.public("POST", f"/v1/carts/{cart_id}/links", order, KEYS["issuer"]).problem(403, "permission-denied")


# Moving, and logins that say something else


def test_a_move_to_another_unit_counts_at_once_whatever_the_login_says(shop):
    person = somebody(unit="sales")
    by_unit, direct = shop.put(OLGA), shop.put(OLGA)
    link, others = internal(shop, by_unit, OLGA, within="business-unit"), internal(shop, shop.put(CARL), CARL, within="business-unit")
    accept(shop, link, person).ok(201)
    grant(shop, direct, person, by=OLGA).ok(201)

    enter(shop, person, businessUnitId="stores").ok(201)
    read(shop, by_unit, person).problem(404, "cart-not-found")
    shop.shared(link, person).problem(403, "not-a-member")
    assert shop.shared(others, person).ok()["viewer"]["relation"] == "member"
    assert known_carts(shop, person) == {direct: "read-only"}

    enter(shop, person, businessUnitId="sales").ok(200)
    assert known_carts(shop, person) == {direct: "read-only", by_unit: "read-only"}
    shop.shared(others, person).problem(403, "not-a-member")


def test_a_link_for_the_unit_is_for_the_one_where_the_directory_has_its_owner(shop):
    owner, old, new = somebody(unit="sales"), somebody(unit="sales"), somebody(unit="export")
    cart_id = shop.put(owner)
    enter(shop, owner, businessUnitId="export").ok(201)
    link = internal(shop, cart_id, owner, within="business-unit")
    assert shop.shared(link, new).status == 200
    shop.shared(link, old).problem(403, "not-a-member")


def test_a_login_makes_somebody_known_so_that_colleagues_can_name_him(shop):
    person, cart_id = somebody(), shop.put(OLGA)
    grant(shop, cart_id, person, by=OLGA).invalid("/personId")
    known_carts(shop, person)
    assert grant(shop, cart_id, person, by=OLGA).status == 201
    assert known_carts(shop, person) == {cart_id: "read-only"}


def test_what_a_login_taught_judges_nobody(shop):
    """Until the shop says otherwise a person is where his login says, also when an earlier login said something else."""
    person = somebody(unit="sales")
    known_carts(shop, person)
    link = internal(shop, shop.put(CARL), CARL, within="business-unit")
    shop.shared(link, person).problem(403, "not-a-member")
    assert shop.shared(link, Person(person.user, "acme", "stores", person.company_user)).status == 200


def test_a_login_overrides_nothing_that_the_shop_said(shop):
    person, cart_id = somebody(), shop.put(OLGA)
    enter(shop, person, active=False).ok(201)
    known_carts(shop, person)
    known_carts(shop, Person(person.user, "umbrella", "sales", person.company_user))
    grant(shop, cart_id, person, by=OLGA).invalid("/personId")
    assert enter(shop, person).status == 200


# Who may write it, and what


def test_only_a_service_with_the_scope_writes_the_directory(shop):
    person = somebody()
    path, entry = f"/v1/company-users/{person.company_user}", {**_entry(person), "active": True}
    for method, body in (("PUT", entry), ("DELETE", None)):
        shop.public(method, path, body).problem(401, "login-required")
        shop.public(method, path, body, person.login).problem(403, "permission-denied")
        shop.public(method, path, body, "k" * 40).problem(401, "key-invalid")
        for name in set(KEYS) - {"people"}:
            shop.public(method, path, body, KEYS[name]).problem(403, "scope-missing")
    assert enter(shop, person).status == 201


BAD = [
    ({"userId": None}, "/userId"),
    ({"companyId": None}, "/companyId"),
    ({"active": None}, "/active"),
    ({"userId": "a b"}, "/userId"),
    ({"userId": ""}, "/userId"),
    ({"userId": 7}, "/userId"),
    ({"companyId": "x" * 129}, "/companyId"),
    ({"companyId": ["acme"]}, "/companyId"),
    ({"businessUnitId": "../sales"}, "/businessUnitId"),
    ({"active": "true"}, "/active"),
    ({"active": 1}, "/active"),
    ({"companyUserId": "cu-other"}, "/companyUserId"),
    ({"role": "admin"}, "/role"),
]


@pytest.mark.parametrize("changes, pointer", BAD, ids=str)
def test_a_bad_entry_is_refused_by_name_and_changes_nothing(shop, changes, pointer):
    person = somebody()
    enter(shop, person, **changes).invalid(pointer)
    assert enter(shop, person).status == 201


@pytest.mark.parametrize("name", ["a%20b", ".hidden", "x" * 129, "%2e%2e"])
def test_an_id_of_another_form_names_nobody(shop, name):
    entry = {"userId": "a", "companyId": "acme", "active": True}
    shop.public("PUT", f"/v1/company-users/{name}", entry, KEYS["people"]).problem(404, "not-found")
    shop.public("DELETE", f"/v1/company-users/{name}", bearer=KEYS["people"]).problem(404, "not-found")


def test_the_audit_names_the_service_and_the_company_user(shop):
    person = somebody()
    enter(shop, person).ok(201)
    remove(shop, person)
    rows = shop.administer("GET", "audit?actor=service:people&limit=1000").ok()["entries"]
    mine = [row for row in rows if person.subject in row.get("after", "")]
    assert [(row["action"], row["after"]) for row in mine] == [
        ("company-user.put", f"{person.subject} active, 0 grants withdrawn"),
        ("company-user.left", f"{person.subject} left, 0 grants withdrawn"),
    ]


def _administrators(shop, link):
    """The link as administrators see it."""
    links = shop.administer("GET", f"links?cartId={link['cartId']}").ok()["links"]
    return next(found for found in links if found["id"] == link["id"])
