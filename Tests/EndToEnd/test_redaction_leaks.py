# SPDX-License-Identifier: Apache-2.0
"""A mark in every withheld field of every format: where it turns up, in any spelling, and where it must not."""

import json
from random import Random

import pytest

import carts
from formats import CARTLINK, FORMATS, VTEX
from logins import ANNA, BERT, CARL, EVA, OLGA
from policies import with_policy_lines
from seeded_carts import SHAPES, marked, with_other_shapes, with_unknown_members
from server import KEYS

by_name = dict(ids=str)


def found(marks, *said):
    """The paths whose marks were said: whole in any spelling, or their first six letters; of numbers also the digits alone."""
    data = joined(said)
    lower, digits = data.lower(), bytes(byte for byte in data if byte not in b" .,-_/()+\n\r\t")
    hits = {mark for mark in marks if (mark.encode() in digits if mark.isdigit() else mark[:6].encode() in lower)}
    return found_whole(marks, data) | {marks[mark] for mark in hits}


def found_whole(marks, *said):
    """Only the whole marks: among many that are rightly there, six letters of another can turn up by chance."""
    return {marks[mark] for mark in carts.leaks(joined(said), marks)}


def joined(said):
    return b"\n".join(one if isinstance(one, bytes) else one.everything for one in said)


def is_beneath(path, tops):
    return any(path == top or path.startswith((top + ".", top + "[")) for top in tops.split())


def shared(shop, format, cart):
    """An external link to Olga's cart, and one for her unit."""
    cart_id = shop.put(OLGA, cart, format=format.name)
    links = [shop.link(cart_id, OLGA, showPrices=True), shop.link(cart_id, OLGA, audience="internal", within="business-unit")]
    return cart_id, *links


def told_to_guests(shop, external, internal):
    answers = [shop.shared(external), shop.page(external), shop.shared(external, EVA), shop.shared(external, CARL)]
    answers += [shop.public("HEAD", f"/{path}/{external['token']}") for path in ("s", "v1/shared")]
    answers += [shop.page(external, Accept_Language="es"), shop.shared(external, If_None_Match=answers[0].headers["ETag"])]
    assert {answer.status for answer in answers} == {200, 304}
    return [*answers, shop.shared(internal), shop.page(internal), shop.shared(internal, CARL), shop.page(internal, CARL)]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("format", FORMATS, **by_name)
def test_withheld_fields_reach_nobody_whom_they_are_withheld_from(shop, format, shape):
    cart, marks = marked(format, Random(f"{format} {shape}"), shape)
    cart_id, external, internal = shared(shop, format, cart)

    assert found(marks, *told_to_guests(shop, external, internal)) == set()
    for_members = found(marks, *(shop.shared(link, BERT) for link in (external, internal)), shop.page(internal, BERT))
    assert shop.shared(internal, BERT).ok()["viewer"]["relation"] == "member"
    own = found_whole(marks, shop.shared(external, OLGA), shop.public.get(f"/v1/carts/{cart_id}", OLGA.login))
    assert {path for path in own if is_beneath(path, format.from_everybody)} == set()
    assert for_members <= format.for_members
    if shape == "text":
        # That all the rest arrives shows that the marks are where they should be, and that the search finds them.
        assert for_members == format.for_members
        assert own == {path for path in marks.values() if not is_beneath(path, format.from_everybody)}


