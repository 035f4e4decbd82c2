# SPDX-License-Identifier: Apache-2.0
"""What is told of changes when the service is killed, stopped or configured anew, and of thousands of links revoked at once."""

import random
import sqlite3
import threading
import time

import findings
from receiver import Receiver, webhook
from test_keys import generate, promote, slot_of
from test_webhook_failures import state, until


def in_order(deliveries):
    """The types that came for each link, repeats taken out."""
    types = {}
    for delivery in deliveries:
        seen = types.setdefault(delivery.data["linkId"], [])
        if delivery.type not in seen:
            seen.append(delivery.type)
    return types


def test_nothing_is_lost_when_it_is_killed_between_change_and_delivery(start, tmp_path):
    """The receiver is down, so nothing was delivered when the process dies."""
    receiver = Receiver()
    receiver.close()
    server = start({"webhooks": [webhook(tmp_path, receiver.url(), ["link.*"])]})
    links = [server.link() for _ in range(10)]
    for link in links[:5]:
        assert server.revoke(link).status == 204
    server.kill()
    back = Receiver(port=receiver.port)
    server.start()
    told = back.wait_for(15, 20)
    assert in_order(told) == {
        link["id"]: ["link.created", "link.revoked"] if link in links[:5] else ["link.created"] for link in links
    }
    until(lambda: state(server)["waiting"] == 0)
    back.close()


def test_every_acknowledged_change_is_told_in_order_over_many_kills(start, tmp_path):
    receiver = Receiver()
    chance = random.Random(11)
    # A receiver that fails now and then, so that attempts are under way and waiting when the process dies.
    receiver.answer = lambda delivery: 500 if chance.random() < 0.2 else 204
    server = start({"webhooks": [webhook(tmp_path, receiver.url(), ["link.*"])], "links": {"perCart": 100_000}})
    issued, revoked = [], []
    for _ in range(6):
        cart_id = server.put()
        load = threading.Thread(target=work, args=(server, cart_id, issued, revoked))
        load.start()
        receiver.wait_for(len(receiver.deliveries) + chance.randrange(5, 40))
        server.kill()
        load.join(10)
        server.start()
    receiver.answer = lambda delivery: 204

    def complete(deliveries):
        types = in_order(deliveries)
        return all("link.created" in types.get(link, []) for link in issued) and all("link.revoked" in types[link] for link in revoked)

    told = receiver.wait(complete, 60)
    until(lambda: state(server)["waiting"] == 0, 60)
    for types in in_order(told).values():
        assert types in (["link.created"], ["link.created", "link.revoked"]), "a later message came first"
    assert len(issued) > 50 and revoked
    receiver.close()


def work(server, cart_id, issued, revoked):
    try:
        while True:
            link = server.ask_link(cart_id, audience="external", access="read-only").ok(201)
            issued.append(link["id"])
            if len(issued) % 3 == 0 and server.revoke(link).status == 204:
                revoked.append(link["id"])
    except Exception as error:
        assert isinstance(error, OSError) or type(error).__module__ == "http.client", error


def test_thousands_of_links_revoked_at_once_are_each_told(start, tmp_path):
    receiver = Receiver()
    server = start({"webhooks": [webhook(tmp_path, receiver.url(), ["link.revoked"])], "links": {"perCart": 100_000}})
    cart_id = server.put()
    links = issue_many(server, cart_id, 2_000)
    single = links.pop()
    server.revoke(single)
    body = {"selector": {"cartId": cart_id}, "reason": "leak", "expect": len(links)}
    began = time.monotonic()
    done = server.administer("POST", "revocations", body).ok()
    took = time.monotonic() - began
    assert done["revoked"] == len(links) and took < 2, took
    # Killed in the middle of telling.
    receiver.wait_for(500)
    server.kill()
    server.start()
    told = receiver.wait(lambda deliveries: len({delivery.data["linkId"] for delivery in deliveries}) == 2_000, 60)
    assert {delivery.data["linkId"] for delivery in told} == {link["id"] for link in [*links, single]}
    assert all(delivery.is_signed and delivery.type == "link.revoked" for delivery in told)
    assert len(told) <= 2_000 + 64, "at most what was under way comes twice"
    until(lambda: state(server)["waiting"] == 0)
    findings.tell("webhooks", f"2,000 links revoked in {took:.3f} s, told by {told[-1].at - began:.1f} s")
    receiver.close()


