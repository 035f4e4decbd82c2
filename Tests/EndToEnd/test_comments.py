# SPDX-License-Identifier: Apache-2.0
"""Comments: opinions on a cart among its owner and the people with a grant, and nobody else."""

import unicodedata

import pytest

import carts
from logins import ANNA, BERT, OLGA, Person, shopper, somebody
from server import KEYS
from together import accept, audited, comment, comments, enter, grant, internal, read, take_over, withdraw


@pytest.fixture
def cart_id(shop):
    return shop.put()


def texts(shop, cart_id, person=ANNA):
    return [one["text"] for one in comments(shop, cart_id, person).ok()["comments"]]


def delete(shop, cart_id, one, person):
    return shop.public("DELETE", f"/v1/carts/{cart_id}/comments/{one['id']}", bearer=person.login)


def test_people_of_the_cart_talk(shop, cart_id):
    looking, editing = shopper(), shopper()
    grant(shop, cart_id, looking).ok(201)
    grant(shop, cart_id, editing, "full").ok(201)
    first = comment(shop, cart_id, ANNA, "Red or blue?").ok(201)
    assert first == {
        "id": first["id"],
        "cartId": cart_id,
        "personId": ANNA.subject,
        "text": "Red or blue?",
        "createdAt": first["createdAt"],
    }
    comment(shop, cart_id, looking, "Red.").ok(201)
    comment(shop, cart_id, editing, "Blue!\nDefinitely.").ok(201)
    for person in (ANNA, looking, editing):
        answer = comments(shop, cart_id, person)
        assert [(one["personId"], one["text"]) for one in answer.ok()["comments"]] == [
            (ANNA.subject, "Red or blue?"),
            (looking.subject, "Red."),
            (editing.subject, "Blue!\nDefinitely."),
        ]
        assert answer.json["comments"][0] == first and answer.headers["Cache-Control"] == "no-store"


# Who may


def test_nobody_else_reads_or_writes(shop, cart_id):
    eva = shopper()
    one = comment(shop, cart_id, ANNA, "canary").ok(201)
    path = f"/v1/carts/{cart_id}/comments"
    calls = [("GET", path, None), ("POST", path, {"text": "x"}), ("DELETE", f"{path}/{one['id']}", None)]
    # Somebody inside the audience who hasn't accepted is a stranger here.
    internal(shop, cart_id)
    for method, address, body in calls:
        shop.public(method, address, body).problem(401, "login-required")
        shop.public(method, address, body, eva.login).problem(404, "cart-not-found")
        for key in KEYS.values():
            answer = shop.public(method, address, body, key, {"On-Behalf-Of": ANNA.subject})
            answer.problem(403, "permission-denied")
            assert b"canary" not in answer.body
    assert texts(shop, cart_id) == ["canary"]


def test_a_withdrawn_person_reads_no_more_and_his_comments_stay(shop, cart_id):
    eva = shopper()
    held = grant(shop, cart_id, eva).ok(201)
    one = comment(shop, cart_id, eva, "mine").ok(201)
    withdraw(shop, held).ok(204)
    comments(shop, cart_id, eva).problem(404, "cart-not-found")
    delete(shop, cart_id, one, eva).problem(404, "cart-not-found")
    assert texts(shop, cart_id) == ["mine"]


def test_people_delete_their_own_and_the_owner_any(shop, cart_id):
    eva, other = shopper(), shopper()
    grant(shop, cart_id, eva, "full").ok(201)
    grant(shop, cart_id, other, "full").ok(201)
    mine, his, owners = (comment(shop, cart_id, person, person.user).ok(201) for person in (eva, other, ANNA))
    delete(shop, cart_id, his, eva).problem(403, "permission-denied")
    delete(shop, cart_id, owners, eva).problem(403, "permission-denied")
    assert delete(shop, cart_id, mine, eva).status == 204
    delete(shop, cart_id, mine, eva).problem(404, "not-found")
    assert delete(shop, cart_id, his, ANNA).status == 204
    assert texts(shop, cart_id) == [ANNA.user]


def test_the_owner_deletes_any_also_when_logged_in_for_his_company(shop):
    owner, eva = shopper(), shopper()
    cart_id = shop.put(owner)
    grant(shop, cart_id, eva, by=owner).ok(201)
    one = comment(shop, cart_id, eva).ok(201)
    at_work = Person(owner.user, "acme", "sales", f"cu-of-{owner.user}")
    assert delete(shop, cart_id, one, at_work).status == 204


def test_a_comment_is_found_on_its_own_cart_only(shop, cart_id):
    one = comment(shop, cart_id, ANNA).ok(201)
    delete(shop, shop.put(), one, ANNA).problem(404, "not-found")
    for name in ("x", "a%20b", "x" * 200):
        delete(shop, cart_id, {"id": name}, ANNA).problem(404, "not-found")
    assert len(texts(shop, cart_id)) == 1


# What may be said

FAMILY = "👨‍👩‍👧"
ALLOWED = [
    "x",
    "x" * 2000,
    "ß" * 2000,
    "🛒" * 2000,
    FAMILY * 500,
    unicodedata.normalize("NFD", "é") * 2000,
    "one\ntwo\r\nthree",
    "\u00a1Qué guay! 好",
    "<script>alert(1)</script>",
    '"; DROP TABLE comment; --',
    " spaces kept ",
]


