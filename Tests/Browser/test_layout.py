# SPDX-License-Identifier: Apache-2.0
"""Zoom, large text, print, fingers, keyboards, and people who don't like movement: on every page."""

import pytest
from playwright.sync_api import expect

from logins import OLGA, somebody
from looks import clickable_count, moving, small_targets, sticking_out, tab_through
from scenes import CARTS
from together import internal
from visitor import DESKTOP, PHONE

HALF = {"width": DESKTOP["width"] // 2, "height": DESKTOP["height"] // 2}
BUTTONS = "a.open-in-shop, button.share, form.accept, a.log-in, a.toggle-view"


def test_zoomed_to_200_percent_nothing_sticks_out(page):
    """To a page, zoom is a screen of half the size."""
    page.set_viewport_size(HALF)
    assert sticking_out(page) == []


def test_with_text_of_200_percent_nothing_sticks_out(page):
    page.set_viewport_size(HALF)
    size = "() => parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"
    before = page.evaluate(size)
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    assert page.evaluate(size) > before * 1.5
    assert sticking_out(page) == []


def test_fingers_hit_what_can_be_clicked(page):
    page.set_viewport_size(PHONE)
    assert clickable_count(page) > 0
    assert small_targets(page) == []


def test_nothing_moves_for_those_who_ask_for_less(page):
    page.emulate_media(reduced_motion="reduce")
    assert moving(page) == []


@pytest.mark.parametrize("viewport, scheme", [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone", "desktop"])
def test_tab_reaches_everything_in_order_and_visibly(page, viewport, scheme):
    page.set_viewport_size(viewport)
    page.emulate_media(color_scheme=scheme)
    *steps, after = tab_through(page)
    assert [step["index"] for step in steps] == list(range(clickable_count(page))) and steps
    assert after["index"] <= 0, "the focus leaves the page, or begins again"
    for number, step in enumerate(steps):
        assert step["outlined"] and step["inView"], (number, step)
    for earlier, later in zip(steps, steps[1:]):
        assert later["bottom"] > earlier["top"], "never back upwards"


def test_accepting_needs_no_mouse(come, shop):
    page = come(somebody()).open(internal(shop, shop.put(OLGA), OLGA, within="company"))
    page.locator("form.accept > button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("form.accept")).to_have_count(0)


@pytest.mark.parametrize("name", CARTS)
def test_print_shows_the_cart_without_buttons(see, name):
    page = see(name, color_scheme="dark").page
    expect(page.locator(BUTTONS).filter(visible=True)).not_to_have_count(0)
    page.emulate_media(media="print")
    expect(page.locator(BUTTONS).filter(visible=True)).to_have_count(0)
    expect(page.locator("ul.items > li .name").filter(visible=True)).to_have_count(4)
    expect(page.locator(".total")).to_be_visible()
    ink = page.evaluate("() => getComputedStyle(document.querySelector('.name')).color.match(/[0-9.]+/g).slice(0, 3).map(Number)")
    assert max(ink) < 100, "dark text on paper, however the screen is"
