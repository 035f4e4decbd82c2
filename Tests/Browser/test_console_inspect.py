# SPDX-License-Identifier: Apache-2.0
"""A link that somebody sent in: told what it is, and forgotten."""

import pytest
from playwright.sync_api import expect

from logins import ANNA
from visitor import TOKEN

LEFT = """() => JSON.stringify([
    document.documentElement.outerHTML, [...document.querySelectorAll('input')].map(input => input.value), location.href, history.state,
    Object.entries(localStorage), Object.entries(sessionStorage), document.cookie,
])"""


@pytest.fixture
def inspect(support):
    staff = support()
    page = staff.inside()
    staff.view("inspect")

    def inspect(text):
        page.get_by_label("The link's address, or its token").fill(text)
        page.get_by_role("button", name="Inspect", exact=True).click()
        expect(page.locator(".verdict")).not_to_be_empty()
        return staff, page

    return inspect


@pytest.mark.parametrize("form", ["url", "token"])
def test_a_link_is_told_and_nothing_of_it_stays(inspect, shop, form):
    link = shop.link(label="Sent in")
    staff, page = inspect(link[form])
    expect(page.locator(".verdict")).to_have_text("It is genuine and works.")
    expect(page.get_by_role("button", name="Sent in")).to_be_visible()
    field = page.get_by_label("The link's address, or its token")
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    page.keyboard.press("Control+z")
    assert not TOKEN.search(page.evaluate(LEFT))
    for request in staff.requests:
        assert not TOKEN.search(request.url)
    assert not TOKEN.search(staff.calls("inspect")[0].response().text())
    assert page.evaluate("() => history.length") == 2


def test_its_details_are_a_click_away(inspect, shop):
    link = shop.link(label="A click away")
    _, page = inspect(link["url"])
    page.get_by_role("button", name="A click away").click()
    expect(page.get_by_role("heading", name="A click away")).to_be_focused()
    expect(page.locator(".details dl").first).to_contain_text(link["id"])


def test_every_state_has_its_words(inspect, shop):
    def paused():
        link = shop.link()
        shop.change(link, paused=True).ok()
        return link

    def revoked():
        link = shop.link()
        shop.revoke(link, ANNA).ok(204)
        return link

    def ordered():
        link = shop.link()
        shop.set_state(link["cartId"], "ordered")
        return link

    for link, words in [(paused(), "and paused"), (revoked(), "was revoked"), (ordered(), "cart was ordered")]:
        _, page = inspect(link["url"])
        expect(page.locator(".verdict")).to_contain_text(words)


def test_what_we_never_made_is_told(inspect, shop):
    token = shop.link()["token"]
    for text, words in [("hello", "no Cartlink link"), (token[:-1] + ("a" if token[-1] != "a" else "b"), "No key of this shop")]:
        _, page = inspect(text)
        expect(page.locator(".verdict")).to_contain_text(words)
        expect(page.locator(".rows > li")).to_have_count(0)


def test_a_call_that_fails_leaves_nothing_either(support, shop):
    staff = support()
    page = staff.inside()
    staff.view("inspect")
    staff.context.route("**/admin/v1/inspect", lambda route: route.fulfill(status=503, json={"code": "unavailable"}))
    page.get_by_label("The link's address, or its token").fill(shop.link()["url"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="can't do this now")).to_be_visible()
    assert not TOKEN.search(page.evaluate(LEFT))
