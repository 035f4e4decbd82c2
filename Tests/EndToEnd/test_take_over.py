# SPDX-License-Identifier: Apache-2.0
"""Take-over: a representative prepares a cart, the customer makes it his own, and what was typed before is gone."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import carts
from logins import ANNA, BERT, EVA, OLGA, Person, shopper, somebody
from server import KEYS
from together import accept, add, audited, comment, comments, grant, grants, internal, known_carts, read, set_access, take_over, withdraw

# What a representative may type of a customer; the fields that every policy calls personal or payment.
TYPED = {name: value for name, value in (carts.PERSONAL | carts.PAYMENT).items() if name not in ("name", "custom")}
ADDRESS = {"receiver": "Neukundin", "street": "Neuweg 1", "city": "Neustadt"}


def handing_over(shop, cart_id, owner, person, **fields):
    return internal(shop, cart_id, owner, "full", within="person", personId=person.subject, allowTakeOver=True, **fields)


def push(shop, cart_id, owner, **changes):
    return shop.public("PUT", f"/v1/carts/{cart_id}", {"owner": owner.owner, "cart": carts.plain(**changes)}, KEYS["storefront"])


def test_the_call_centre_story(start):
    shop = start()
    representative, customer = somebody("acme", "call-centre"), shopper()
    # Large enough for pages of its own in the database.
    cart_id = shop.put(representative, carts.plain(**TYPED, internalNotes=["kanarie"] * 5000))
    other = shop.link(cart_id, representative)
    grant(shop, cart_id, ANNA, by=representative).invalid("/personId")
    colleagues = internal(shop, cart_id, representative, within="company")
    accept(shop, colleagues, BERT).ok(201)
    comment(shop, cart_id, representative, "kanarie rings back at five").ok(201)
    assert b"kanarie@example.com" in read(shop, cart_id, representative).body

    link = handing_over(shop, cart_id, representative, customer)
    assert link["allowTakeOver"] is True
    offered = shop.shared(link, customer)
    assert offered.ok()["viewer"] == {"relation": "member", "canEdit": False} and not carts.leaks(offered.body)
    take_over(shop, link, customer).problem(403, "permission-denied")
    assert accept(shop, link, customer).ok(201)["access"] == "full"
    assert not carts.leaks(read(shop, cart_id, customer).body)

    before = read(shop, cart_id, representative).ok()["version"]
    done = take_over(shop, link, customer)
    taken = done.ok()
    assert taken == {"cartId": cart_id, "version": taken["version"]} and taken["version"] > before
    assert done.headers["ETag"] == f'"{taken["version"]}"' and done.headers["Cache-Control"] == "no-store"

    # The customer owns a cart without anything that the representative typed of people.
    own = read(shop, cart_id, customer)
    assert own.ok()["viewer"] == {"relation": "owner", "canEdit": True} and own.json["version"] == taken["version"]
    assert not carts.leaks(own.body) and own.json["cart"]["items"] == carts.plain()["items"]
    assert comments(shop, cart_id, customer).ok()["comments"] == []
    assert known_carts(shop, customer) == {cart_id: "owner"}

    # The old owner keeps full access, and nothing of an owner.
    assert known_carts(shop, representative) == {cart_id: "full"}
    assert [(held["personId"], held["access"]) for held in grants(shop, cart_id, customer)] == [(representative.subject, "full")]
    shop.ask_link(cart_id, representative, audience="external", access="read-only").problem(403, "permission-denied")
    read(shop, cart_id, BERT).problem(404, "cart-not-found")
    for old in (link, other, colleagues):
        for viewer in (None, customer, representative, BERT):
            shop.shared(old, viewer).problem(410, "link-gone")
        shop.public.get(f"/v1/links/{old['id']}", representative.login).problem(403, "permission-denied")
        shop.public.get(f"/v1/links/{old['id']}", customer.login).problem(404, "link-not-found")
    accept(shop, link, customer).problem(410, "link-gone")
    take_over(shop, link, customer).problem(410, "link-gone")

    # The shop learns of it with its next push.
    push(shop, cart_id, representative, shippingAddress=ADDRESS).problem(409, "owner-differs")
    push(shop, cart_id, customer, shippingAddress=ADDRESS).ok(200)
    assert b"Neukundin" in read(shop, cart_id, customer).body
    seen = read(shop, cart_id, representative)
    assert seen.ok()["viewer"] == {"relation": "member", "canEdit": True}
    assert not carts.leaks(seen.everything, ["Neukundin", "Neuweg", "Neustadt"]) and not carts.leaks(seen.body)
    assert add(shop, cart_id, representative).status == 201

    # The customer may end that too.
    (held,) = grants(shop, cart_id, customer)
    assert withdraw(shop, held, by=customer).status == 204
    read(shop, cart_id, representative).problem(404, "cart-not-found")

    rows = [row for row in audited(shop, cart_id) if row["action"] == "cart.taken-over"]
    assert [(row["actor"], row["linkId"], row["before"], row["after"]) for row in rows] == [
        (customer.subject, link["id"], representative.subject, customer.subject)
    ]
    assert shop.stop() == 0
    assert _files_with(shop, "kanarie", "KANARIE", carts.DIGITS, link["token"]) == []
    assert _files_with(shop, "Neukundin") != [], "the search finds what is there"


def _files_with(shop, *words):
    """The service's files, database and logs, that hold one of the words."""
    found = []
    for path in shop.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            found += [(path.name, word) for word in words if word.encode() in content]
    return found


