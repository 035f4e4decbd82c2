# SPDX-License-Identifier: Apache-2.0
"""The console's door: the key, where it is kept, and when it is forgotten."""

import pytest
from playwright.sync_api import expect

from installation import SETTINGS
from server import KEYS, Server
from staff import KEY

WRONG = "k" * 40
QUARTER = 15 * 60 * 1000
KEPT = """async () => JSON.stringify([
    Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, location.href, history.state, name,
    (await indexedDB.databases()).length, (await caches.keys()).length, document.documentElement.outerHTML,
    [...document.querySelectorAll('input')].map(input => input.value),
])"""


@pytest.fixture
def guessed(tmp_path):
    """A server of the test's own: wrong keys slow an address down."""
    server = Server(tmp_path, SETTINGS).start()
    yield server
    server.kill()


def at_the_door(page):
    expect(page.locator("input[type=password]")).to_be_focused()
    expect(page.locator("nav, .rows")).to_have_count(0)


def test_a_key_opens_the_console_and_says_whose_it_is(support):
    page = support().inside()
    expect(page.locator(".who")).to_have_text("Logged in as ops")
    expect(page.get_by_role("heading", name="Find links")).to_be_visible()


def test_the_key_is_nowhere_but_in_memory(support):
    staff = support()
    page = staff.inside()
    for view in ("revoke", "inspect", "audit", "keys", "links"):
        staff.view(view)
    assert KEY not in page.evaluate(KEPT)
    assert staff.context.storage_state() == {"cookies": [], "origins": []}
    assert page.evaluate("() => history.length") == 2, "the blank page and the console"


def test_reloading_asks_for_the_key_again(support):
    page = support().inside()
    page.reload()
    at_the_door(page)


def test_logging_out_forgets_the_key_and_what_was_shown(support, shop):
    link = shop.link(label="Seen before")
    staff = support()
    page = staff.inside()
    expect(page.get_by_text("Seen before").first).to_be_visible()
    page.get_by_role("button", name="Log out").click()
    at_the_door(page)
    expect(page.get_by_role("status")).to_have_text("You are logged out.")
    assert link["id"] not in page.content()
    before = len(staff.calls())
    page.keyboard.press("Enter")
    assert len(staff.calls()) == before


def test_after_a_quarter_of_an_hour_without_use_the_key_is_forgotten(support):
    staff = support()
    staff.page.clock.install()
    page = staff.inside()
    page.clock.fast_forward(QUARTER - 20_000)
    page.keyboard.press("Shift")
    page.clock.fast_forward(QUARTER - 20_000)
    expect(page.locator(".who")).to_be_visible()
    page.clock.fast_forward(30_000)
    at_the_door(page)
    expect(page.get_by_role("status")).to_have_text("You were logged out after 15 minutes without use.")


def test_the_back_button_doesnt_bring_the_key_back(support):
    staff = support()
    page = staff.inside()
    page.goto("about:blank")
    page.go_back(wait_until="commit")
    at_the_door(page)


def test_a_key_that_was_taken_away_ends_the_session(support):
    staff = support()
    page = staff.inside()
    staff.context.route("**/admin/v1/keys", lambda route: route.fulfill(status=401, json={"code": "key-invalid"}))
    staff.view("keys")
    at_the_door(page)
    expect(page.get_by_role("status")).to_contain_text("isn't valid any more")


def test_wrong_keys_get_one_message_and_after_five_a_slow_one(support, guessed):
    staff = support(home=guessed)
    staff.open("/")
    for key in (WRONG, "short", "ünïcode-" * 5, WRONG, WRONG, WRONG):
        staff.enter(key)
        expect(staff.page.get_by_role("status")).to_contain_text("This is not a valid admin key.")
        expect(staff.page.locator("input[type=password]")).to_have_value("")
        staff.page.locator("input[type=password]").press("a")
    # One of the six can't even be sent, so this is the sixth that the service hears of.
    staff.enter(WRONG)
    expect(staff.page.get_by_role("status")).to_have_text("Working…")
    expect(staff.page.get_by_role("status")).to_contain_text("This is not a valid admin key.")
    staff.inside()


def test_a_services_key_without_the_scope_is_told_apart(support):
    staff = support().enter(KEYS["storefront"])
    expect(staff.page.get_by_role("status")).to_contain_text("may not administer")


def test_too_many_wrong_keys_are_told_when_to_come_back(support):
    staff = support()
    staff.context.route(
        "**/admin/v1/me", lambda route: route.fulfill(status=429, headers={"Retry-After": "8"}, json={"code": "too-many-requests"})
    )
    staff.enter(WRONG)
    expect(staff.page.get_by_role("status")).to_contain_text("Wait 8 seconds")


def test_a_service_that_is_away_is_told(support):
    staff = support()
    page = staff.inside()
    staff.context.route("**/admin/v1/links*", lambda route: route.abort())
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="can't be reached")).to_be_visible()
    staff.faults.clear()


def test_without_scripts_it_says_so_and_how_to_do_without(support):
    page = support(java_script_enabled=False).open("/")
    for text in ("This page needs JavaScript.", "Esta página necesita JavaScript.", "curl -H @key"):
        expect(page.locator("main :is(p, pre)").filter(has_text=text)).to_be_visible()
