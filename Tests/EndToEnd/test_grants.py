# SPDX-License-Identifier: Apache-2.0
"""Grants by the owner's word: making, listing, changing and withdrawing them, and leaving."""

import pytest

import carts
from logins import ANNA, BERT, CARL, DORA, EVA, OLGA, Person, shopper, somebody
from server import KEYS
from together import accept, add, audited, enter, grant, grants, internal, known_carts, read, remove, set_access, withdraw


@pytest.fixture(autouse=True, scope="module")
def known(shop):
    """A login makes people known to the directory."""
    for person in (OLGA, BERT, CARL, DORA):
        known_carts(shop, person)


def test_an_owner_gives_changes_and_takes_access(shop):
    cart_id, eva = shop.put(), shopper()
    held = grant(shop, cart_id, eva).ok(201)
    assert held == {
        "id": held["id"], "cartId": cart_id, "personId": eva.subject, "access": "read-only", "createdAt": held["createdAt"]
    }
    assert read(shop, cart_id, eva).ok()["viewer"] == {"relation": "member", "canEdit": False}
    add(shop, cart_id, eva).problem(403, "permission-denied")

    raised = set_access(shop, held, "full").ok()
    assert raised == held | {"access": "full"}
    assert add(shop, cart_id, eva).status == 201
    # To give what is held is no error, and changes what is said.
    assert grant(shop, cart_id, eva, "full").ok(200) == raised
    assert grant(shop, cart_id, eva).ok(200) == held
    assert grants(shop, cart_id) == [held]

    assert [withdraw(shop, held).status for _ in range(2)] == [204, 204]
    assert grants(shop, cart_id) == []
    read(shop, cart_id, eva).problem(404, "cart-not-found")
    set_access(shop, held, "full").problem(404, "not-found")
    again = grant(shop, cart_id, eva).ok(201)
    assert again["id"] != held["id"]
    set_access(shop, held, "full").problem(404, "not-found")


def test_the_owners_word_stands_where_a_link_spoke_before(shop):
    cart_id, eva = shop.put(), shopper()
    link = internal(shop, cart_id)
    accept(shop, link, eva).ok(201)
    assert "viaLink" not in grant(shop, cart_id, eva, "full").ok(200)
    shop.revoke(link)
    assert known_carts(shop, eva) == {cart_id: "full"}


def test_a_colleague_of_another_unit_can_be_named_and_has_the_members_view(shop):
    cart_id = shop.put(OLGA, carts.with_canaries())
    assert grant(shop, cart_id, CARL, by=OLGA).status == 201
    cart = read(shop, cart_id, CARL).ok()["cart"]
    assert cart["name"] == "Kanarie list"
    assert not {"customer", "note", "coupons", "custom", "shippingAddress", "billingAddress", "payment"} & cart.keys()


# Who can't be named


def inactive(shop):
    person = somebody()
    enter(shop, person, active=False).ok(201)
    return person


def gone(shop):
    person = somebody()
    enter(shop, person).ok(201)
    remove(shop, person)
    return person