def test_the_database_holds_what_was_typed_until_it_is_taken_over(start):
    """Without a take-over the search of the story finds the data: it doesn't look in the wrong place."""
    shop = start()
    shop.put(OLGA, carts.plain(**TYPED))
    shop.stop()
    assert {word for _, word in _files_with(shop, "kanarie", carts.DIGITS)} == {"kanarie", carts.DIGITS}


def test_a_vtex_cart_loses_the_same(shop):
    customer = shopper()
    cart_id = shop.put(cart=carts.order_form(), format="vtex-orderform")
    link = handing_over(shop, cart_id, ANNA, customer)
    accept(shop, link, customer).ok(201)
    take_over(shop, link, customer).ok()
    own = read(shop, cart_id, customer)
    cart = own.ok()["cart"]
    assert [item["quantity"] for item in cart["items"]] == [2] and not cart.get("clientProfileData") and not cart.get("paymentData")
    assert not cart.get("shippingData", {}).get("address")
    assert not carts.leaks(own.body, ["kanarie@", "411111111111"])


# Who becomes the owner

NEW_OWNERS = {
    "a customer": shopper,
    "a company user of another company": lambda: somebody("umbrella"),
    "a company user whose login names no unit": lambda: somebody("umbrella", None),
    "a login with a company and without a company user": lambda: Person(shopper().user, "umbrella"),
}


@pytest.mark.parametrize("name", NEW_OWNERS)
def test_whoever_takes_a_cart_over_is_its_owner_to_the_shop_too(shop, name):
    person = NEW_OWNERS[name]()
    cart_id = shop.put(OLGA)
    link = handing_over(shop, cart_id, OLGA, person)
    accept(shop, link, person).ok(201)
    take_over(shop, link, person).ok()
    assert read(shop, cart_id, person).ok()["viewer"]["relation"] == "owner"
    assert known_carts(shop, person)[cart_id] == "owner"
    assert shop.ask_link(cart_id, person, audience="external", access="read-only").status == 201
    owner = person if person.company_user else Person(person.user)
    push(shop, cart_id, OLGA).problem(409, "owner-differs")
    push(shop, cart_id, owner).ok(200)


def test_a_service_may_offer_it_on_the_owners_behalf(shop):
    cart_id, customer = shop.put(OLGA), shopper()
    order = {"audience": "internal", "access": "full", "within": "person", "personId": customer.subject, "allowTakeOver": True}
    link = shop.public("POST", f"/v1/carts/{cart_id}/links", order | {"onBehalfOf": OLGA.owner}, KEYS["issuer"]).ok(201)
    accept(shop, link, customer).ok(201)
    take_over(shop, link, customer).ok()
    assert known_carts(shop, OLGA)[cart_id] == "full"


# Refused when it is issued

NEVER = [
    ({"access": "full", "within": "shop"}, 422, "/allowTakeOver"),
    ({"access": "full", "within": "shop", "maxAccepts": 2}, 422, "/allowTakeOver"),
    ({"access": "full", "within": "company"}, 422, "/allowTakeOver"),
    ({"access": "full", "within": "business-unit"}, 422, "/allowTakeOver"),
    ({"access": "full"}, 422, "/allowTakeOver"),
    ({"access": "read-only", "within": "person", "personId": EVA.subject}, 422, "/allowTakeOver"),
    ({"access": "read-only", "within": "shop", "maxAccepts": 1}, 422, "/allowTakeOver"),
    ({"audience": "external", "access": "read-only"}, 422, "/allowTakeOver"),
    ({"access": "full", "within": "shop", "maxAccepts": 0}, 422, "/maxAccepts"),
]


@pytest.mark.parametrize("fields, status, pointer", NEVER, ids=str)
def test_no_link_gives_a_cart_to_whoever_is_first(shop, fields, status, pointer):
    cart_id = shop.put(OLGA)
    shop.ask_link(cart_id, OLGA, **({"audience": "internal", "allowTakeOver": True} | fields)).invalid(pointer, status)
    assert shop.public.get(f"/v1/carts/{cart_id}/links", OLGA.login).ok()["links"] == []


# Refused when it is asked


def test_without_permission_nothing_is_taken(shop):
    cart_id, eva = shop.put(), shopper()
    for link in (internal(shop, cart_id, access="full"), internal(shop, cart_id), shop.link(cart_id)):
        if link["audience"] == "internal":
            accept(shop, link, eva)
        take_over(shop, link, eva).problem(403, "permission-denied")
    assert known_carts(shop, ANNA)[cart_id] == "owner"


