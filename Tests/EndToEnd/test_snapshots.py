# SPDX-License-Identifier: Apache-2.0
"""Links that pin the cart: what is added later stays private, and today's policy still rules."""

import shutil
import signal
import sqlite3
import time
from random import Random

import pytest

import carts
from formats import FORMATS
from logins import ANNA, EVA, OLGA
from seeded_carts import marked
from server import KEYS, ROOT
from together import accept, internal

LATER = {"id": "i9", "sku": "SECRET-9", "name": "Surprise", "quantity": 7, "unitPrice": 77777, "total": 544439}


def pinned(server, cart_id, person=ANNA, **fields):
    return server.link(cart_id, person, snapshot=True, **fields)


def push_later(server, cart_id, owner=ANNA):
    cart = carts.plain()
    server.put(owner, cart | {"items": [*cart["items"], LATER], "totals": {"items": 546939}}, cart_id)


def stored(server):
    """The links that have a snapshot, and all bytes of the snapshots, as the stopped store's file has them."""
    with sqlite3.connect(f"file:{server.database}?mode=ro", uri=True) as database:
        rows = database.execute("SELECT link, document FROM snapshot").fetchall()
    return [bytes(link).hex() for link, _ in rows], b"".join(document for _, document in rows)


def test_a_link_says_whether_it_pins(shop):
    cart_id = shop.put()
    assert (shop.link(cart_id)["snapshot"], shop.link(cart_id)["card"]) == (False, "neutral")
    link = pinned(shop, cart_id, card="items")
    assert (link["snapshot"], link["card"]) == (True, "items")
    assert shop.public.get(f"/v1/links/{link['id']}", ANNA.login).ok()["snapshot"] is True
    for field, value in (("snapshot", False), ("snapshot", True), ("card", "neutral")):
        shop.change(link, **{field: value}).invalid(f"/{field}")


@pytest.mark.parametrize("fields, pointer", [({"snapshot": True}, "/snapshot"), ({"card": "items"}, "/card")])
def test_internal_links_pin_nothing_and_have_a_neutral_card(shop, fields, pointer):
    cart_id = shop.put()
    shop.ask_link(cart_id, audience="internal", access="read-only", within="shop", **fields).invalid(pointer)
    assert shop.public.get(f"/v1/carts/{cart_id}/links", ANNA.login).ok()["links"] == []
    assert internal(shop, cart_id, snapshot=False, card="neutral")["card"] == "neutral"


def test_what_is_added_later_stays_private_at_every_door_for_guests(shop):
    cart_id = shop.put()
    link, live = pinned(shop, cart_id), shop.link(cart_id)
    holder = internal(shop, cart_id)
    accept(shop, holder, EVA).ok(201)
    view, page = shop.shared(link), shop.page(link, User_Agent="Firefox/140.0")
    push_later(shop, cart_id)
    shop.public("POST", f"/v1/carts/{cart_id}/items", {"sku": "SECRET-10", "quantity": 1}, ANNA.login).ok(201)

    assert b"SECRET-9" in shop.shared(live).body and b"Surprise" in shop.page(live).body
    assert shop.shared(link).body == view.body and shop.shared(link).headers["ETag"] == view.headers["ETag"]
    assert shop.page(link, User_Agent="Firefox/140.0").body == page.body
    for door in ("v1/shared", "s"):
        service = {"Authorization": f"Bearer {KEYS['storefront']}"}
        for wish in ({}, {"User-Agent": "facebookexternalhit/1.1"}, {"Range": "bytes=0-99"}, service):
            answer = shop.public("GET", f"/{door}/{link['token']}", headers=wish)
            assert answer.status in (200, 206)
            assert not [word for word in (b"SECRET", b"Surprise", b"77777", b"544439") if word in answer.everything], (door, wish)
    assert shop.shared(link, If_None_Match=view.headers["ETag"]).status == 304

    for person in (ANNA, EVA):
        assert b"SECRET-9" in shop.shared(link, person).body and b"Surprise" in shop.page(link, person).body
    assert shop.resolve(link).ok()["cartId"] == cart_id


@pytest.mark.parametrize("form", FORMATS, ids=str)
def test_a_snapshot_shows_what_a_live_link_shows_and_keeps_no_more(start, form):
    server = start()
    cart, marks = marked(form, Random("snapshot"), "text")
    cart_id = server.put(cart=cart, format=form.name)
    live, link = server.link(cart_id), pinned(server, cart_id)
    assert server.shared(link).ok()["cart"] == server.shared(live).ok()["cart"]
    assert server.shared(link).ok()["redaction"] == server.shared(live).ok()["redaction"]
    assert server.stop() == 0
    links, kept = stored(server)
    assert len(links) == 1 and kept and carts.leaks(kept, marks) == []


