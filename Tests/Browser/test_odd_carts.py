# SPDX-License-Identifier: Apache-2.0
"""Five hundred lines, other directions of writing, endless words, emoji, and names that would rather be markup."""

import pytest
from playwright.sync_api import expect

import baskets
from looks import sticking_out, violations
from visitor import DESKTOP, PHONE


@pytest.fixture
def odd(come, shop):
    def odd(name, **options):
        return come(**options).open(shop.link(shop.put(cart=baskets.ODD[name]())))

    return odd


@pytest.mark.parametrize("viewport", [{"width": 320, "height": 640}, PHONE, DESKTOP], ids=["narrow", "phone", "desktop"])
@pytest.mark.parametrize("name", baskets.ODD)
def test_nothing_sticks_out(odd, name, viewport):
    assert sticking_out(odd(name, viewport=viewport)) == []


@pytest.mark.parametrize("name", [name for name in baskets.ODD if name != "long"])
def test_axe_finds_nothing(odd, name):
    assert violations(odd(name)) == []


def test_names_are_text_whatever_they_hold(odd):
    page = odd("hostile")
    assert page.title() != "broken in"
    expect(page.locator(".name").first).to_have_text(baskets.SCRIPT)
    expect(page.locator(".name").nth(1)).to_have_text("{{name}} {{{name}}} &amp; <b>bold</b>")
    assert page.locator("main img").count() == 0


def test_each_name_reads_in_its_own_direction(odd):
    page = odd("right-to-left")
    directions = page.locator(".name").evaluate_all(
        "names => names.map(name => getComputedStyle(name).direction)"
    )
    assert directions == ["rtl", "rtl", "ltr"]
    assert page.locator(".price").first.inner_text().count("€25.00") == 1
    assert page.evaluate("() => getComputedStyle(document.documentElement).direction") == "ltr"


def test_emoji_stay_whole(odd):
    expect(odd("emoji").locator(".name").first).to_have_text(baskets.FAMILY)


def test_an_empty_cart_says_so(odd):
    page = odd("empty")
    expect(page.locator("ul.items > li")).to_have_count(0)
    assert page.locator("main").inner_text().count("\n") >= 2


def test_long_carts_show_every_line_or_say_how_many_more(odd):
    page = odd("long")
    shown = page.locator("ul.items > li").count()
    assert shown == 500 or (shown >= 100 and str(500 - shown) in page.locator("main").inner_text())