def issue_many(server, cart_id, count):
    links, lock = [], threading.Lock()

    def issue():
        while True:
            with lock:
                if len(links) + issue.running >= count:
                    return
                issue.running += 1
            link = server.link(cart_id)
            with lock:
                links.append(link)
                issue.running -= 1

    issue.running = 0
    threads = [threading.Thread(target=issue) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return links


def test_a_stop_waits_for_attempts_under_way_but_not_long(start, tmp_path):
    slow = threading.Event()
    receiver = Receiver(lambda delivery: 204 if slow.wait(20) else 500)
    server = start({"webhooks": [webhook(tmp_path, receiver.url(), ["link.*"])]})
    link = server.link()
    receiver.wait_for(1)
    began = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - began < 9
    slow.set()
    receiver.answer = lambda delivery: 204
    server.start()
    again = receiver.wait_for(2)[1]
    assert again.data["linkId"] == link["id"] and again.id == receiver.deliveries[0].id
    receiver.close()


def test_a_webhook_that_is_taken_out_is_forgotten(start, tmp_path):
    dead = Receiver()
    dead.close()
    entry = webhook(tmp_path, dead.url("/path-canary"), ["link.*"])
    server = start({"webhooks": [entry]})
    for _ in range(3):
        server.link()
    cart_id = server.link()["cartId"]
    server.administer("POST", "revocations", {"selector": {"cartId": cart_id}, "reason": "x", "expect": 1}).ok()
    known = state(server)["id"]
    assert server.stop() == 0
    server.configure({name: value for name, value in server.settings.items() if name != "webhooks"})
    server.start()
    assert server.administer("GET", "webhooks").ok() == {"webhooks": []}
    line = until(lambda: [line for line in server.log.read_text().splitlines() if "forgotten" in line])[0]
    assert known in line and "canary" not in line
    assert server.stop() == 0
    # It comes back as a new one.
    back = Receiver(port=dead.port)
    server.configure(server.settings | {"webhooks": [entry]})
    server.start()
    link = server.link()
    assert [delivery.data["linkId"] for delivery in back.wait_for(1)] == [link["id"]]
    back.close()


def test_the_links_of_a_key_that_is_retired_are_told_also_when_nothing_runs(start, tmp_path):
    receiver = Receiver()
    server = start({"webhooks": [webhook(tmp_path, receiver.url(), ["link.revoked"])]})
    links = [server.link() for _ in range(3)]
    first = slot_of(server, links[0])
    promote(server, generate(server))
    server.link()
    assert server.stop() == 0
    retired = server.run("keys", "retire", str(first), "--expect", "3")
    assert retired.returncode == 0, retired.stdout + retired.stderr
    server.start()
    told = receiver.wait_for(3)
    assert sorted(delivery.data["linkId"] for delivery in told) == sorted(link["id"] for link in links)
    until(lambda: state(server)["waiting"] == 0)
    receiver.close()


def test_a_bulk_revocation_is_told_while_other_messages_keep_the_receiver_busy(start, tmp_path):
    def slowly(delivery):
        time.sleep(0.2 if delivery.type == "cart.changed" else 0)
        return 204

    receiver, busy = Receiver(slowly), threading.Event()
    server = start({"webhooks": [webhook(tmp_path, receiver.url(), ["cart.changed", "link.revoked"])]})
    links = [server.link(label="many") for _ in range(20)]

    def keep_busy(number):
        while not busy.is_set():
            server.put(cart={"currency": "EUR", "items": [], "totals": {"items": number}})

    pushes = [threading.Thread(target=keep_busy, args=(number,)) for number in range(2)]
    for push in pushes:
        push.start()
    try:
        receiver.wait_for(10)
        body = {"selector": {"label": "many"}, "reason": "x", "expect": 20}
        assert server.administer("POST", "revocations", body).ok()["revoked"] == 20
        # Busy until the last of them is in the outbox: a message for each is what the receiver's backlog must not keep from being made.
        until(lambda: not unfolded(server), 10)
    finally:
        busy.set()
        for push in pushes:
            push.join(10)
    receiver.answer = lambda delivery: 204
    told = receiver.wait(lambda deliveries: sum(delivery.type == "link.revoked" for delivery in deliveries) >= 20, 30)
    assert {delivery.data["linkId"] for delivery in told if delivery.type == "link.revoked"} == {link["id"] for link in links}
    receiver.close()


def unfolded(server):
    """Bulk revocations of which not all messages are made yet."""
    with sqlite3.connect(f"file:{server.database}?mode=ro", uri=True) as database:
        return database.execute("SELECT count(*) FROM massRevocation").fetchone()[0]


def test_a_receiver_that_fails_now_and_then_does_not_fill_the_log(start, tmp_path):
    receiver = Receiver(lambda delivery: 500 if len(receiver.deliveries) % 2 else 204)
    server = start({"webhooks": [webhook(tmp_path, receiver.url(), ["link.created"])]})
    for _ in range(30):
        server.link()
    until(lambda: len(receiver.deliveries) > 40, 30)
    lines = [line for line in server.log.read_text().splitlines() if "webhook's" in line]
    assert 1 <= len(lines) <= 6, "the log is filled"
    receiver.close()
