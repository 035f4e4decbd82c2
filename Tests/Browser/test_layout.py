# SPDX-License-Identifier: Apache-2.0
"""Narrow screens, large text, print, fingers, and people who don't like movement."""

import pytest

from looks import LANGUAGES, clickable_count, moving, small_targets, sticking_out
from scenes import CARTS, NAMES

NARROW = {"width": 320, "height": 640}
BUTTONS = ["a.open-in-shop", "button.share", "form.accept", "a.log-in", "a.toggle-view"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_sticks_out_at_320_pixels(see, name, language):
    assert sticking_out(see(name, language=language, viewport=NARROW).page) == []


@pytest.mark.parametrize("name", NAMES)
def test_zoomed_to_200_percent_nothing_sticks_out(see, name):
    assert sticking_out(see(name, viewport={"width": 640, "height": 450}, device_scale_factor=2).page) == []


@pytest.mark.parametrize("name", NAMES)
def test_with_text_of_200_percent_nothing_sticks_out(see, name):
    page = see(name, viewport={"width": 640, "height": 450}).page
    size = "() => parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"
    before = page.evaluate(size)
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    assert page.evaluate(size) > before * 1.5
    assert sticking_out(page) == []


@pytest.mark.parametrize("name", NAMES)
def test_fingers_hit_what_can_be_clicked(see, name):
    page = see(name, viewport=NARROW, has_touch=True).page
    assert clickable_count(page) > 0
    assert small_targets(page) == []


@pytest.mark.parametrize("name", CARTS)
def test_print_shows_the_cart_without_buttons(see, name):
    page = see(name).page
    page.emulate_media(media="print", color_scheme="dark")
    for button in BUTTONS:
        assert all(not found.is_visible() for found in page.locator(button).all()), button
    assert all(item.is_visible() for item in page.locator("ul.items > li .name").all())
    assert page.locator(".total").is_visible()
    ink = page.evaluate("() => getComputedStyle(document.querySelector('.name')).color.match(/[0-9.]+/g).slice(0, 3).map(Number)")
    assert max(ink) < 100, "dark text, also where the screen is dark"


@pytest.mark.parametrize("name", NAMES)
def test_nothing_moves_for_those_who_ask_for_less(see, name):
    assert moving(see(name, reduced_motion="reduce").page) == []
