# SPDX-License-Identifier: Apache-2.0
"""The page says once that a person saw it, and only once it was seen."""

import time

import pytest

import baskets
from logins import ANNA
from scenes import MESSAGES

HIDDEN = """
    Object.defineProperty(Document.prototype, 'visibilityState', { configurable: true, get: () => window.shown ? 'visible' : 'hidden' });
    Object.defineProperty(Document.prototype, 'hidden', { configurable: true, get: () => !window.shown });
"""
PRERENDERED = "Object.defineProperty(Document.prototype, 'prerendering', { configurable: true, get: () => !window.shown });"
SHOWN = """kind => { window.shown = true; document.dispatchEvent(new Event(kind)); }"""
A_WHILE = 800


@pytest.fixture
def link(shop):
    return shop.link(shop.put(cart=baskets.kitchen()))


def opens(shop, link):
    return shop.public.get(f"/v1/links/{link['id']}", ANNA.login).ok()["opens"]


def test_the_beacon_is_sent_once_and_counts_one_person(come, shop, link):
    visitor = come()
    page = visitor.open(link)
    page.wait_for_timeout(A_WHILE)
    page.evaluate("() => { document.dispatchEvent(new Event('visibilitychange')); window.dispatchEvent(new Event('pageshow')); }")
    page.wait_for_timeout(200)
    (sent,) = visitor.sent("/seen")
    assert (sent.method, sent.response().status) == ("POST", 204)
    deadline = time.monotonic() + 4
    while opens(shop, link)["people"] == 0 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert (opens(shop, link)["people"], opens(shop, link)["robots"]) == (1, 0)


@pytest.mark.parametrize("state, event", [(HIDDEN, "visibilitychange"), (PRERENDERED, "prerenderingchange")], ids=["hidden", "prerendered"])
def test_what_nobody_saw_is_not_counted_until_it_is_seen(come, link, state, event):
    visitor = come()
    visitor.context.add_init_script(state)
    page = visitor.open(link)
    page.wait_for_timeout(A_WHILE)
    assert visitor.sent("/seen") == []
    with page.expect_request("**/seen"):
        page.evaluate(SHOWN, event)
    page.wait_for_timeout(200)
    assert len(visitor.sent("/seen")) == 1


def test_a_page_without_a_cart_sends_none(see):
    visitors = [see(name) for name in MESSAGES]
    visitors[0].page.wait_for_timeout(A_WHILE)
    assert [sent for visitor in visitors for sent in visitor.sent("/seen")] == []
