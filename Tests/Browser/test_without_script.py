# SPDX-License-Identifier: Apache-2.0
"""Without JavaScript everything is there but what only a script can do."""

import pytest
from playwright.sync_api import expect

import baskets
from logins import OLGA, somebody
from scenes import CARTS, MESSAGES
from together import internal, read


@pytest.fixture
def plainly(see):
    return lambda name: see(name, java_script_enabled=False).page


@pytest.mark.parametrize("name", CARTS)
def test_the_cart_is_there(plainly, name):
    page = plainly(name)
    expect(page.locator("ul.items > li .name")).to_have_text([line["name"] for line in baskets.kitchen()["items"]])
    for shown in (".total", ".hidden-note", ".valid time[datetime]", "a.open-in-shop"):
        expect(page.locator(shown)).to_be_visible()
    expect(page.locator(".owner-banner" if name == "owner" else ".rights")).to_be_visible()
    expect(page.locator("button.share")).to_be_hidden()


def test_the_login_and_the_messages_are_there(plainly):
    expect(plainly("nobody").locator("a.log-in")).to_be_visible()
    for name in MESSAGES:
        expect(plainly(name).locator("h1")).to_be_visible()


def test_an_invitation_can_be_accepted(come, shop):
    cart_id, bert = shop.put(OLGA), somebody()
    page = come(bert, java_script_enabled=False).open(internal(shop, cart_id, OLGA, "full", "company"))
    page.locator("form.accept > button").click()
    expect(page.locator("form.accept")).to_have_count(0)
    assert read(shop, cart_id, bert).ok()["viewer"] == {"relation": "member", "canEdit": True}


def test_the_owner_can_change_sides(plainly):
    page = plainly("owner")
    page.locator(".owner-banner a.toggle-view").click()
    assert page.url.endswith("?view=others")
    page.locator(".owner-banner a.toggle-view").click()
    assert "view=others" not in page.url
