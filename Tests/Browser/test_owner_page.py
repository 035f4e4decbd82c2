# SPDX-License-Identifier: Apache-2.0
"""The owner opens a link of their own."""

import pytest
from playwright.sync_api import expect

import baskets
import carts
from logins import ANNA, EVA


@pytest.fixture
def link(shop):
    return shop.link(shop.put(cart=baskets.kitchen()))


def test_the_owner_sees_what_others_see_and_back(come, link):
    page = come(ANNA).open(link)
    banner = page.locator(".owner-banner")
    own = banner.inner_text()
    expect(page.locator("form.accept")).to_have_count(0)

    banner.locator("a.toggle-view").click()
    page.wait_for_url("**?view=others")
    assert banner.inner_text() != own
    assert carts.leaks(page.locator("main").inner_html().encode()) == []

    banner.locator("a.toggle-view").click()
    page.wait_for_url(link["url"])
    expect(banner).to_have_text(own, use_inner_text=True)


def test_what_others_see_is_what_others_see(come, shop, link):
    content = "() => [...document.querySelectorAll('.items, .total, .hidden-note, .rights')].map(part => part.innerText)"
    others = come(ANNA).open(f"/s/{link['token']}?view=others").evaluate(content)
    assert others == come().open(link).evaluate(content)


def test_a_stranger_has_no_banner_whatever_the_address_says(come, link):
    page = come().open(f"/s/{link['token']}?view=others")
    expect(page.locator(".owner-banner")).to_have_count(0)


def test_back_shows_nothing_of_the_owners_after_the_log_out(come, link):
    visitor = come(ANNA)
    page = visitor.open(link)
    expect(page.locator(".owner-banner")).to_be_visible()
    page.locator("a.open-in-shop").click()
    page.wait_for_url("https://shop.example/*")
    visitor.context.clear_cookies()
    page.go_back()
    expect(page.locator("ul.items")).to_be_visible()
    expect(page.locator(".owner-banner")).to_have_count(0)
    assert carts.leaks(page.content().encode()) == []


def test_another_person_at_the_same_browser_sees_nothing_of_the_owners(come, link):
    visitor = come(ANNA)
    # The page's event stream opens with the login it was made for.
    with visitor.page.expect_response(lambda answer: answer.url.endswith("/events")):
        page = visitor.open(link)
    visitor.log_in(EVA)
    page.reload()
    expect(page.locator(".owner-banner")).to_have_count(0)
    assert carts.leaks(page.content().encode()) == []
