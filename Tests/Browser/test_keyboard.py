# SPDX-License-Identifier: Apache-2.0
"""Everything is reached by Tab, in the order of reading, and one sees where one is."""

import pytest
from playwright.sync_api import expect

from logins import OLGA, somebody
from looks import clickable_count, tab_through
from scenes import NAMES
from together import internal
from visitor import DESKTOP, PHONE


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", NAMES)
def test_tab_reaches_everything_in_order_and_visibly(see, name, viewport):
    page = see(name, viewport=viewport).page
    *steps, after = tab_through(page)
    assert [step["index"] for step in steps] == list(range(clickable_count(page))) and steps
    assert after["index"] <= 0, "the focus leaves the page, or begins again"
    for number, step in enumerate(steps):
        assert step["outlined"] and step["inView"], (number, step)
    for earlier, later in zip(steps, steps[1:]):
        assert later["bottom"] > earlier["top"], "never back upwards"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_shows_in_both_schemes(see, scheme):
    page = see("stranger", color_scheme=scheme).page
    assert all(step["outlined"] for step in tab_through(page)[:-1])


def test_accepting_needs_no_mouse(come, shop):
    link = internal(shop, shop.put(OLGA), OLGA, within="company")
    page = come(somebody()).open(link)
    page.locator("form.accept > button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("form.accept")).to_have_count(0)
