# SPDX-License-Identifier: Apache-2.0
"""A page that is held is opened again by people's browsers, who keep a copy of their own and ask whether it still holds."""

import pytest
from playwright.sync_api import expect

import baskets
from wire import Counts


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_reloaded_page_shows_the_same_and_what_changed_since(come, shop, language):
    cart_id = shop.put(cart=baskets.kitchen())
    link, first, again = shop.link(cart_id), come(language=language), come(language=language)
    text = first.open(link).locator("main").inner_text()
    statuses = lambda visitor: [response.status for response in visitor.documents]
    for visitor in (first, again):
        visitor.documents = []
        visitor.page.on("response", lambda response, to=visitor: to.documents.append(response) if response.url == link["url"] else None)
    again.open(link)
    before = Counts.of(shop)
    for visitor in (first, again):
        for _ in range(3):
            visitor.page.reload()
            expect(visitor.page.locator("body")).to_have_attribute("data-page", "cart")
            assert visitor.page.locator("main").inner_text() == text
    # The browser tells 304 as the 200 that it keeps; what came over the wire is counted by the service.
    assert set(statuses(first) + statuses(again)) <= {200, 304}
    counted = Counts.of(shop) - before
    assert counted.all == 6 and counted.fast >= 5
    assert all(response.header_value("content-encoding") == "gzip" for response in first.documents)

    changed = baskets.kitchen()
    changed["items"][0]["name"] = "Another pan"
    shop.put(cart_id=cart_id, cart=changed)
    first.page.reload()
    expect(first.page.locator("ul.items > li").first.locator(".name")).to_have_text("Another pan")
    shop.revoke(link).ok(204)
    assert first.page.reload().status == 410
    assert "Another pan" not in first.page.content()
