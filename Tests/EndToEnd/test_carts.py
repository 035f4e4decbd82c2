# SPDX-License-Identifier: Apache-2.0
"""Carts that a service pushes: versions, owners, states, formats, and what is not JSON."""

import json

import pytest

import carts
from logins import ANNA, EVA, OLGA, Person
from server import KEYS

SERVICE = KEYS["storefront"]


def push(shop, cart_id, body, **headers):
    return shop.public("PUT", f"/v1/carts/{cart_id}", body, SERVICE, {name.replace("_", "-"): value for name, value in headers.items()})


def body(cart=None, owner=ANNA, **rest):
    return {"owner": owner.owner, "cart": cart or carts.plain()} | rest


def test_a_push_makes_a_cart_and_the_next_one_a_new_version(shop):
    made, changed = push(shop, "v-1", body()), push(shop, "v-1", body(carts.plain(name="x")))
    assert (made.status, changed.status) == (201, 200)
    assert made.json["cartId"] == "v-1" and changed.json["version"] > made.json["version"]
    assert made.headers["ETag"] == f'"{made.json["version"]}"'
    read = shop.public.get("/v1/carts/v-1", ANNA.login)
    assert read.headers["ETag"] == changed.headers["ETag"] and read.ok()["version"] == changed.json["version"]
    assert (read.json["state"], read.json["viewer"]["relation"]) == ("open", "owner")
    assert set(read.json) == {"cart", "version", "state", "viewer", "redaction"}


def test_a_stale_push_changes_nothing(shop):
    old = push(shop, "v-2", body()).headers["ETag"]
    now = push(shop, "v-2", body(), If_Match=old)
    assert now.status == 200
    stale = push(shop, "v-2", body(carts.plain(name="stale")), If_Match=old)
    stale.problem(412, "version-differs")
    assert stale.headers["ETag"] == now.headers["ETag"] and stale.json["version"] == now.json["version"]
    assert "name" not in shop.public.get("/v1/carts/v-2", ANNA.login).json["cart"]
    push(shop, "v-new", body(), If_Match='"1"').problem(412, "version-differs")
    assert shop.public.get("/v1/carts/v-new", SERVICE).status == 404


def test_versions_never_repeat(shop):
    first = push(shop, "v-3", body()).json["version"]
    assert shop.delete("v-3").status == 204
    shop.public.get("/v1/carts/v-3", SERVICE).problem(404, "cart-not-found")
    assert push(shop, "v-3", body()).json["version"] > first


def test_an_owner_changes_only_when_told(shop):
    shop.put(ANNA, cart_id="o-1")
    for owner in ({"owner": EVA.owner}, {}, {"owner": Person("anna", "acme", None, "cu-anna").owner}):
        push(shop, "o-1", {"cart": carts.plain(note="new")} | owner).problem(409, "owner-differs")
    assert "note" not in shop.public.get("/v1/carts/o-1", ANNA.login).ok()["cart"]
    assert push(shop, "o-1", body(owner=EVA, transferOwner=True)).status == 200
    shop.public.get("/v1/carts/o-1", ANNA.login).problem(404, "cart-not-found")
    assert shop.public.get("/v1/carts/o-1", EVA.login).status == 200


def test_a_guests_cart_shows_personal_data_to_nobody_and_takes_a_first_owner(shop):
    cart_id = shop.put(None, carts.with_canaries())
    shop.public.get(f"/v1/carts/{cart_id}", ANNA.login).problem(404, "cart-not-found")
    assert "customer" not in shop.public.get(f"/v1/carts/{cart_id}", SERVICE).ok()["cart"]
    assert push(shop, cart_id, body(owner=ANNA)).status == 200
    assert shop.public.get(f"/v1/carts/{cart_id}", ANNA.login).status == 200


def test_a_company_cart_belongs_to_one_company_user(shop):
    cart_id = shop.put(OLGA)
    for other in (Person("olga"), Person("olga", "acme", "sales", "cu-2"), Person("olga", "acme", "sales"), Person("cu-olga")):
        shop.public.get(f"/v1/carts/{cart_id}", other.login).problem(404, "cart-not-found")
    push(shop, "o-2", {"owner": {"userId": "olga", "companyId": "acme"}, "cart": carts.plain()}).problem(422, "invalid-input")


