# SPDX-License-Identifier: Apache-2.0
"""What a page weighs on the wire, without its pictures."""

import json

import pytest

import baskets
from server import ROOT

KILOBYTES = 1000


def transferred(visitor):
    """Headers and bodies of document, style and script, as they came over the connection."""
    visitor.page.wait_for_load_state("networkidle")
    parts = [request for request in visitor.requests if request.resource_type in ("document", "stylesheet", "script")]
    sizes = [request.sizes() for request in parts]
    assert {request.resource_type for request in parts} == {"document", "stylesheet", "script"}
    return sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)


@pytest.mark.parametrize("cart", [json.loads((ROOT / "config/demo/cart.json").read_text()), baskets.long()], ids=["demo", "500 lines"])
def test_a_page_weighs_at_most_30_kilobytes(come, shop, cart):
    visitor = come()
    visitor.open(shop.link(shop.put(cart=cart)))
    assert 1000 < transferred(visitor) <= 30 * KILOBYTES


def test_the_first_things_are_there_without_scripts_or_pictures(come, shop):
    """One document and one style sheet hold up the first look: the script waits."""
    visitor = come()
    page = visitor.open(shop.link(shop.put(cart=baskets.kitchen())))
    assert page.locator("link[rel=stylesheet]").count() == 1
    assert page.evaluate("() => [...document.scripts].every(script => script.src && (script.defer || script.type === 'module'))")
