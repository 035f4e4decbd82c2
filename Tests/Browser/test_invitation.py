# SPDX-License-Identifier: Apache-2.0
"""An internal link: log in, look, accept."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

import baskets
import carts
from logins import DORA, OLGA, somebody
from together import accept, internal, read, withdraw


@pytest.fixture
def cart_id(shop):
    return shop.put(OLGA, baskets.kitchen())


@pytest.mark.parametrize("access", ["read-only", "full"])
def test_a_colleague_logs_in_accepts_and_is_told_what_they_may(come, shop, cart_id, access):
    link, bert = internal(shop, cart_id, OLGA, access, "company"), somebody()
    visitor = come()
    page = visitor.open(link)
    expect(page.locator("body")).to_have_attribute("data-page", "login")
    assert "Kettle" not in page.content() and "Kanarie" not in page.content()
    log_in = page.locator("a.log-in")
    assert parse_qs(urlsplit(log_in.get_attribute("href")).query)["return"] == [link["url"]]

    log_in.click()
    page.wait_for_url("https://shop.example/login*")
    visitor.log_in(bert)
    page.evaluate("back => { location.href = back; }", link["url"])
    page.wait_for_url(link["url"])
    expect(page.locator("body")).to_have_attribute("data-page", "cart")
    read(shop, cart_id, bert).problem(404)

    page.locator("form.accept > button").click()
    expect(page.locator("form.accept")).to_have_count(0)
    assert page.url == link["url"]
    (posted,) = visitor.sent("/accept")
    assert posted.header_value("origin") == "null", "what a page without Referer sends"
    assert posted.response().status == 303
    expect(page.locator(".rights")).to_be_visible()
    assert read(shop, cart_id, bert).ok()["viewer"] == {"relation": "member", "canEdit": access == "full"}
    assert carts.leaks(page.content().encode(), ["kanarie@", carts.DIGITS]) == []


def test_looking_and_changing_are_told_apart(see):
    assert see("reader").page.locator(".rights").inner_text() != see("editor").page.locator(".rights").inner_text()


def test_the_page_of_one_who_accepted_is_the_same_after_reload(see):
    page = see("reader").page
    page.reload()
    expect(page.locator("form.accept")).to_have_count(0)
    expect(page.locator("ul.items > li")).to_have_count(4)


def test_a_customer_of_the_shop_accepts_too(come, shop, cart_id):
    link = internal(shop, cart_id, OLGA, within="shop")
    page = come(DORA).open(link)
    page.locator("form.accept > button").click()
    expect(page.locator("form.accept")).to_have_count(0)
    assert read(shop, cart_id, DORA).status == 200


def test_who_was_sent_away_is_told_so(come, shop, cart_id):
    link, bert = internal(shop, cart_id, OLGA, within="company"), somebody()
    page = come(bert).open(link)
    button = page.locator("form.accept > button")
    expect(button).to_be_visible()
    withdraw(shop, accept(shop, link, bert).ok(201), OLGA).ok(204)
    button.click()
    expect(page.locator("body")).to_have_attribute("data-page", "message")
    read(shop, cart_id, bert).problem(404)


def test_accepting_a_link_that_was_just_revoked_says_that_it_is_gone(come, shop, cart_id):
    link, bert = internal(shop, cart_id, OLGA, within="company"), somebody()
    visitor = come(bert)
    page = visitor.open(link)
    shop.revoke(link, OLGA).ok(204)
    page.locator("form.accept > button").click()
    expect(page.locator("body")).to_have_attribute("data-page", "message")
    assert visitor.sent("/accept")[0].response().status == 410


def test_the_login_ended_meanwhile(come, shop, cart_id):
    visitor = come(somebody())
    page = visitor.open(internal(shop, cart_id, OLGA, within="company"))
    visitor.context.clear_cookies()
    page.locator("form.accept > button").click()
    expect(page.locator("a.log-in")).to_be_visible()


def test_an_outsider_sees_neither_cart_nor_names(see):
    page = see("outsider").page
    expect(page.locator("ul.items, form.accept")).to_have_count(0)
    assert "Kettle" not in page.content() and carts.leaks(page.content().encode()) == []