@pytest.mark.parametrize("format", FORMATS, **by_name)
def test_withheld_fields_are_on_no_other_way_out(shop, format):
    """Resolving, administration, the audit, errors about the cart, metrics, log and output."""
    cart, marks = marked(format, Random(f"{format} others"), "text")
    cart_id, external, internal = shared(shop, format, cart)
    told_to_guests(shop, external, internal)
    key, document = KEYS["storefront"], json.dumps({"owner": OLGA.owner, "format": format.name, "cart": cart})
    path = f"/v1/carts/{cart_id}"
    answers = [
        shop.resolve(external),
        shop.resolve(internal, BERT),
        shop.public.get(path, BERT.login),
        shop.public.get(path),
        shop.public.get("/v1/carts", BERT.login),
        shop.administer("GET", f"links?cartId={cart_id}"),
        shop.administer("POST", "inspect", {"url": external["url"]}),
        shop.administer("GET", f"audit?cartId={cart_id}"),
        shop.admin.get("/admin/v1/audit?limit=200", KEYS["ops"], Accept="application/x-ndjson"),
        shop.admin.get("/metrics"),
    ]
    errors = [
        shop.public("PUT", path, document[: len(document) * 2 // 3].encode(), key),
        shop.public("PUT", path, document.replace('"cart"', '"cart":0,"cart"', 1).encode(), key),
        shop.public("PUT", path, document.replace(format.name, "x").encode(), key),
        shop.public("PUT", path, (document[:-2] + f',"x":{"[" * 70 + "]" * 70}}}}}').encode(), key),
        shop.public("PUT", path, {"owner": ANNA.owner, "format": format.name, "cart": cart}, key),
        shop.public("PUT", path, document.encode(), key, {"If-Match": '"1"'}),
        shop.public("PUT", path, {"cart": cart} | cart, key),
        shop.public("PUT", path, document.encode(), KEYS["reader"]),
        shop.public("POST", "/v1/resolve", cart, key),
        shop.public("POST", f"{path}/links", cart, OLGA.login),
        shop.public("PUT", f"{path}/state", cart, key),
    ]
    assert [error.status for error in errors] == [400, 400, 422, 400, 409, 412, 422, 403, 422, 422, 422]
    assert found(marks, *answers, *errors) == set()
    assert found(marks, shop.log.read_bytes(), shop.output.read_bytes()) == set()


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("format", FORMATS, **by_name)
def test_a_new_field_is_shown_to_nobody_wherever_it_comes(shop, format, shape):
    cart, marks = with_unknown_members(format, Random(f"{format} {shape}"), shape)
    assert {path.removesuffix(".?") for path in marks.values()} >= {"", f"{format.lines}[]"}
    cart_id, external, internal = shared(shop, format, cart)
    assert found(marks, *told_to_guests(shop, external, internal), shop.shared(internal, BERT)) == set()
    own = [shop.shared(external, OLGA), shop.public.get(f"/v1/carts/{cart_id}", OLGA.login)]
    assert found(marks, *own) <= format.open_to_owner
    service = shop.public.get(f"/v1/carts/{cart_id}", KEYS["reader"])
    assert found(marks, json.dumps(service.ok()["cart"]).encode()) <= format.open_to_owner


@pytest.mark.parametrize("shape", ["list", "object", "text"])
@pytest.mark.parametrize("format", FORMATS, **by_name)
def test_a_value_of_another_shape_is_shown_to_nobody(shop, format, shape):
    cart, marks = with_other_shapes(format, Random(f"{format} {shape}"), shape)
    assert marks
    cart_id, external, internal = shared(shop, format, cart)
    answers = [shop.shared(external, OLGA), shop.shared(internal, BERT), shop.page(external, OLGA)]
    assert found(marks, *told_to_guests(shop, external, internal), *answers) == set()


LEAKY = [
    (CARTLINK, "custom.**", "custom.giftMessage public show show show", "custom.giftMessage"),
    (CARTLINK, "items[].personalisation.**", "items[].personalisation.* public show show show", "items[].personalisation.text"),
    (VTEX, "shippingData.logisticsInfo[].slas[].pickupDistance", "shippingData.logisticsInfo[].slas[].* public show show show", None),
    (VTEX, "marketingData.coupons.**", "marketingData.coupons[] public scrub scrub show", "marketingData.coupons[]"),
]


@pytest.mark.parametrize("format, path, line, expected", LEAKY, ids=str)
def test_the_search_finds_what_a_careless_policy_lets_out(start, tmp_path, format, path, line, expected):
    server = start({"carts": {"policies": with_policy_lines(tmp_path / "policies", format.name, {path: line})}})
    cart, marks = marked(format, Random(1), "text")
    hits = found(marks, *told_to_guests(server, *shared(server, format, cart)[1:]))
    assert (expected or "shippingData.logisticsInfo[].slas[].pickupDistance") in hits


@pytest.mark.parametrize("spelled", [
    lambda mark: mark.upper(),
    lambda mark: mark[::-1],
    lambda mark: mark[:6],
    lambda mark: mark.encode().hex(),
    lambda mark: "".join(f"%{ord(letter):02X}" for letter in mark),
    lambda mark: "".join(f"\\u{ord(letter):04x}" for letter in mark),
])
def test_the_search_finds_every_spelling(spelled):
    assert found({"bcdfghjkqvwxzb": "here"}, f"Mug {spelled('bcdfghjkqvwxzb')} Cup".encode()) == {"here"}
    assert found({"bcdfghjkqvwxzb": "here", "12345678901234": "here"}, b"Mug bcdfg Cup 1234567890-123 zvwx") == set()
    assert found({"12345678901234": "here"}, b"(12345) 678 901.234") == {"here"}
