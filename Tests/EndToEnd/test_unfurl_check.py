# SPDX-License-Identifier: Apache-2.0
"""`POST /v1/links/{id}/unfurl-check`: what the owner is told about the card."""

import pytest

import carts
from cards import card
from logins import ANNA, EVA
from server import KEYS

NETWORKS = ["Facebook", "WhatsApp", "X", "LinkedIn", "Slack", "Telegram", "Discord", "iMessage", "Google Chat", "Teams", "Mastodon"]


def check(shop, link, bearer=ANNA.login, headers=None):
    return shop.public("POST", f"/v1/links/{link['id']}/unfurl-check", {}, bearer, headers)


def networks(answer):
    return {network["network"]: network for network in answer.ok()["networks"]}


def codes(network):
    assert all(warning["text"].endswith(".") for warning in network["warnings"])
    return [warning["code"] for warning in network["warnings"]]


def test_every_network_is_told_as_the_page_really_is(shop):
    link = shop.link(shop.put(cart=carts.with_canaries()))
    page = shop.page(link).body
    found = networks(check(shop, link))
    assert list(found) == NETWORKS
    picture = {"url": f"{shop.url}/assets/card.png", "width": 1200, "height": 630, "bytes": len(shop.public.get("/assets/card.png").body)}
    for name, network in found.items():
        assert network["title"] == card(page)["og:title"]
        assert network.get("description") == (None if name == "iMessage" else card(page)["og:description"])
        assert network["picture"] == picture
        assert network["bytes"] == len(page)
        assert set(codes(network)) >= {"public-url-not-https", "public-url-not-reachable"}


def test_it_holds_no_token_and_nothing_of_the_cart(shop):
    link = shop.link(shop.put(cart=carts.with_canaries()))
    said = check(shop, link).everything.decode()
    for secret in [link["token"], "/s/", *carts.CANARIES, "Mug"]:
        assert secret not in said


def test_it_changes_and_counts_nothing(shop):
    link = shop.link()
    path = f"/v1/links/{link['id']}"
    before = shop.public.get(path, ANNA.login).json
    audit = shop.administer("GET", f"audit?linkId={link['id']}").json
    for _ in range(3):
        check(shop, link).ok()
    assert shop.public.get(path, ANNA.login).json == before
    assert shop.administer("GET", f"audit?linkId={link['id']}").json == audit


def test_a_link_that_doesnt_open_says_why(shop):
    link = shop.link()
    shop.change(link, paused=True).ok()
    assert all("link-paused" in codes(network) for network in networks(check(shop, link)).values())
    shop.revoke(link)
    assert all("link-revoked" in codes(network) for network in networks(check(shop, link)).values())
    ordered = shop.link()
    shop.set_state(ordered["cartId"], "ordered")
    assert all("cart-gone" in codes(network) for network in networks(check(shop, ordered)).values())


def test_a_network_that_keeps_the_card_longer_is_named(shop):
    found = networks(check(shop, shop.link(expiresIn=86_400)))
    assert [name for name, network in found.items() if "card-outlives-link" in codes(network)] == ["Facebook", "X", "LinkedIn"]


def test_a_public_https_address_is_not_warned_of(start):
    server = start({"public": {"url": "https://links.shop.example"}})
    link = server.link()
    for network in networks(check(server, link)).values():
        assert not [code for code in codes(network) if code.startswith("public-url")]
        assert network["picture"]["url"] == "https://links.shop.example/assets/card.png"


@pytest.mark.parametrize("who", ["nobody", "a stranger", "a service without the scope", "a service that names nobody"])
def test_only_who_manages_the_link_may_ask(shop, who):
    link = shop.link()
    bearer, status, code = {
        "nobody": (None, 401, "login-required"),
        "a stranger": (EVA.login, 404, "link-not-found"),
        "a service without the scope": (KEYS["reader"], 403, "scope-missing"),
        "a service that names nobody": (KEYS["issuer"], 400, "malformed-request"),
    }[who]
    check(shop, link, bearer).problem(status, code)


def test_a_service_asks_on_behalf_of_the_owner(shop):
    assert len(networks(check(shop, shop.link(), KEYS["issuer"], {"On-Behalf-Of": ANNA.subject}))) == len(NETWORKS)