UNKNOWN = {
    "nobody of this id": lambda shop: somebody(),
    "somebody of another company": lambda shop: DORA,
    "a customer without company": lambda shop: EVA,
    "a colleague's private self": lambda shop: Person("bert"),
    "an inactive colleague": inactive,
    "a colleague who left": gone,
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_only_active_colleagues_are_given_a_companys_cart_and_all_others_look_alike(shop, name):
    cart_id = shop.put(OLGA)
    answer = grant(shop, cart_id, UNKNOWN[name](shop), by=OLGA)
    answer.invalid("/personId")
    assert answer.without_request_id()[2] == grant(shop, cart_id, somebody(), by=OLGA).without_request_id()[2]
    assert grants(shop, cart_id, OLGA) == []


@pytest.mark.parametrize("owner", [ANNA, OLGA], ids=["customer", "company user"])
def test_nobody_shares_with_himself(shop, owner):
    cart_id = shop.put(owner)
    grant(shop, cart_id, owner, by=owner).problem(422, "cannot-share-with-oneself")
    assert grants(shop, cart_id, owner) == []


BAD = [
    ({}, "/personId"),
    ({"personId": "user:eva"}, "/access"),
    ({"personId": "eva", "access": "full"}, "/personId"),
    ({"personId": "User:eva", "access": "full"}, "/personId"),
    ({"personId": "user:", "access": "full"}, "/personId"),
    ({"personId": "user:a b", "access": "full"}, "/personId"),
    ({"personId": 7, "access": "full"}, "/personId"),
    ({"personId": "user:eva", "access": "owner"}, "/access"),
    ({"personId": "user:eva", "access": "FULL_ACCESS"}, "/access"),
    ({"personId": "user:eva", "access": 2}, "/access"),
    ({"personId": "user:eva", "access": "full", "expiresIn": 60}, "/expiresIn"),
]


@pytest.mark.parametrize("body, pointer", BAD, ids=str)
def test_a_bad_wish_is_refused_by_name_and_changes_nothing(shop, body, pointer):
    cart_id = shop.put()
    shop.public("POST", f"/v1/carts/{cart_id}/grants", body, ANNA.login).invalid(pointer)
    assert grants(shop, cart_id) == []


@pytest.mark.parametrize("body, pointer", [({}, "/access"), ({"access": "none"}, "/access"), ({"access": "full", "x": 1}, "/x")], ids=str)
def test_a_bad_change_is_refused_by_name_and_changes_nothing(shop, body, pointer):
    cart_id = shop.put()
    held = grant(shop, cart_id, EVA).ok(201)
    shop.public("PATCH", f"/v1/grants/{held['id']}", body, ANNA.login).invalid(pointer)
    assert grants(shop, cart_id) == [held]


# Who manages


def calls(cart_id, held):
    return [
        ("POST", f"/v1/carts/{cart_id}/grants", {"personId": "user:somebody", "access": "full"}),
        ("GET", f"/v1/carts/{cart_id}/grants", None),
        ("PATCH", f"/v1/grants/{held['id']}", {"access": "full"}),
        ("DELETE", f"/v1/grants/{held['id']}", None),
    ]


def test_only_the_owner_manages(shop):
    cart_id, full = shop.put(), shopper()
    held = grant(shop, cart_id, EVA).ok(201)
    grant(shop, cart_id, full, "full").ok(201)
    for method, path, body in calls(cart_id, held):
        shop.public(method, path, body).problem(401, "login-required")
        shop.public(method, path, body, shopper().login).problem(404, "cart-not-found", "not-found")
        shop.public(method, path, body, full.login).problem(403, "permission-denied")
        for name in ("resolver", "reader", "writer", "people", "ops"):
            shop.public(method, path, body, KEYS[name], {"On-Behalf-Of": ANNA.subject}).problem(403, "scope-missing")
    for method, path, body in calls(cart_id, held)[:3]:
        shop.public(method, path, body, EVA.login).problem(403, "permission-denied")
    shop.ask_link(cart_id, full, audience="external", access="read-only").problem(403, "permission-denied")
    assert {one["personId"]: one["access"] for one in grants(shop, cart_id)} == {EVA.subject: "read-only", full.subject: "full"}


def test_strangers_do_not_learn_which_grants_exist(shop):
    held = grant(shop, shop.put(), EVA).ok(201)
    for method, body in (("PATCH", {"access": "full"}), ("DELETE", None)):
        real, made_up = (shop.public(method, f"/v1/grants/{name}", body, BERT.login) for name in (held["id"], held["id"][::-1]))
        assert real.without_request_id() == made_up.without_request_id()


def test_a_service_manages_on_behalf_of_the_owner_only(shop):
    cart_id = shop.put(OLGA)
    path, order, key = f"/v1/carts/{cart_id}/grants", {"personId": BERT.subject, "access": "full"}, KEYS["issuer"]
    shop.public("POST", path, order, key).problem(400, "malformed-request")
    for other in (BERT.subject, "user:olga", "company-user:nobody"):
        shop.public("POST", path, order, key, {"On-Behalf-Of": other}).problem(403, "permission-denied")
    shop.public("POST", path, order, key, {"On-Behalf-Of": "olga"}).problem(400, "malformed-request")
    owner = {"On-Behalf-Of": OLGA.subject}
    held = shop.public("POST", path, order, key, owner).ok(201)
    assert shop.public("GET", path, None, key, owner).ok()["grants"] == [held]
    one = f"/v1/grants/{held['id']}"
    assert shop.public("PATCH", one, {"access": "read-only"}, key, owner).ok()["access"] == "read-only"
    assert shop.public("DELETE", one, None, key, owner).status == 204
    actors = [(row["actor"], row["action"]) for row in audited(shop, cart_id) if row["action"].startswith("grant")]
    assert actors == [("service:issuer", "grant.made"), ("service:issuer", "grant.changed"), ("service:issuer", "grant.withdrawn")]
    # To act for the owner doesn't change what a service may see.
    shop.public("GET", f"/v1/carts/{cart_id}", None, key, owner).problem(403, "scope-missing")


def test_a_person_acts_for_nobody_else(shop):
    cart_id = shop.put()
    order = {"personId": EVA.subject, "access": "full"}
    answer = shop.public("POST", f"/v1/carts/{cart_id}/grants", order, ANNA.login, {"On-Behalf-Of": ANNA.subject})
    assert answer.status in (400, 403, 422)
    assert grants(shop, cart_id) == []


# Leaving


def test_a_holder_leaves_and_may_come_back(shop):
    cart_id, eva = shop.put(), shopper()
    held = grant(shop, cart_id, eva, "full").ok(201)
    link = internal(shop, cart_id)
    assert [withdraw(shop, held, by=eva).status for _ in range(2)] == [204, 204]
    read(shop, cart_id, eva).problem(404, "cart-not-found")
    assert grants(shop, cart_id) == []
    # No owner decided it, so a link that was there before still lets him in.
    assert accept(shop, link, eva).ok(201)["access"] == "read-only"
    assert ("grant.left", eva.subject) in [(row["action"], row["actor"]) for row in audited(shop, cart_id)]


def test_a_holder_lets_no_other_go(shop):
    cart_id, eva, other = shop.put(), shopper(), shopper()
    grant(shop, cart_id, eva, "full").ok(201)
    held = grant(shop, cart_id, other).ok(201)
    withdraw(shop, held, by=eva).problem(403, "permission-denied")
    assert read(shop, cart_id, other).status == 200


# Lists


def test_a_list_of_carts_holds_own_and_shared_ones_page_by_page(shop):
    eva = shopper()
    expected = {}
    for number in range(7):
        if number % 2:
            expected[shop.put(eva)] = "owner"
        else:
            cart_id, access = shop.put(cart=carts.plain(name="Office")), ["read-only", "full"][number // 2 % 2]
            grant(shop, cart_id, eva, access).ok(201)
            expected[cart_id] = access
    hidden = shop.put()
    withdraw(shop, grant(shop, hidden, eva).ok(201))
    seen, cursor = [], ""
    while cursor is not None:
        page = shop.public.get(f"/v1/carts?limit=2{cursor}", eva.login).ok()
        assert len(page["carts"]) <= 2
        seen += page["carts"]
        cursor = f"&cursor={page['nextCursor']}" if "nextCursor" in page else None
    assert {cart["cartId"]: cart["access"] for cart in seen} == expected and len(seen) == len(expected)
    assert [cart["version"] for cart in seen] == sorted((cart["version"] for cart in seen), reverse=True)


def test_a_shared_carts_name_in_the_list_is_scrubbed(shop):
    cart_id, eva = shop.put(cart=carts.plain(name="for kim@mail.example")), shopper()
    grant(shop, cart_id, eva).ok(201)
    assert b"kim@mail.example" not in shop.public.get("/v1/carts", eva.login).body
    assert b"kim@mail.example" in shop.public.get("/v1/carts", ANNA.login).body


# What the cart's own life does to its grants


def test_an_ordered_cart_is_shared_no_more_but_access_can_be_taken(shop):
    cart_id, eva = shop.put(), shopper()
    held = grant(shop, cart_id, eva).ok(201)
    shop.set_state(cart_id, "ordered")
    grant(shop, cart_id, shopper()).problem(409, "cart-locked")
    assert read(shop, cart_id, eva).ok()["state"] == "ordered"
    assert withdraw(shop, held).status == 204
    read(shop, cart_id, eva).problem(404, "cart-not-found")


def test_a_locked_cart_can_be_shared(shop):
    cart_id, eva = shop.put(), shopper()
    shop.set_state(cart_id, "locked")
    grant(shop, cart_id, eva, "full").ok(201)
    assert read(shop, cart_id, eva).ok()["viewer"]["canEdit"] is False


ENDS = {
    "deleted": lambda shop, cart_id: shop.delete(cart_id),
    "given to another owner": lambda shop, cart_id: shop.put(DORA, cart_id=cart_id, transferOwner=True),
}


@pytest.mark.parametrize("end", ENDS)
def test_grants_end_with_the_carts_life(shop, end):
    cart_id, eva = shop.put(), shopper()
    held = grant(shop, cart_id, eva, "full").ok(201)
    ENDS[end](shop, cart_id)
    read(shop, cart_id, eva).problem(404, "cart-not-found")
    withdraw(shop, held).problem(404, "not-found")
    grant(shop, cart_id, eva).problem(404, "cart-not-found")
    shop.delete(cart_id)
    shop.put(cart_id=cart_id)
    read(shop, cart_id, eva).problem(404, "cart-not-found")
    assert grants(shop, cart_id) == [] and known_carts(shop, eva) == {}
    set_access(shop, held, "read-only").problem(404, "not-found")


def test_a_shop_may_forbid_full_access(start):
    server = start({"links": {"internal": {"full": False}}})
    cart_id = server.put()
    grant(server, cart_id, EVA, "full").problem(403, "not-allowed-here")
    held = grant(server, cart_id, EVA).ok(201)
    set_access(server, held, "full").problem(403, "not-allowed-here")
    assert known_carts(server, EVA) == {cart_id: "read-only"}


def test_the_audit_names_the_people_and_nothing_else(shop):
    cart_id, eva = shop.put(cart=carts.with_canaries()), shopper()
    held = grant(shop, cart_id, eva).ok(201)
    set_access(shop, held, "full").ok()
    withdraw(shop, held)
    rows = audited(shop, cart_id)
    assert [(row["actor"], row["action"], row.get("before"), row.get("after")) for row in rows if row["action"].startswith("grant")] == [
        (ANNA.subject, "grant.made", None, f"grant {held['id']} to {eva.subject} read-only"),
        (ANNA.subject, "grant.changed", f"{eva.subject} read-only", f"grant {held['id']} to {eva.subject} full"),
        (ANNA.subject, "grant.withdrawn", f"grant {held['id']} to {eva.subject}", None),
    ]
    assert not carts.leaks(str(rows).encode())
