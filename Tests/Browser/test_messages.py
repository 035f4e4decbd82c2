# SPDX-License-Identifier: Apache-2.0
"""Pages that have no cart to show: friendly, neutral, and with a way on."""

import re

import pytest
from playwright.sync_api import expect

from installation import SETTINGS
from looks import LANGUAGES
from scenes import MESSAGES
from server import Server, merged


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_says_what_happened_and_where_to_go(see, name):
    page = see(name).page
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    ways = [link.get_attribute("href") for link in page.get_by_role("main").get_by_role("link").all()]
    # An empty reference is the page itself: another login may open it.
    assert ways and all(way.startswith("https://shop.example") for way in ways if way)
    expect(page.locator("ul.items, form.accept, a.open-in-shop")).to_have_count(0)
    assert "Kettle" not in page.content()


def test_messages_tell_apart_what_people_must_know_apart_in_every_language(shop, scenes):
    def heading(name, language):
        scene = scenes[name]
        answer = shop.public.get(scene.path, scene.person and scene.person.login, Accept_Language=language)
        return re.search("<h1[^>]*>([^<]+)</h1>", answer.body.decode())[1]

    headings = [heading(name, language) for name in MESSAGES for language in LANGUAGES]
    assert len(set(headings)) == len(MESSAGES) * len(LANGUAGES)


def test_only_who_held_an_ordered_cart_hears_that_it_was_ordered(scenes, see, come):
    expect(see("ordered").page.locator("body")).to_have_attribute("data-page", "ordered")
    stranger = come().open(scenes["ordered"].path)
    expect(stranger.locator("body")).to_have_attribute("data-page", "message")
    assert stranger.locator("main").inner_text() == see("gone").page.locator("main").inner_text()


def test_too_many_wrong_links_have_a_page_too(come, tmp_path):
    server = Server(tmp_path, merged(SETTINGS, {"limits": {"badTokens": "3/min"}})).start()
    try:
        visitor = come(home=server.url)
        for _ in range(4):
            visitor.open("/s/nothing")
        assert visitor.answer.status == 429
        expect(visitor.page.locator("body")).to_have_attribute("data-page", "message")
    finally:
        server.kill()