def test_a_person_lists_their_own_carts(shop):
    lena = Person("lena")
    ids = [shop.put(lena, carts.plain(name=f"list {number}")) for number in range(3)]
    shop.put(EVA)
    listed, cursor = [], ""
    while cursor is not None:
        page = shop.public.get(f"/v1/carts?cursor={cursor}" if cursor else "/v1/carts", lena.login).ok()
        listed, cursor = listed + page["carts"], page.get("nextCursor")
    assert sorted(cart["cartId"] for cart in listed) == sorted(ids)
    assert all((cart["access"], cart["state"]) == ("owner", "open") and cart["version"] and cart["updatedAt"] for cart in listed)
    assert {cart["name"] for cart in listed} == {"list 0", "list 1", "list 2"}


def test_states_are_open_locked_and_ordered(shop):
    cart_id = shop.put()
    for state in ("locked", "open", "ordered"):
        shop.set_state(cart_id, state)
        assert shop.public.get(f"/v1/carts/{cart_id}", ANNA.login).ok()["state"] == state
    for wrong in ("closed", "Open", None, 1):
        shop.public("PUT", f"/v1/carts/{cart_id}/state", {"state": wrong}, SERVICE).invalid("/state")
    shop.public("PUT", "/v1/carts/nothing/state", {"state": "open"}, SERVICE).problem(404, "cart-not-found")


def test_an_order_form_is_projected_too(shop):
    cart_id = shop.put(ANNA, carts.order_form(), format="vtex-orderform")
    link = shop.link(cart_id)
    guest = shop.shared(link)
    assert guest.ok()["cart"]["items"][0]["name"] == "Mug" and guest.json["cart"]["items"][0]["quantity"] == 2
    assert carts.leaks(guest.everything) == [] and carts.leaks(shop.page(link).everything) == []
    assert (
        not {"clientProfileData", "shippingData", "paymentData", "orderFormId", "userProfileId", "customData"} & guest.json["cart"].keys()
    )
    assert "*" not in json.dumps(guest.json["cart"])
    own = shop.shared(link, ANNA).ok()["cart"]
    assert own["clientProfileData"]["firstName"] == "Kanarie"
    assert "5550917364" not in json.dumps(own.get("paymentData", {}))
    service = shop.public.get(f"/v1/carts/{cart_id}", SERVICE)
    assert (
        not service.ok()["cart"].get("clientProfileData")
        and carts.leaks(json.dumps(service.json["cart"].get("paymentData")).encode()) == []
    )