def test_only_the_person_of_the_link_takes_it(shop):
    cart_id, eva = shop.put(), shopper()
    link = handing_over(shop, cart_id, ANNA, eva)
    accept(shop, link, eva).ok(201)
    take_over(shop, link).problem(401, "login-required")
    take_over(shop, link, shopper()).problem(403, "not-a-member")
    take_over(shop, link, Person(eva.user, "acme", "sales", "cu-eva")).problem(403, "not-a-member")
    take_over(shop, link, ANNA).problem(422, "cannot-share-with-oneself")
    for key in KEYS.values():
        shop.public("POST", f"/v1/shared/{link['token']}/take-over", {}, key).problem(403, "permission-denied")
    take_over(shop, {"token": "cl1" + "0" * 46}, eva).problem(404, "link-not-found")
    assert known_carts(shop, ANNA)[cart_id] == "owner"
    assert take_over(shop, link, eva).status == 200


def test_access_from_elsewhere_does_not_do_instead_of_accepting(shop):
    cart_id, eva = shop.put(), shopper()
    other, link = internal(shop, cart_id, access="full"), handing_over(shop, cart_id, ANNA, eva)
    accept(shop, other, eva).ok(201)
    take_over(shop, link, eva).problem(403, "permission-denied")
    accept(shop, link, eva).ok(201)
    assert take_over(shop, link, eva).status == 200


def test_accepting_such_a_link_leaves_what_the_owner_gave_himself(shop):
    cart_id, eva = shop.put(), shopper()
    given = grant(shop, cart_id, eva, "full").ok(201)
    link = handing_over(shop, cart_id, ANNA, eva)
    assert accept(shop, link, eva).ok(201) == given
    shop.revoke(link).ok(204)
    assert known_carts(shop, eva) == {cart_id: "full"} and grants(shop, cart_id) == [given]


def test_full_access_given_after_the_link_does_not_stand_in_its_way(shop):
    cart_id, eva = shop.put(), shopper()
    link = handing_over(shop, cart_id, ANNA, eva)
    grant(shop, cart_id, eva, "full").ok(201)
    take_over(shop, link, eva).problem(403, "permission-denied")
    accept(shop, link, eva).ok(201)
    assert take_over(shop, link, eva).status == 200


CHANGED = {
    "lowered": (lambda shop, link, held: set_access(shop, held, "read-only").ok(), 403),
    "withdrawn": (lambda shop, link, held: withdraw(shop, held).ok(204), 403),
    "narrowed": (lambda shop, link, held: shop.change(link, access="read-only").ok(), 403),
    "paused": (lambda shop, link, held: shop.change(link, paused=True).ok(), 410),
    "paused by an admin": (lambda shop, link, held: shop.administer("POST", f"links/{link['id']}/pause").ok(204), 410),
    "revoked": (lambda shop, link, held: shop.revoke(link).ok(204), 410),
    "locked": (lambda shop, link, held: shop.set_state(link["cartId"], "locked"), 409),
    "ordered": (lambda shop, link, held: shop.set_state(link["cartId"], "ordered"), 410),
    "deleted": (lambda shop, link, held: shop.delete(link["cartId"]).ok(204), 410),
    "expired": (lambda shop, link, held: time.sleep(1.1), 410),
}


@pytest.mark.parametrize("change", CHANGED)
def test_what_changed_since_the_acceptance_counts(shop, change):
    happen, status = CHANGED[change]
    cart_id, eva = shop.put(), shopper()
    link = handing_over(shop, cart_id, ANNA, eva, **({"expiresIn": 1} if change == "expired" else {}))
    held = accept(shop, link, eva).ok(201)
    happen(shop, link, held)
    take_over(shop, link, eva).problem(status)
    if change != "deleted":
        assert known_carts(shop, ANNA)[cart_id] == "owner"


# At once


def test_of_two_customers_at_one_place_one_gets_the_cart(shop):
    for _ in range(5):
        link = internal(shop, shop.put(), access="full", maxAccepts=1, allowTakeOver=True)
        people = [shopper(), shopper()]
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(lambda person: accept(shop, link, person), people))
        assert sorted(answer.status for answer in answers) == [201, 409]
        with ThreadPoolExecutor(2) as pool:
            taken = list(pool.map(lambda person: take_over(shop, link, person), people))
        outcome = dict(zip([answer.status for answer in answers], taken, strict=True))
        assert outcome[201].status == 200
        assert outcome[409].status in (403, 410)
        winner = people[[answer.status for answer in answers].index(201)]
        assert known_carts(shop, winner) == {link["cartId"]: "owner"}


def test_twenty_take_overs_at_once_are_one(shop):
    eva = shopper()
    link = handing_over(shop, shop.put(), ANNA, eva)
    accept(shop, link, eva).ok(201)
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: take_over(shop, link, eva), range(20)))
    assert sorted(answer.status for answer in answers) == [200] + [410] * 19
    assert [held["personId"] for held in grants(shop, link["cartId"], eva)] == [ANNA.subject]
