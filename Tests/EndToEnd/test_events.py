# SPDX-License-Identifier: Apache-2.0
"""Event streams: who may watch a cart, and what he is told."""

import socket
import time

import carts
import logins
import together
from event_stream import EventStream, ask, held_cart
from logins import ANNA, EVA
from server import KEYS

# What is told


def test_a_push_is_told_with_its_version(shop):
    cart_id = shop.put()
    with EventStream(shop, cart_id, ANNA.login) as stream:
        assert (stream.headers["Cache-Control"], stream.headers["X-Accel-Buffering"]) == ("no-store", "no")
        assert stream.headers["X-Content-Type-Options"] == "nosniff"
        version = shop.public("PUT", f"/v1/carts/{cart_id}", {"owner": ANNA.owner, "cart": carts.plain()}, KEYS["storefront"]).ok()["version"]
        event = stream.next()
        assert (event.name, event.data) == ("changed", {"version": version})
        shop.set_state(cart_id, "ordered")
        assert stream.next().data["version"] > version, "an ordered cart can still be watched"


def test_a_colleagues_edit_is_told_to_all_who_watch(shop):
    cart_id, owner, holder, _ = held_cart(shop, "full")
    with EventStream(shop, cart_id, owner.login) as mine, EventStream(shop, cart_id, holder.login) as theirs:
        version = together.add(shop, cart_id, holder).ok(201)["version"]
        assert mine.next().data == theirs.next().data == {"version": version}


def test_comments_are_told_as_they_come_and_go(shop):
    cart_id, owner, holder, _ = held_cart(shop)
    with EventStream(shop, cart_id, owner.login) as stream:
        made = together.comment(shop, cart_id, holder, "kanarie").ok(201)
        event = stream.next()
        assert (event.name, event.data) == ("comment", {"count": 1})
        shop.public("DELETE", f"/v1/carts/{cart_id}/comments/{made['id']}", bearer=holder.login).ok(204)
        assert stream.next().data == {"count": 0}


def test_changes_in_quick_succession_end_with_the_newest_version(shop):
    cart_id = shop.put()
    with EventStream(shop, cart_id, ANNA.login) as stream:
        for _ in range(30):
            shop.put(cart_id=cart_id)
        newest = shop.public.get(f"/v1/carts/{cart_id}", ANNA.login).ok()["version"]
        told = [stream.next().data["version"]]
        while told[-1] != newest:
            told.append(stream.next().data["version"])
        assert told == sorted(set(told)) and len(told) <= 30
        assert stream.is_silent()


def test_what_changes_nothing_to_see_is_not_told(shop):
    cart_id = shop.put()
    with EventStream(shop, cart_id, ANNA.login) as stream:
        shop.link(cart_id)
        shop.put()
        assert stream.is_silent()


def test_a_reader_who_comes_back_hears_what_he_missed(shop):
    cart_id, owner, holder, _ = held_cart(shop)
    with EventStream(shop, cart_id, owner.login) as stream:
        last_id = stream.last_id
    with EventStream(shop, cart_id, owner.login, {"Last-Event-ID": last_id}) as stream:
        assert stream.is_silent()
    together.comment(shop, cart_id, holder).ok(201)
    with EventStream(shop, cart_id, owner.login, {"Last-Event-ID": last_id}) as stream:
        assert stream.next().name == "comment"
        assert stream.is_silent()
    shop.put(owner, cart_id=cart_id)
    version = shop.public.get(f"/v1/carts/{cart_id}", owner.login).ok()["version"]
    for known in (last_id, "1", "nonsense"):
        with EventStream(shop, cart_id, owner.login, {"Last-Event-ID": known}) as stream:
            assert stream.next().data == {"version": version}
    with EventStream(shop, cart_id, owner.login, {"Last-Event-ID": str(version)}) as stream:
        assert stream.is_silent()


# Who may watch


def test_only_people_with_a_part_in_the_cart_may_watch(shop):
    cart_id, owner, holder, link = held_cart(shop)
    ask(shop, cart_id).problem(401, "login-required")
    ask(shop, cart_id, logins.expired_login(owner)).problem(401, "login-invalid")
    ask(shop, cart_id, KEYS["storefront"]).problem(403, "permission-denied")
    ask(shop, cart_id, EVA.login).problem(404, "cart-not-found")
    ask(shop, cart_id, logins.somebody().login).problem(404, "cart-not-found")
    ask(shop, "no-such-cart", owner.login).problem(404, "cart-not-found")
    shop.public.get(f"/v1/carts/{cart_id}/events?access_token={owner.login}").problem(400, "malformed-request")
    ask(shop, cart_id, owner.login, "POST").problem(405, "method-not-allowed")
    for reader in (owner, holder):
        EventStream(shop, cart_id, reader.login).close()


def test_a_login_in_its_leeway_opens_no_stream(shop):
    ask(shop, shop.put(), logins.login(ANNA, exp=int(time.time()) - 5)).problem(401, "login-invalid")


def test_a_browser_watches_with_its_cookie(shop):
    head = f"GET /v1/carts/{shop.put()}/events HTTP/1.1\r\nHost: shop\r\nCookie: shop_login={ANNA.login}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", shop.public.port), timeout=5) as connection:
        connection.sendall(head.encode())
        assert connection.recv(4096).startswith(b"HTTP/1.1 200 ")
