# SPDX-License-Identifier: Apache-2.0
"""How `/glue` reads an address: slashes and encoded ids."""

import pytest

from glue import *
from together import entered


@pytest.fixture
def team(shop):
    """An owner and a colleague, whom the directory knows."""
    return entered(shop, 2)


@pytest.mark.parametrize("path", ["//glue", "//glue/carts", "///glue//carts/", "//glue/carts//items"])
@pytest.mark.parametrize("method", ["GET", "POST", "PATCH"])
def test_an_address_that_begins_with_slashes_is_not_found(shop, team, method, path):
    body = None if method == "GET" else {}
    refused(shop.public(method, path, body, team[0].login, {"Accept": MEDIA_TYPE}), NOT_FOUND)


@pytest.mark.parametrize("path", ["/carts/", "//carts", "///carts//", "/carts//"])
def test_slashes_at_both_ends_count_for_nothing(shop, glue, team, path):
    cart = shop.put(team[0])
    assert [one["id"] for one in glue.get(path, team[0])["data"]] == [cart]


def test_slashes_at_both_ends_of_longer_addresses(shop, glue, team):
    owner, colleague = team
    cart = shop.put(owner)
    assert glue("POST", f"//carts/{cart}/shared-carts/", owner, share_order(colleague)).status == 201
    change = posted("shared-carts", {"idCartPermissionGroup": 2})
    refused(glue("PATCH", "//carts//shared-carts/x/", owner, change), ID_MISSING)
    refused(glue("POST", "/carts//shared-carts/", owner, share_order(colleague)), CART_ID_MISSING)


def test_ids_are_decoded_once(shop, glue, team):
    owner, colleague = team
    cart = shop.put(owner)
    share = glue.shared(cart, colleague, by=owner)

    def encoded(id):
        return "".join(f"%{ord(letter):02X}" for letter in id)

    assert glue.get(f"/carts/{encoded(cart)}", owner)["data"]["id"] == cart
    assert glue.get(f"/shared-carts/{encoded(share)}", owner)["data"]["id"] == share
    refused(glue("GET", f"/carts/{encoded(encoded(cart))}", owner), CART_NOT_FOUND)
    refused(glue("GET", f"/shared-carts/{encoded(encoded(share))}", owner), SHARE_NOT_FOUND)