@pytest.mark.parametrize("text", ALLOWED, ids=lambda text: ascii(text[:12]))
def test_a_comment_has_up_to_two_thousand_characters_as_people_count_them(shop, cart_id, text):
    assert comment(shop, cart_id, ANNA, text).ok(201)["text"] == text
    assert texts(shop, cart_id) == [text]


REFUSED = {
    "empty": "",
    "blank": " \n ",
    "a character too long": "x" * 2001,
    "an emoji too long": "🛒" * 2001,
    "few characters of endless bytes": "e" + "\u0301" * 9000,
    "bell": "a\u0007b",
    "nul": "a\u0000b",
    "escape": "\u001b[31mred",
    "delete": "a\u007f",
    "vertical tab": "a\u000bb",
    "form feed": "a\fb",
    "next line": "a\u0085b",
    "carriage return alone": "shown\rhidden",
    "turned direction": "\u202eabc",
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_text_that_would_not_show_as_it_is_is_refused(shop, cart_id, name):
    comment(shop, cart_id, ANNA, REFUSED[name]).invalid("/text")
    assert texts(shop, cart_id) == []


BODIES = [
    ({}, "/text"),
    ({"text": None}, "/text"),
    ({"text": 7}, "/text"),
    ({"text": ["x"]}, "/text"),
    ({"text": "x", "personId": "user:eva"}, "/personId"),
    ({"text": "x", "createdAt": "2020-01-01T00:00:00Z"}, "/createdAt"),
]


@pytest.mark.parametrize("body, pointer", BODIES, ids=str)
def test_a_bad_body_is_refused_by_name(shop, cart_id, body, pointer):
    shop.public("POST", f"/v1/carts/{cart_id}/comments", body, ANNA.login).invalid(pointer)
    assert texts(shop, cart_id) == []


def test_half_a_character_is_no_text(shop, cart_id):
    body = b'{"text": "\\ud83d"}'
    assert shop.public("POST", f"/v1/carts/{cart_id}/comments", body, ANNA.login).status in (400, 422)
    shop.public("POST", f"/v1/carts/{cart_id}/comments", b'{"text": "\xff"}', ANNA.login).problem(400, "malformed-json")
    assert texts(shop, cart_id) == []


def test_a_cart_has_as_many_comments_as_the_shop_allows(start):
    server = start({"limits": {"commentsPerCart": 3}})
    cart_id = server.put()
    made = [comment(server, cart_id, ANNA).ok(201) for _ in range(3)]
    comment(server, cart_id, ANNA).problem(409, "limit-reached")
    comment(server, server.put(), ANNA).ok(201)
    delete(server, cart_id, made[0], ANNA).ok(204)
    comment(server, cart_id, ANNA).ok(201)


# Where they show, and how they end


def test_guests_never_see_a_comment(shop):
    cart_id, eva = shop.put(cart=carts.plain()), shopper()
    link, inside = shop.link(cart_id), internal(shop, cart_id)
    grant(shop, cart_id, eva).ok(201)
    comment(shop, cart_id, ANNA, "kanarie zwitschert").ok(201)
    for viewer in (None, ANNA, eva):
        for door in (link, inside):
            answers = [shop.shared(door, viewer), shop.page(door, viewer)]
            assert not any(carts.leaks(answer.body) for answer in answers)
    assert not carts.leaks(read(shop, cart_id, ANNA).body)
    assert not carts.leaks(shop.public.get(f"/v1/carts/{cart_id}", KEYS["reader"]).body)


def test_a_locked_or_ordered_cart_is_still_talked_about(shop, cart_id):
    for state in ("locked", "ordered"):
        shop.set_state(cart_id, state)
        assert comment(shop, cart_id, ANNA, state).status == 201


def deleted(shop, cart_id):
    shop.delete(cart_id).ok(204)
    return shop.put(cart_id=cart_id) and ANNA


def transferred(shop, cart_id):
    shop.put(BERT, cart_id=cart_id, transferOwner=True)
    return BERT


def taken_over(shop, cart_id):
    eva = shopper()
    link = internal(shop, cart_id, access="full", within="person", personId=eva.subject, allowTakeOver=True)
    accept(shop, link, eva).ok(201)
    take_over(shop, link, eva).ok()
    return eva


@pytest.mark.parametrize("end", [deleted, transferred, taken_over])
def test_comments_end_with_the_carts_life_on_disk_too(start, end):
    server = start()
    cart_id = server.put()
    comment(server, cart_id, ANNA, "kanarie " * 200).ok(201)
    owner = end(server, cart_id)
    assert texts(server, cart_id, owner) == []
    server.stop()
    assert not any(b"kanarie" in path.read_bytes() for path in server.folder.rglob("*") if path.is_file())


def test_the_audit_says_who_commented_and_not_what(shop, cart_id):
    one = comment(shop, cart_id, ANNA, "kanarie").ok(201)
    delete(shop, cart_id, one, ANNA).ok(204)
    rows = [row for row in audited(shop, cart_id) if row["action"].startswith("comment")]
    assert [(row["actor"], row["action"]) for row in rows] == [(ANNA.subject, "comment.made"), (ANNA.subject, "comment.deleted")]
    assert not carts.leaks(str(rows).encode())


def test_who_left_the_company_says_nothing_more(shop):
    cart_id, person = shop.put(OLGA), somebody()
    enter(shop, person).ok(201)
    grant(shop, cart_id, person, by=OLGA).ok(201)
    comment(shop, cart_id, person).ok(201)
    enter(shop, person, active=False).ok()
    comment(shop, cart_id, person).problem(404, "cart-not-found")
    comments(shop, cart_id, person).problem(404, "cart-not-found")
