# SPDX-License-Identifier: Apache-2.0
"""Pages that have no cart to show: friendly, neutral, and with a way on."""

import pytest
from playwright.sync_api import expect

from installation import SETTINGS
from scenes import MESSAGES
from server import Server, merged


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_says_what_happened_and_where_to_go(see, name):
    page = see(name).page
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link").first).to_have_attribute("href", "https://shop.example")
    expect(page.locator("ul.items, form.accept, a.open-in-shop")).to_have_count(0)
    assert "Kettle" not in page.content()


@pytest.mark.parametrize("name", MESSAGES)
def test_each_message_has_words_of_its_own_in_each_language(see, name):
    words = [see(name, language=language).page.locator("h1").inner_text() for language in ("en", "es", "de", "pt", "fr")]
    assert len(set(words)) == 5


def test_messages_tell_apart_what_people_must_know_apart(see):
    assert len({see(name).page.locator("h1").inner_text() for name in MESSAGES}) == len(MESSAGES)


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
