# SPDX-License-Identifier: Apache-2.0
"""The open page of somebody who holds a grant follows the cart."""

import time

import pytest
from playwright.sync_api import expect

import baskets
from logins import ANNA, OLGA, somebody
from together import accept, add, internal

SOON = 2000


def listening(visitor):
    """Waits until the page hears the cart's events."""
    deadline = time.monotonic() + 5
    while not visitor.sent("/events"):
        assert time.monotonic() < deadline, "the page doesn't listen"
        visitor.page.wait_for_timeout(50)
    assert visitor.sent("/events")[0].response().status == 200
    visitor.page.evaluate("() => { window.sameAsBefore = true; }")
    return visitor.page


@pytest.fixture
def link(shop):
    return internal(shop, shop.put(OLGA, baskets.kitchen()), OLGA, "full", "company")


@pytest.fixture
def holder(come, shop, link):
    bert = somebody()
    accept(shop, link, bert).ok(201)
    visitor = come(bert)
    visitor.open(link)
    return visitor


def test_what_the_owner_adds_appears_without_reload(holder, shop, link):
    page = listening(holder)
    page.locator("a.open-in-shop").focus()
    add(shop, link["cartId"], OLGA, "VASE-1", 3).ok(201)
    expect(page.locator("ul.items > li")).to_have_count(5, timeout=SOON)
    expect(page.locator("ul.items > li").last).to_contain_text("VASE-1")
    assert page.evaluate("() => window.sameAsBefore && document.activeElement.matches('a.open-in-shop')"), "nobody loses their place"
    expect(page.get_by_role("status")).not_to_have_text("")


def test_many_changes_at_once_end_with_the_last(holder, shop, link):
    page = listening(holder)
    for number in range(10):
        add(shop, link["cartId"], OLGA, f"MORE-{number}").ok(201)
    expect(page.locator("ul.items > li")).to_have_count(14, timeout=SOON)


def test_a_revoked_link_says_so(holder, shop, link):
    page = listening(holder)
    shop.revoke(link, OLGA).ok(204)
    expect(page.locator("body")).to_have_attribute("data-page", "message", timeout=SOON)
    expect(page.get_by_role("heading", level=1)).to_contain_text("no longer available")
    assert "Kettle" not in page.content()
    page.wait_for_timeout(500)
    assert len(holder.sent("/events")) <= 2, "it doesn't ask again and again"


def test_the_owner_follows_too(come, shop):
    cart_id = shop.put(ANNA, baskets.kitchen())
    visitor = come(ANNA)
    visitor.open(shop.link(cart_id))
    page = listening(visitor)
    add(shop, cart_id, ANNA, "VASE-1").ok(201)
    expect(page.locator("ul.items > li")).to_have_count(5, timeout=SOON)


def test_a_stranger_follows_nothing(come, shop):
    visitor = come()
    page = visitor.open(shop.link(shop.put(cart=baskets.kitchen())))
    page.wait_for_timeout(500)
    assert visitor.sent("/events") == []
