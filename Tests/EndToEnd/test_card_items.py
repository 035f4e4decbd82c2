# SPDX-License-Identifier: Apache-2.0
"""Cards of links whose owner wants products on them."""

import pytest

import carts
from cards import WINDOW, card, english, lines
from logins import ANNA, EVA


def items(*names, **more):
    return [{"id": f"i{n}", "sku": f"SKU-{n}", "name": name, "quantity": 7, "total": 990} | more for n, name in enumerate(names)]


def link(shop, cart):
    return shop.link(shop.put(cart=cart), card="items")


def test_products_and_the_first_ones_picture_are_on_the_card(shop):
    link_ = link(shop, carts.with_canaries())
    shown = card(english(shop, link_).body)
    assert shown["og:description"] == shown["description"] == "2 items: Mug, Cup"
    assert shown["og:image"] == "https://cdn.shop.example/mug.jpg"
    assert shown["og:image:alt"] == "Mug"
    assert "og:image:width" not in shown and "og:image:height" not in shown
    assert shown["og:title"] == "Shared cart – Demo shop"


def test_it_is_the_same_for_everyone(shop):
    link_ = link(shop, carts.with_canaries())
    stranger = lines(english(shop, link_).body)
    for person in [ANNA, EVA]:
        assert lines(english(shop, link_, person).body) == stranger


def test_nothing_else_of_the_cart_is_on_it(shop):
    link_ = link(shop, carts.with_canaries())
    for person in [None, ANNA]:
        text = "\n".join(lines(english(shop, link_, person).body))
        for secret in [*carts.CANARIES, carts.DIGITS, "colour", "1250", "12.50", "MUG-1", link_["cartId"]]:
            assert secret not in text, secret


def test_a_revoked_link_has_the_neutral_card(shop):
    link_ = link(shop, carts.with_canaries())
    shop.revoke(link_)
    page = english(shop, link_).body
    assert card(page)["og:image"] == f"{shop.url}/assets/card.png"
    assert b"Mug" not in page


@pytest.mark.parametrize("image", ["https://evil.example/x.png", "http://cdn.shop.example/x.png", "javascript:alert(1)", None])
def test_a_picture_from_elsewhere_is_not_shown(shop, image):
    shown = card(english(shop, link(shop, carts.plain(items=items("Mug", **({"image": image} if image else {}))))).body)
    assert shown["og:image"] == f"{shop.url}/assets/card.png"
    assert shown["og:image:width"] == "1200"


ODD = {
    "markup": (["</title><script>alert(1)</script>"], "1 item: </title><script>alert(1)</script>"),
    "direction": (["\u202egnp.exe\u202c", "\u2066a\u2069"], "2 items: gnp.exe, a"),
    "controls": (["a\u0007\u0085\nb", "\u200b"], "2 items: a b"),
    "right to left": (["إبريق شاي", "כוס"], "2 items: إبريق شاي, כוס"),
    "emoji": (["👨‍👩‍👧‍👦 ☕"], "1 item: 👨‍👩‍👧‍👦 ☕"),
    "quotes with marks": (['"\u0301 http-equiv=refresh', "<\u0338script>"], "2 items: \"\u0301 http-equiv=refresh, <\u0338script>"),
    "no names": (["", " "], "2 items"),
    "none": ([], "Someone shared a shopping cart with you."),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_carts_have_a_card(shop, name):
    names, description = ODD[name]
    page = english(shop, link(shop, carts.plain(items=items(*names)))).body
    assert card(page)["og:description"] == description
    assert page.count(b"<title>") == 1 and b"<script>alert" not in page


def test_a_long_description_is_cut_between_characters(shop):
    page = english(shop, link(shop, carts.plain(items=items(*["👨‍👩‍👧‍👦 Tea&<\"'" * 30] * 500)))).body
    description = card(page, WINDOW)["og:description"]
    assert description.startswith("500 items: 👨‍👩‍👧‍👦 Tea&<\"'")
    assert description.endswith("…") and "\ufffd" not in description
    # The last character before the dots is a whole one.
    assert not description.rstrip("…").endswith("\u200d")
