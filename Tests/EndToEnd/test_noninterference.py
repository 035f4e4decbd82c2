# SPDX-License-Identifier: Apache-2.0
"""Two carts that differ only in what is withheld are one cart to a stranger: every byte, header and length of every answer is the same."""

import json
import re
import time
from random import Random

import pytest

from formats import CARTLINK, FORMATS, VTEX
from logins import ANNA, EVA, OLGA, Person
from policies import with_policy_lines
from seeded_carts import personalised, text
from server import KEYS

VOLATILE = {"date", "x-request-id"}
by_name = dict(ids=str)


def push(server, cart_id, format, document, owner=ANNA):
    """Pushes the text of a cart as it is."""
    frame = json.dumps({"owner": owner.owner, "format": format.name, "cart": 0}).encode()
    body = frame.replace(b'"cart": 0', b'"cart":' + document.encode())
    return server.public("PUT", f"/v1/carts/{cart_id}", body, KEYS["storefront"])


def told(answer):
    """All of an answer but its date and number, the headers in their order."""
    return answer.status, [pair for pair in answer.headers.items() if pair[0].lower() not in VOLATILE], answer.body


def told_to_strangers(server, link, known=None):
    """What a stranger gets through a link: its first answers, or, with what another cart gave, what has changed since."""
    answers, paths = [], [f"/v1/shared/{link['token']}", f"/s/{link['token']}"]
    for path in paths:
        answers += [
            server.public.get(path),
            server.public("HEAD", path),
            server.public.get(path, Accept_Encoding="gzip, br", Range="bytes=0-99", Accept_Language="es"),
        ]
    before = (known or answers)[0], (known or answers)[3]
    answers += [server.public.get(path, If_None_Match=old.headers["ETag"]) for path, old in zip(paths, before)]
    return [*answers, server.shared(link, EVA)]


def differences(server, link, format, seeds, cart_id):
    """The seeds for which two carts could be told apart, as they are found."""
    for seed in seeds:
        random = Random(f"{format.name} {seed}")
        public = format.public(random)
        push(server, cart_id, format, text(public, random)).ok(200, 201)
        bare = told_to_strangers(server, link)
        assert [answer.status for answer in bare] == [200, 200, 206] * 2 + [304, 304, 200]
        for _ in range(2):
            push(server, cart_id, format, text(personalised(format, public, random), random)).ok(200)
            if [told(answer) for answer in told_to_strangers(server, link, bare)] != [told(answer) for answer in bare]:
                yield seed


@pytest.mark.parametrize("format", FORMATS, **by_name)
def test_withheld_data_changes_no_byte_of_what_a_stranger_gets(shop, format):
    link = shop.link(shop.put(cart=format.public(Random(0)), format=format.name))
    assert list(differences(shop, link, format, range(40), link["cartId"])) == []


@pytest.mark.parametrize("format", FORMATS, **by_name)
def test_a_stranger_gets_all_of_the_public_part_in_its_order(shop, format):
    """Without this the comparisons above could hold for empty answers."""
    for seed in range(10):
        random = Random(seed)
        public = format.public(random)
        cart = personalised(format, public, random)
        link = shop.link(shop.put(cart=cart, format=format.name))
        assert json.dumps(shop.shared(link).ok()["cart"]) == json.dumps(public)


def test_headers_come_in_one_order(shop):
    """An order that depends on the memory depends on the size of what is withheld, which a stranger could measure."""
    link = shop.link()
    for path in (f"/v1/shared/{link['token']}", f"/s/{link['token']}"):
        assert len({tuple(shop.public.get(path).headers.keys()) for _ in range(60)}) == 1


# One line of a policy that would let something out: a value, a value in an object, a list's length, or only that something is there.
LEAKY = [
    (CARTLINK, "note.**", "note.** public show show show"),
    (CARTLINK, "items[].note.**", "items[].note.** public scrub scrub show"),
    (CARTLINK, "totals.tax", "totals.tax public show show show"),
    (CARTLINK, None, "customer.segment public show show show"),
    (CARTLINK, "coupons.**", "coupons[].value public show show show"),
    (VTEX, "items[].priceTags[].name", "items[].priceTags[].name public show show show"),
    (VTEX, "shippingData.address.country", "shippingData.address.country public show show show"),
    (VTEX, "messages[].code", "messages[].code public show show show"),
]


@pytest.mark.parametrize("format, path, line", LEAKY, ids=lambda value: value if isinstance(value, str) and " " in value else "")
def test_a_policy_that_lets_something_out_is_noticed(start, tmp_path, format, path, line):
    server = start({"carts": {"policies": with_policy_lines(tmp_path / "policies", format.name, {path: line})}})
    link = server.link(server.put(cart=format.public(Random(0)), format=format.name))
    assert next(differences(server, link, format, range(10), link["cartId"]), None) is not None