def test_a_stricter_policy_takes_away_from_an_old_snapshot_and_a_looser_one_gives_nothing(start, tmp_path):
    folder = shutil.copytree(ROOT / "config/policies", tmp_path / "policies")
    server = start({"carts": {"policies": str(folder)}})
    link = pinned(server, server.put())
    assert server.shared(link).ok()["cart"]["items"][0]["sku"] == "MUG-1"
    assert "locale" in server.shared(link).ok()["cart"]

    file = folder / "cartlink.policy"
    text = file.read_text()

    def rule(path, line):
        lines = [line if old.split() and old.split()[0] == path else old for old in file.read_text().splitlines()]
        file.write_text("\n".join(lines) + "\n")

    def reload(times):
        server.process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + 5
        while server.log.read_text().count("policies reloaded") < times:
            assert time.monotonic() < deadline, server.log.read_text()[-2000:]
            time.sleep(0.02)

    rule("items[].sku", "items[].sku public drop drop show")
    rule("items[].id", "items[].id public show show show")
    reload(1)
    (item,) = server.shared(link).ok()["cart"]["items"]
    assert "sku" not in item and "id" not in item and item["name"] == "Mug"
    assert b"MUG-1" not in server.page(link).body
    assert "id" in server.shared(server.link(link["cartId"])).ok()["cart"]["items"][0]
    file.write_text(text)
    reload(2)
    assert server.shared(link).ok()["cart"]["items"][0]["sku"] == "MUG-1"


def test_hidden_prices_are_not_even_stored(start):
    server = start()
    link = pinned(server, server.put(), showPrices=False)
    company = pinned(server, server.put(OLGA), OLGA)
    for one in (link, company):
        shown = server.shared(one).ok()["cart"]
        assert "totals" not in shown and not {"unitPrice", "total"} & shown["items"][0].keys()
        assert b"12.50" not in server.page(one).body and b"25.00" not in server.page(one).body
    assert server.stop() == 0
    links, kept = stored(server)
    assert len(links) == 2 and b"Mug" in kept and b"1250" not in kept and b"2500" not in kept


def test_lines_that_people_added_are_not_pinned_until_the_shop_pushed_them(shop):
    cart_id = shop.put()
    shop.public("POST", f"/v1/carts/{cart_id}/items", {"sku": "WRITTEN-1", "quantity": 1}, ANNA.login).ok(201)
    link = pinned(shop, cart_id)
    assert [item["sku"] for item in shop.shared(link).ok()["cart"]["items"]] == ["MUG-1"]
    push_later(shop, cart_id)
    assert [item["sku"] for item in shop.shared(link).ok()["cart"]["items"]] == ["MUG-1"]
    assert [item["sku"] for item in shop.shared(pinned(shop, cart_id)).ok()["cart"]["items"]] == ["MUG-1", "SECRET-9"]


def test_the_same_wish_again_gives_the_same_link_and_what_it_pinned(shop):
    cart_id, key = shop.put(), {"Idempotency-Key": "once"}
    wish = {"audience": "external", "access": "read-only", "snapshot": True}
    link = shop.ask_link(cart_id, headers=key, **wish).ok(201)
    view = shop.shared(link).body
    push_later(shop, cart_id)
    assert shop.ask_link(cart_id, headers=key, **wish).ok(200, 201)["id"] == link["id"]
    assert shop.shared(link).body == view
    shop.ask_link(cart_id, headers=key, **wish | {"snapshot": False}).problem(409, "idempotency-conflict")


def test_a_snapshot_leaves_the_store_with_its_link(start):
    server = start()
    kept, cart_id = pinned(server, server.put()), server.put()
    links = {name: pinned(server, cart_id) for name in ("one", "admin")}
    links |= {name: pinned(server, server.put()) for name in ("many", "cart", "owner")}
    server.revoke(links["one"])
    server.administer("DELETE", f"links/{links['admin']['id']}?reason=x")
    selector = {"cartId": links["many"]["cartId"]}
    server.administer("POST", "revocations", {"selector": selector, "reason": "x", "expect": 1}).ok()
    server.delete(links["cart"]["cartId"])
    server.put(EVA, cart_id=links["owner"]["cartId"], transferOwner=True)
    for name, link in links.items():
        server.shared(link).problem(410, "link-gone")
        assert server.page(link).status == 410, name
    assert server.shared(kept).status == 200
    assert server.stop() == 0
    assert len(stored(server)[0]) == 1
    server.start()
    assert server.shared(kept).status == 200


def test_an_ordered_cart_is_gone_and_comes_back_as_it_was_pinned(shop):
    link = pinned(shop, shop.put())
    view = shop.shared(link).body
    push_later(shop, link["cartId"])
    shop.set_state(link["cartId"], "ordered")
    shop.shared(link).problem(410, "link-gone")
    assert shop.page(link).status == 410
    shop.set_state(link["cartId"], "open")
    assert shop.shared(link).body == view


def test_a_pushed_format_of_another_kind_changes_nothing_of_a_snapshot(shop):
    link = pinned(shop, shop.put())
    view, page = shop.shared(link).body, shop.page(link).body
    order_form = {"items": [{"name": "Surprise", "quantity": 1, "uniqueId": "x", "id": "1"}], "totalizers": []}
    shop.put(cart=order_form, cart_id=link["cartId"], format="vtex-orderform")
    assert shop.shared(link).body == view and shop.page(link).body == page
    assert b"Surprise" in shop.shared(shop.link(link["cartId"])).body
