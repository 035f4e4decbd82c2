# SPDX-License-Identifier: Apache-2.0
"""A stranger opens an external link."""

import re
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

import baskets
import carts


@pytest.fixture
def link(shop):
    return shop.link(shop.put(cart=baskets.kitchen()))


def test_the_cart_is_shown_and_what_is_hidden_is_said(come, link):
    page = come().open(link)
    expect(page.locator("body")).to_have_attribute("data-page", "cart")
    lines = page.locator("ul.items > li")
    expect(lines).to_have_count(4)
    expect(lines.locator(".name")).to_have_text([line["name"] for line in baskets.kitchen()["items"]])
    expect(lines.nth(1).locator(".option")).to_contain_text(["terracotta", "matt"])
    expect(lines.nth(1).locator(".quantity")).to_contain_text("2")
    expect(lines.nth(1).locator(".price")).to_contain_text("€59.00")
    expect(page.locator(".total")).to_contain_text("€198.60")
    expect(page.locator(".hidden-note")).to_contain_text(re.compile("contact, delivery and payment data are hidden", re.I))
    expect(page.locator(".rights")).to_be_visible()
    expect(page.locator("form.accept, a.log-in, .owner-banner")).to_have_count(0)
    expect(page.locator("footer .legal")).to_contain_text("Imprint")
    assert datetime.fromisoformat(page.locator(".valid time").get_attribute("datetime")) == datetime.fromisoformat(link["expiresAt"])


def test_pictures_are_loaded_and_have_their_place(come, link):
    page = come().open(link)
    expect(page.locator("ul.items img")).to_have_count(4)
    page.wait_for_function("() => [...document.images].every(image => image.complete && image.naturalWidth)")


def test_prices_are_written_as_the_reader_writes_them(come, link):
    assert "59,00" in come(language="de").open(link).locator("ul.items > li").nth(1).locator(".price").inner_text()


def test_no_personal_data_is_in_the_page(come, shop):
    visitor = come()
    page = visitor.open(shop.link(shop.put(cart=carts.with_canaries())))
    assert carts.leaks(page.content().encode()) == []
    assert carts.leaks(visitor.answer.body()) == []


def test_open_in_shop_carries_the_token_in_the_fragment(come, link):
    visitor = come()
    page = visitor.open(link)
    button = page.locator("a.open-in-shop")
    parts = urlsplit(button.get_attribute("href"))
    assert (parts.netloc, parts.path, parts.query, parts.fragment) == ("shop.example", "/cart", "", f"share={link['token']}")
    button.click()
    page.wait_for_url("https://shop.example/cart*")
    (sent,) = [request for request in visitor.requests if request.url.startswith("https://shop.example/cart")]
    assert sent.header_value("referer") is None


def test_share_uses_the_devices_own_way(come, link):
    visitor = come()
    visitor.context.add_init_script("navigator.share = data => { window.shared = data; return Promise.resolve(); };")
    page = visitor.open(link)
    page.locator("button.share").click()
    page.wait_for_function("() => window.shared")
    shared = page.evaluate("() => window.shared")
    assert shared["url"] == link["url"]
    assert carts.leaks(str(shared).encode()) == []


def test_share_else_copies_and_says_so(come, shop, link):
    visitor = come()
    visitor.context.add_init_script("delete Navigator.prototype.share;")
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=shop.url)
    page = visitor.open(link)
    expect(page.get_by_role("status")).to_have_text("")
    page.locator("button.share").click()
    expect(page.get_by_role("status")).not_to_have_text("")
    assert page.evaluate("() => navigator.clipboard.readText()") == link["url"]


def test_prices_can_be_left_out(come, shop):
    page = come().open(shop.link(shop.put(cart=baskets.kitchen()), showPrices=False))
    expect(page.locator("ul.items > li")).to_have_count(4)
    assert "€" not in page.locator("main").inner_text()