OWNERS = [ANNA, OLGA, Person("u" * 120), Person("7", "c", "b", "x"), Person("x", "kanarie-company", None, "erika.muster")]


@pytest.mark.parametrize("format", FORMATS, **by_name)
def test_carts_of_other_owners_with_another_past_are_told_apart_by_nothing_but_the_token(shop, format):
    random = Random(format.name)
    public = format.public(random)
    expires = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 86_400))
    seen = set()
    for past, owner in enumerate(OWNERS):
        cart_id = "c" * random.randint(1, 100) + f"-{format.name}-{past}"
        for _ in range(past + 1):
            push(shop, cart_id, format, text(personalised(format, public, random), random), owner).ok(200, 201)
        external, internal = (
            shop.link(cart_id, owner, expiresAt=expires, showPrices=True, label="for " + "you" * past, **fields)
            for fields in ({}, {"audience": "internal", "within": "shop"})
        )
        answers = told_to_strangers(shop, external)
        for viewer in (None, EVA):
            answers += [shop.shared(internal, viewer), shop.page(internal, viewer)]
        seen.add(tokenless(answers, external, internal))
    assert len(seen) == 1


def tokenless(answers, *links):
    """The answers as one text, without tokens; an entity tag is a hash of the page and so of the token in it."""
    pages, texts = [], []
    for answer in answers:
        status, headers, body = told(answer)
        assert (status, "problem" in answer.headers.get("Content-Type", "")) in {(200, False), (206, False), (304, False), (401, True)}
        is_page = "Content-Language" in answer.headers
        headers = [pair for pair in headers if not (is_page and pair[0].lower() == "etag")]
        said = repr((status, headers, body if status < 400 else answer.without_request_id()))
        (pages if is_page else texts).append(said)
    for link in links:
        assert not any(link["token"] in said for said in texts)
        pages = [page.replace(link["token"], "TOKEN") for page in pages]
    # The form that accepts a link holds a token of its own for each person and link.
    pages = [re.sub(r'name="form" value="\w{22}"', 'name="form"', page) for page in pages]
    return "\n".join(texts + pages)


SHIPPING = {"id": "Shipping", "name": "Shipping", "value": 490}
SUMS = [
    (CARTLINK, "totals", {"shipping": 490, "grand": 2990}, {"shipping": 1490, "tax": 399, "grand": 3990}),
    (CARTLINK, "totals", {"discount": -100, "grand": 2400}, {}),
    (CARTLINK, "", {"coupons": ["ERIKA-5"]}, {"coupons": []}),
    (VTEX, "", {"value": 2990}, {"value": 3990, "marketingData": {"coupon": "ERIKA-5"}}),
    (VTEX, "totalizers", [SHIPPING], [{"id": "Tax", "name": "Tax", "value": 399}, SHIPPING | {"value": 0}]),
    (VTEX, "totalizers", [{"id": "Discounts", "name": "Discounts", "value": -100}], []),
    (VTEX, "", {"shippingData": {"logisticsInfo": [{"itemIndex": 0, "slas": [{"id": "Post", "price": 490}]}]}}, {"shippingData": None}),
    (VTEX, "items", {"tax": 19, "priceTags": [{"name": "discount@price-1", "value": -5}]}, {"tax": 0, "priceTags": []}),
]


@pytest.mark.parametrize("format, place, one, other", SUMS, ids=str)
def test_shipping_tax_discount_and_coupons_tell_a_stranger_nothing(shop, format, place, one, other):
    link, seen = None, []
    for members in (one, other):
        cart = format.public(Random(1))
        holder = cart[place] if place else cart
        holder = holder[0] if place == "items" else holder
        holder.extend(members) if isinstance(holder, list) else holder.update(members)
        cart_id = shop.put(cart=cart, format=format.name, cart_id=link and link["cartId"])
        link = link or shop.link(cart_id)
        seen.append([told(answer) for answer in told_to_strangers(shop, link)])
    assert seen[0] == seen[1]


BROKEN = {
    "too deep": "[" * 70 + "]" * 70,
    "duplicate key": '{"email":"a","e\\u006dail":"b"}',
    "lone surrogate": '"\\ud83d"',
    "number": "01",
    "cut off": '{"email":"erika@muster.example"',
}


@pytest.mark.parametrize("fault", BROKEN)
@pytest.mark.parametrize("format", FORMATS, **by_name)
def test_a_fault_in_a_withheld_part_is_refused_when_pushed_and_no_view_fails(shop, format, fault):
    public = format.public(Random(2))
    link = shop.link(shop.put(cart=public, format=format.name))
    before = told(shop.shared(link))
    for name in ("unknown", "note", "openTextField"):
        document = json.dumps(public)[:-1] + f',"{name}":{BROKEN[fault]}' + "}"
        problem = push(shop, link["cartId"], format, document)
        assert problem.problem(problem.status)["code"] in ("malformed-json", "invalid-input") and b"muster" not in problem.body
    assert told(shop.shared(link)) == before
