# SPDX-License-Identifier: Apache-2.0
"""A detector of personal data finds none in what strangers get of some hundreds of carts full of it."""

import html
import re
from random import Random

import pytest

import personal_data
from formats import CARTLINK, FORMATS, VTEX
from logins import BERT, OLGA
from personal_data import ACCOUNTS, CARDS, PHONES, STREETS, in_document, person, sentence
from policies import with_policy_lines
from seeded_carts import objects, put_in

CLEAN = ["red", "XL", "EU 42", "2,5 m", "256 GB", "38 39 40 41", "Ø 12 cm", "2026-03-31", "SKU 1234567890", "4006381333931", "12.50", "✓"]
by_name = dict(ids=str)


def typed(random):
    """What shoppers type where they are let: text, lists of it, and as names of members."""
    texts = [f"{person(random)}, {sentence(random)}" for _ in range(3)]
    return random.choice([texts[0], texts, {texts[0]: texts[1]}, {"deep": [{"x": texts}]}])


def full_of_people(format, random):
    """A cart with people in all places withheld from members too, and for `cartlink` in the two texts that are shown scrubbed."""
    cart = format.public(random)
    for place, names in format.withheld.items():
        for holder in objects(cart, place, random):
            kept = [name.removesuffix("[]") for name in names.split() if f"{place}.{name}" not in format.for_members]
            put_in(holder, {name: typed(random) for name in kept if name not in holder and random.random() < 0.7}, random)
    if format is CARTLINK:
        cart["name"] = sentence(random)
        for number, item in enumerate(cart["items"]):
            item["options"] = {"size": random.choice(CLEAN), "text": sentence(random), sentence(random): "x"}
            item["id"] = str(number)
    return cart


def shown(page):
    """The text of a page, without its tags and without the shop's own address."""
    return html.unescape(re.sub(r"<[^>]*>", "\n", page.body.decode()))


def people_found(server, format, seeds):
    cart_id = server.put(OLGA, format.public(Random(0)), format=format.name)
    external = server.link(cart_id, OLGA, showPrices=True)
    internal = server.link(cart_id, OLGA, audience="internal", within="company")
    for seed in seeds:
        cart = full_of_people(format, Random(f"{format} {seed}"))
        server.put(OLGA, cart, cart_id, format=format.name)
        guest, member = server.shared(external).ok(), server.shared(internal, BERT).ok()
        assert member["viewer"]["relation"] == "member" and len(guest["cart"][format.lines]) == len(cart[format.lines])
        hits = in_document(guest) + in_document(member) + personal_data.personal_data(shown(server.page(external)))
        yield seed, hits, guest["cart"], cart


@pytest.mark.parametrize("format", FORMATS, **by_name)
def test_no_personal_data_is_found_in_what_others_than_the_owner_get(shop, format):
    found = {seed: hits for seed, hits, _, _ in people_found(shop, format, range(150)) if hits}
    assert found == {}


def test_options_that_hold_no_personal_data_stay_as_they_are(shop):
    for _, _, shown_cart, cart in people_found(shop, CARTLINK, range(20)):
        assert [item["options"]["size"] for item in shown_cart["items"]] == [item["options"]["size"] for item in cart["items"]]


TOUCHED = ["“{}”", "«{}»", "–{}–", "📞{}", "\u00a0{}\u00a0", "\u200b{}\u200b"]
SPELLED = {
    "full-width card": "４１１１ １１１１ １１１１ １１１１",
    "Arabic-Indic card": "٤١١١ ١١١١ ١١١١ ١١١١",
    "card with zero-width spaces": "4111\u200b1111\u200b1111\u200b1111",
    "card with no-break spaces": "4111\u00a01111\u00a01111\u00a01111",
    "card with underscores": "4111_1111_1111_1111",
    "phone with no-break spaces": "+49\u00a030\u00a023125\u00a0014",
    "account with no-break spaces": "DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000",
    "obfuscated e-mail": "kim (at) mail.example",
    "more obfuscated e-mail": "kim [at] mail (dot) example",
    "full-width at sign": "kim＠mail.example",
    "URL with a token": "https://h.example/reset?token=abcdef0123456789",
}
PIECES = ["kim@mail.example", PHONES[0], PHONES[4], CARDS[0], ACCOUNTS[0], ACCOUNTS[1], STREETS[0], STREETS[2], STREETS[4]]
HIDDEN = {frame: [frame.format(piece) for piece in PIECES] for frame in TOUCHED} | {name: [text] for name, text in SPELLED.items()}


@pytest.mark.parametrize("name", HIDDEN, ids=ascii)
def test_signs_and_digits_outside_ascii_hide_nothing(shop, name):
    cart = CARTLINK.public(Random(1))
    cart["items"] = [cart["items"][0] | {"id": str(number), "options": {"text": text}} for number, text in enumerate(HIDDEN[name])]
    items = shop.shared(shop.link(shop.put(cart=cart))).ok()["cart"]["items"]
    assert [item["options"]["text"] for item in items if item["options"]["text"] in HIDDEN[name]] == []


LEAKY = [
    (CARTLINK, "items[].options.*", "items[].options.* public show show show"),
    (CARTLINK, "items[].note.**", "items[].note.** public scrub scrub show"),
    (CARTLINK, "name", "name opaque drop show show"),
    (VTEX, "openTextField.**", "openTextField.** public show show show"),
    (VTEX, "customData.customApps[].fields.**", "customData.customApps[].fields.** public scrub scrub show"),
]


@pytest.mark.parametrize("format, path, line", LEAKY, ids=str)
def test_the_detector_finds_what_a_careless_policy_lets_out(start, tmp_path, format, path, line):
    server = start({"carts": {"policies": with_policy_lines(tmp_path / "policies", format.name, {path: line})}})
    assert any(hits for _, hits, _, _ in people_found(server, format, range(20)))


def test_the_detector_knows_every_kind_and_takes_nothing_else_for_one():
    seen = {kind for seed in range(300) for kind, _ in personal_data.personal_data(sentence(Random(seed)))}
    assert seen == {"e-mail", "phone", "street", "user in URL", "card", "account"}
    assert all(personal_data.personal_data(sentence(Random(seed))) for seed in range(300))
    assert personal_data.personal_data(person(Random(1))) != []
    assert [text for text in CLEAN if personal_data.personal_data(text)] == []