DEEP = "[" * 63 + "]" * 63
BROKEN = {
    "cut off": '{"cart":{"currency":"EUR"',
    "nothing": "",
    "trailing comma": '{"cart":{"a":1,}}',
    "two values": '{"cart":{}}{}',
    "comment": '{"cart":{}/**/}',
    "single quotes": "{'cart':{}}",
    "NaN": '{"cart":{"x":NaN}}',
    "leading zero": '{"cart":{"x":01}}',
    "plus": '{"cart":{"x":+1}}',
    "bare point": '{"cart":{"x":1.}}',
    "control character": '{"cart":{"x":"a\nb"}}',
    "bad escape": '{"cart":{"x":"\\x41"}}',
    "lone surrogate": '{"cart":{"x":"\\ud800"}}',
    "byte order mark": '\ufeff{"cart":{}}',
    "duplicate": '{"cart":{"note":"a","note":"b"}}',
    "escaped duplicate": '{"cart":{"note":1,"n\\u006fte":2}}',
    "duplicate in a dropped part": '{"cart":{"zz":[{"a":1,"a":2}]}}',
    "duplicate at the top": '{"cart":{},"cart":{}}',
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_what_is_not_json_is_refused(shop, text):
    # What doesn't even begin as an object is no JSON request at all.
    push(shop, "broken", text.encode()).problem(400, "malformed-json", *([] if text.startswith("{") else ["malformed-request"]))
    assert shop.public.get("/v1/carts/broken", SERVICE).status == 404


@pytest.mark.parametrize(
    "text", [b'{"cart":{"x":"\xff"}}', b'{"cart":{"x":"\xc0\x80"}}', b'{"cart":{"x":"\xed\xa0\x80"}}', '{"cart":{}}'.encode("utf-16")]
)
def test_what_is_not_utf8_is_refused(shop, text):
    push(shop, "broken", text).problem(400, "malformed-json", *([] if text.startswith(b"{") else ["malformed-request"]))


def test_depth_and_size_have_bounds(shop):
    assert (
        push(
            shop, "deep", f'{{"owner":{{"userId":"anna"}},"cart":{{"currency":"EUR","items":[],"zz":{"[" * 50 + "]" * 50}}}}}'.encode()
        ).status
        == 201
    )
    assert push(shop, "deeper", f'{{"cart":{{"zz":{"[" * 70 + "]" * 70}}}}}'.encode()).status in (400, 422)
    assert push(shop, "deepest", f'{{"cart":{"[" * 100_000}'.encode()).status in (400, 422)
    assert push(shop, "large", body(carts.plain(zz="x" * 1_900_000))).status == 201
    push(shop, "larger", body(carts.plain(zz="x" * 2_200_000))).problem(413, "too-large")
    assert shop.public.get("/v1/carts/larger", SERVICE).status == 404


WRONG = [
    ({"cart": []}, "/cart"),
    ({"cart": "x"}, "/cart"),
    ({"cart": None}, "/cart"),
    ({"format": "xml"}, "/format"),
    ({"format": 1}, "/format"),
    ({"owner": "anna"}, "/owner"),
    ({"owner": {"userId": 7}}, "/owner/userId"),
    ({"owner": {}}, "/owner/userId"),
    ({"owner": {"userId": "a b"}}, "/owner/userId"),
    ({"owner": {"userId": "x" * 129}}, "/owner/userId"),
    ({"owner": {"userId": "anna", "role": "x"}}, "/owner/role"),
    ({"owner": {"userId": "../x"}}, "/owner/userId"),
    ({"transferOwner": "yes"}, "/transferOwner"),
    ({"version": 3}, "/version"),
]


@pytest.mark.parametrize("fields, pointer", WRONG, ids=lambda value: str(value)[:50])
def test_a_wrong_field_is_named_and_changes_nothing(shop, fields, pointer):
    push(shop, "wrong", body() | fields).invalid(pointer)
    assert shop.public.get("/v1/carts/wrong", SERVICE).status == 404


def test_a_push_needs_a_cart_and_an_object(shop):
    push(shop, "wrong", {"owner": ANNA.owner}).invalid("/cart")
    for other in (b"[]", b"1", b"null", b'"cart"'):
        answer = push(shop, "wrong", other)
        assert answer.problem(answer.status)["code"] in ("invalid-input", "malformed-request", "malformed-json")


@pytest.mark.parametrize("cart_id", [".hidden", "-x", "a%20b", "a%2fb", "..%2f..%2fetc", "x" * 129, "%00", "a:b", "%F0%9F%9B%92", "a;b"])
def test_an_id_is_plain_text(shop, cart_id):
    assert push(shop, cart_id, body()).problem(push(shop, cart_id, body()).status)["code"] in (
        "invalid-input",
        "cart-not-found",
        "not-found",
        "malformed-request",
    )


def test_ids_may_use_the_whole_alphabet(shop):
    for cart_id in ("A.b_c~d-9", "9", "x" * 128):
        assert push(shop, cart_id, body()).status in (200, 201)


def test_an_object_where_text_was_expected_is_dropped(shop):
    cart = carts.plain(currency={"kanarie": 1}, totals={"items": {"kanarie": 5550917364}})
    cart["items"][0] |= {"name": {"first": "kanarie"}, "sku": ["kanarie"], "options": {"engraving": {"text": "kanarie"}}}
    answer = shop.shared(shop.link(shop.put(cart=cart)))
    assert answer.status == 200 and carts.leaks(answer.everything) == []


def test_an_escaped_key_is_the_same_key(shop):
    cart = (
        json.dumps(carts.with_canaries())
        .replace('"email"', '"\\u0065mail"')
        .replace('"customer"', '"custom\\u0065r"')
        .replace('"sku"', '"\\u0073ku"')
    )
    push(shop, "escaped", ('{"owner":{"userId":"anna"},"cart":' + cart + "}").encode()).ok(200, 201)
    answer = shop.shared(shop.link("escaped"))
    assert answer.ok()["cart"] == carts.for_guests()
