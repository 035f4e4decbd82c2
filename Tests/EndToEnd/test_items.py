# SPDX-License-Identifier: Apache-2.0
"""Items: what people with full access may change, what they may not, and what guests see meanwhile."""

import json
from urllib.parse import quote

import pytest

import carts
from logins import ANNA, BERT, EVA, shopper
from server import KEYS
from together import accept, add, audited, grant, internal, read

LINE = {"id": "i1", "sku": "MUG-1", "name": "Mug", "quantity": 2, "unitPrice": 1250, "total": 2500}


@pytest.fixture
def cart_id(shop):
    return shop.put()


def change(shop, cart_id, item, quantity, person=ANNA, headers=None):
    return shop.public("PATCH", f"/v1/carts/{cart_id}/items/{item}", {"quantity": quantity}, person.login, headers)


def remove(shop, cart_id, item, person=ANNA, headers=None):
    return shop.public("DELETE", f"/v1/carts/{cart_id}/items/{item}", None, person.login, headers)


def edits(shop, cart_id, person, headers=None):
    """One of each kind."""
    yield add(shop, cart_id, person, headers=headers)
    yield change(shop, cart_id, "i1", 3, person, headers)
    yield remove(shop, cart_id, "i1", person, headers)


def push(shop, cart_id, cart, owner=ANNA, **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return shop.public("PUT", f"/v1/carts/{cart_id}", {"owner": owner.owner, "cart": cart}, KEYS["storefront"], headers)


# What an edit does


def test_more_of_an_article_joins_its_line(shop, cart_id):
    answer = add(shop, cart_id, ANNA, "MUG-1", 3)
    cart = answer.ok(201)["cart"]
    assert cart["items"] == [LINE | {"quantity": 5, "total": 6250}]
    assert cart["totals"] == {"items": 6250, "incomplete": True}
    assert answer.json["viewer"] == {"relation": "owner", "canEdit": True} and answer.json["state"] == "open"
    assert answer.headers["ETag"] == f'"{answer.json["version"]}"' and answer.headers["Cache-Control"] == "no-store"
    assert read(shop, cart_id, ANNA).ok() == answer.json


def test_other_options_make_another_line_at_the_same_articles_price(shop, cart_id):
    cart = add(shop, cart_id, ANNA, "MUG-1", 1, options={"colour": "blue"}).ok(201)["cart"]
    old, new = cart["items"]
    assert old == LINE
    assert new == {**LINE, "id": new["id"], "quantity": 1, "total": 1250, "options": {"colour": "blue"}} and new["id"] != "i1"
    assert cart["totals"] == {"items": 3750, "incomplete": True}


def test_an_article_that_the_cart_does_not_know_has_no_price_and_its_sku_for_a_name(shop, cart_id):
    cart = add(shop, cart_id, ANNA, "NEW-9", 4).ok(201)["cart"]
    line = cart["items"][1]
    assert line == {"id": line["id"], "sku": "NEW-9", "name": "NEW-9", "quantity": 4}
    assert cart["totals"] == {"items": 2500, "incomplete": True}


def test_nobody_brings_a_name_or_a_price_along(shop, cart_id):
    brought = {"name": "Gold", "unitPrice": 1, "total": 1, "id": "mine", "image": "https://evil.example/x.png", "note": "hi"}
    for field, value in brought.items():
        add(shop, cart_id, ANNA, "MUG-1", 1, **{field: value}).invalid(f"/{field}")
        body = {"quantity": 1, field: value}
        shop.public("PATCH", f"/v1/carts/{cart_id}/items/i1", body, ANNA.login).invalid(f"/{field}")
    assert read(shop, cart_id, ANNA).ok()["cart"]["items"] == [LINE]


def test_a_quantity_is_set_and_a_line_removed(shop, cart_id):
    changed = change(shop, cart_id, "i1", 7)
    assert changed.ok(200)["cart"]["items"] == [LINE | {"quantity": 7, "total": 8750}]
    assert changed.json["cart"]["totals"] == {"items": 8750, "incomplete": True}
    removed = remove(shop, cart_id, "i1")
    assert removed.status == 204 and removed.body == b""
    now = read(shop, cart_id, ANNA)
    assert now.headers["ETag"] == removed.headers["ETag"] != changed.headers["ETag"]
    assert now.ok()["cart"]["items"] == [] and now.json["cart"]["totals"] == {"items": 0, "incomplete": True}
    remove(shop, cart_id, "i1").problem(404, "not-found")


def test_everything_else_in_the_cart_stays_byte_for_byte(shop):
    line = rb'{"id":"i1","sku":"M","name":"M\u00fcg","quantity":1,"unitPrice":5}'
    body = b'{"owner":{"userId":"anna"},"cart":{"currency":"EUR","items":[' + line + rb'],"note":"a\/b"}}'
    shop.public("PUT", "/v1/carts/odd-spelling", body, KEYS["storefront"]).ok(201)
    seen = add(shop, "odd-spelling", ANNA, "NEW-9", 1).body
    assert line in seen and rb'"note":"a\/b"' in seen


# Who may


def test_the_owner_and_full_access_may_all_others_may_not(shop, cart_id):
    looking, editing, member = shopper(), shopper(), shopper()
    grant(shop, cart_id, looking).ok(201)
    accept(shop, internal(shop, cart_id, access="full"), editing).ok(201)
    assert [answer.status for answer in edits(shop, cart_id, editing)] == [201, 200, 204]
    push(shop, cart_id, carts.plain()).ok()
    before = read(shop, cart_id, ANNA).ok()
    for answer in edits(shop, cart_id, looking):
        answer.problem(403, "permission-denied")
    for stranger in (member, BERT, EVA):
        for answer in edits(shop, cart_id, stranger):
            answer.problem(404, "cart-not-found")
    for method, path in (("POST", ""), ("PATCH", "/i1"), ("DELETE", "/i1")):
        address, body = f"/v1/carts/{cart_id}/items{path}", {"sku": "MUG-1", "quantity": 1}
        shop.public(method, address, body).problem(401, "login-required")
        for key in KEYS.values():
            shop.public(method, address, body, key, {"On-Behalf-Of": ANNA.subject}).problem(403, "permission-denied")
    assert read(shop, cart_id, ANNA).ok() == before


def test_an_unknown_cart_looks_like_one_of_others(shop, cart_id):
    eva = shopper()
    for real, made_up in zip(edits(shop, cart_id, eva), edits(shop, "no-such-cart", eva), strict=True):
        assert real.without_request_id() == made_up.without_request_id()


# Bad input

QUANTITIES = [0, -1, 1.5, 2.0, "2", "", None, True, [1], 10**9, 100_000, 2**63, 10**30]


@pytest.mark.parametrize("quantity", QUANTITIES, ids=repr)
def test_a_bad_quantity_is_refused_by_name_and_changes_nothing(shop, cart_id, quantity):
    before = read(shop, cart_id, ANNA).ok()
    add(shop, cart_id, ANNA, "MUG-1", quantity).invalid("/quantity")
    change(shop, cart_id, "i1", quantity).invalid("/quantity")
    assert read(shop, cart_id, ANNA).ok() == before


@pytest.mark.parametrize("number", [b"1e1", b"1E0", b"01", b"+1", b"NaN", b"0x1"])
def test_odd_spellings_of_a_quantity_are_no_numbers(shop, cart_id, number):
    body = b'{"sku": "MUG-1", "quantity": ' + number + b"}"
    assert shop.public("POST", f"/v1/carts/{cart_id}/items", body, ANNA.login).status in (400, 422)
    assert read(shop, cart_id, ANNA).ok()["cart"]["items"] == [LINE]


BODIES = [
    ({"quantity": 1}, "/sku"),
    ({"sku": "MUG-1"}, "/quantity"),
    ({"sku": "", "quantity": 1}, "/sku"),
    ({"sku": "x" * 129, "quantity": 1}, "/sku"),
    ({"sku": "a\nb", "quantity": 1}, "/sku"),
    ({"sku": 7, "quantity": 1}, "/sku"),
    ({"sku": "MUG-1", "quantity": 1, "options": "red"}, "/options"),
    ({"sku": "MUG-1", "quantity": 1, "options": {"colour": 7}}, "/options/colour"),
    ({"sku": "MUG-1", "quantity": 1, "options": {"colour": "x" * 201}}, "/options/colour"),
    ({"sku": "MUG-1", "quantity": 1, "options": {str(number): "x" for number in range(21)}}, "/options"),
]


@pytest.mark.parametrize("body, pointer", BODIES, ids=lambda value: str(value)[:60])
def test_a_bad_line_is_refused_by_name_and_changes_nothing(shop, cart_id, body, pointer):
    before = read(shop, cart_id, ANNA).ok()
    shop.public("POST", f"/v1/carts/{cart_id}/items", body, ANNA.login).invalid(pointer)
    assert read(shop, cart_id, ANNA).ok() == before


@pytest.mark.parametrize("item", ["i2", "I1", "%20", "i1%00", "x" * 500])
def test_an_unknown_line_changes_nothing(shop, cart_id, item):
    change(shop, cart_id, item, 1).problem(404, "not-found")
    remove(shop, cart_id, item).problem(404, "not-found")
    assert read(shop, cart_id, ANNA).ok()["cart"]["items"] == [LINE]


@pytest.mark.parametrize("item", ["a/b", "a b", "a+b", "50%", "%41", "%2F", "..", "ü", "a?b", "a#b", 'q"q', "item:1", "🛒"])
def test_the_shop_names_its_lines_as_it_likes(shop, item):
    cart_id = shop.put(cart=carts.plain(items=[LINE | {"id": item}, LINE | {"id": "A"}]))
    path = quote(item, safe="")
    changed = change(shop, cart_id, path, 3).ok()["cart"]["items"]
    assert [(line["id"], line["quantity"]) for line in changed] == [(item, 3), ("A", 2)]
    assert remove(shop, cart_id, path).status == 204
    assert [line["id"] for line in read(shop, cart_id, ANNA).ok()["cart"]["items"]] == ["A"]


@pytest.mark.parametrize("cart", [{}, {"currency": "EUR"}, {"items": []}, {"items": [{}], "totals": {}}], ids=str)
def test_a_bare_cart_gets_its_first_line(shop, cart):
    cart_id = f"bare-{shopper().user}"
    push(shop, cart_id, cart).ok(201)
    seen = add(shop, cart_id, ANNA, "NEW-9", 1).ok(201)["cart"]
    assert seen["items"][-1]["sku"] == "NEW-9" and seen["totals"] == {"items": 0, "incomplete": True}
    assert seen.get("currency") == cart.get("currency")


def test_amounts_that_no_number_holds_are_refused(shop):
    item = LINE | {"unitPrice": 2**62, "quantity": 1, "total": 2**62}
    cart_id = shop.put(cart=carts.plain(items=[item]))
    change(shop, cart_id, "i1", 3).invalid("/quantity")
    add(shop, cart_id, ANNA, "MUG-1", 1, options={"colour": "red"}).invalid("/quantity")
    assert read(shop, cart_id, ANNA).ok()["cart"]["items"] == [item]


def test_a_line_never_has_more_than_may_be_asked_for(shop, cart_id):
    change(shop, cart_id, "i1", 99_999).ok()
    add(shop, cart_id, ANNA, "MUG-1", 1).invalid("/quantity")
    assert read(shop, cart_id, ANNA).ok()["cart"]["items"][0]["quantity"] == 99_999


@pytest.mark.parametrize("format", ["vtex-orderform", "spryker-cart"])
def test_carts_of_other_platforms_are_changed_there(shop, format):
    cart = carts.order_form() if format == "vtex-orderform" else {"data": {"type": "carts", "id": "1", "attributes": {}}}
    cart_id = shop.put(cart=cart, format=format)
    before = read(shop, cart_id, ANNA).ok()
    for answer in edits(shop, cart_id, ANNA):
        answer.problem(422, "format-not-editable")
    assert read(shop, cart_id, ANNA).ok() == before


@pytest.mark.parametrize("state", ["locked", "ordered"])
def test_a_cart_that_is_not_open_is_not_edited(shop, cart_id, state):
    shop.set_state(cart_id, state)
    for answer in edits(shop, cart_id, ANNA):
        answer.problem(409, "cart-locked")
    assert read(shop, cart_id, ANNA).ok()["cart"]["items"] == [LINE]


def test_a_deleted_cart_is_not_edited(shop, cart_id):
    shop.delete(cart_id).ok(204)
    for answer in edits(shop, cart_id, ANNA):
        answer.problem(404, "cart-not-found")


# Versions


def test_an_edit_of_a_version_that_is_past_changes_nothing(shop, cart_id):
    old = read(shop, cart_id, ANNA).headers["ETag"]
    now = change(shop, cart_id, "i1", 5).headers["ETag"]
    for answer in edits(shop, cart_id, ANNA, {"If-Match": old}):
        assert answer.problem(412, "version-differs")["version"] == int(now.strip('"'))
        assert answer.headers["ETag"] == now
    assert read(shop, cart_id, ANNA).ok()["cart"]["items"][0]["quantity"] == 5
    assert change(shop, cart_id, "i1", 6, headers={"If-Match": now}).status == 200
    for answer in edits(shop, cart_id, ANNA, {"If-Match": "five"}):
        assert answer.status in (400, 412)
    assert change(shop, cart_id, "i1", 7, headers={"If-Match": "*"}).status == 200


# What guests see meanwhile


def test_guests_see_no_line_before_the_shop_pushed_it(shop, cart_id):
    eva = shopper()
    link, inside = shop.link(cart_id), internal(shop, cart_id, access="full")
    accept(shop, inside, eva).ok(201)
    add(shop, cart_id, eva, "BUY-AT-EVIL", 1, options={"text": "call evil"}).ok(201)
    add(shop, cart_id, eva, "MUG-1", 1, options={"engraving": "evil words"}).ok(201)

    def unseen():
        guests = [shop.shared(link), shop.page(link), shop.shared(inside, EVA), shop.page(inside, EVA)]
        return [answer for answer in guests if b"evil" in answer.body.lower()]

    assert unseen() == []
    assert [item["sku"] for item in shop.shared(link).ok()["cart"]["items"]] == ["MUG-1"]
    # Its people do see it.
    for person in (ANNA, eva):
        assert b"BUY-AT-EVIL" in read(shop, cart_id, person).body and b"evil words" in read(shop, cart_id, person).body
    assert b"BUY-AT-EVIL" in shop.public.get(f"/v1/carts/{cart_id}", KEYS["reader"]).body

    edited = shop.public.get(f"/v1/carts/{cart_id}", KEYS["storefront"])
    push(shop, cart_id, edited.ok()["cart"], If_Match=edited.headers["ETag"]).ok()
    assert len(shop.shared(link).ok()["cart"]["items"]) == 3 and b"BUY-AT-EVIL" in shop.page(link).body


def test_more_of_a_line_that_guests_see_shows_at_once_with_totals_said_to_be_incomplete(shop, cart_id):
    link = shop.link(cart_id)
    before = shop.shared(link)
    assert before.ok()["cart"]["totals"] == {"items": 2500}
    change(shop, cart_id, "i1", 3).ok()
    after = shop.shared(link)
    assert after.ok()["cart"]["items"][0]["quantity"] == 3
    assert after.json["cart"]["totals"] == {"items": 3750, "incomplete": True} and after.headers["ETag"] != before.headers["ETag"]


# The audit


def test_the_audit_says_who_edited_and_not_what(shop, cart_id):
    eva = shopper()
    grant(shop, cart_id, eva, "full").ok(201)
    add(shop, cart_id, eva, "KANARIE-1", 17, options={"kanarie": "kanarie"}).ok(201)
    rows = [row for row in audited(shop, cart_id) if row["action"] == "cart.edited"]
    assert [row["actor"] for row in rows] == [eva.subject] and rows[0]["after"].startswith("version ")
    assert not carts.leaks(json.dumps(rows).encode())
