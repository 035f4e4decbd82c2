# SPDX-License-Identifier: Apache-2.0
"""kill -9 in the middle of a mixed load, again and again: what was acknowledged stays true."""

import random
import threading
import time

from logins import ANNA

ROUNDS, CLIENTS = 20, 6


class Load:
    """Clients that issue, view and revoke until the server dies; they note what it acknowledged and what was under way."""

    def __init__(self, server, cart_id, seed):
        self.server, self.cart_id, self.issued, self.revoked, self.unsure, self.stale = server, cart_id, {}, {}, set(), []
        self.threads = [threading.Thread(target=self._run, args=(random.Random(seed * 100 + number),)) for number in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def _run(self, chance):
        mine = []
        try:
            while True:
                answer = self.server.ask_link(self.cart_id, audience="external", access="read-only")
                link = answer.ok(201)
                self.issued[link["id"]] = link
                mine.append(link)
                if chance.random() < 0.6:
                    victim = mine.pop(chance.randrange(len(mine)))
                    self.unsure.add(victim["id"])
                    answer = self.server.revoke(victim)
                    assert answer.status == 204, answer
                    self.revoked[victim["id"]] = victim
                    if self.server.shared(victim).status != 410:
                        self.stale.append(victim["id"])
                elif self.server.shared(chance.choice(mine)).status != 200:
                    self.stale.append("a live link was dead")
        except (OSError, ConnectionError):
            pass
        except Exception as error:  # http.client raises its own kinds when an answer is cut off
            if type(error).__module__ != "http.client":
                self.stale.append(repr(error))

    def wait(self):
        for thread in self.threads:
            thread.join(10)


def check(server, load):
    for link in load.revoked.values():
        assert server.shared(link).status == 410, f"revoked {link['id']} lives"
    for identifier, link in load.issued.items():
        if identifier not in load.unsure:
            assert server.shared(link).status == 200, f"issued {link['id']} is lost"


def test_acknowledged_means_durable(start):
    server = start({"links": {"perCart": 100_000}})
    began, loads, chance = time.monotonic(), [], random.Random(7)
    for number in range(ROUNDS):
        load = Load(server, server.put(), number)
        time.sleep(0.2 + chance.random() * 0.5)
        server.kill()
        load.wait()
        began_again = time.monotonic()
        server.start()
        assert time.monotonic() - began_again < 3
        assert load.stale == []
        check(server, load)
        loads.append(load)
    for load in loads:
        check(server, load)
    assert sum(len(load.revoked) for load in loads) > ROUNDS, "the load did nothing"
    assert any(load.unsure - load.revoked.keys() for load in loads) or sum(len(load.issued) for load in loads) > 10 * ROUNDS
    verified = server.with_admin_key("audit", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    last = loads[-1]
    links = server.public.get(f"/v1/carts/{last.cart_id}/links", ANNA.login).ok()["links"]
    assert {link["id"] for link in links} >= last.issued.keys()
    assert time.monotonic() - began < 90


def test_a_repeated_request_finds_its_link_after_a_crash(start):
    server = start()
    cart_id, wish, key = server.put(), {"audience": "external", "access": "read-only"}, {"Idempotency-Key": "over-the-crash"}
    link = server.ask_link(cart_id, headers=key, **wish).ok(201)
    server.kill()
    server.start()
    assert server.ask_link(cart_id, headers=key, **wish).ok(200, 201)["id"] == link["id"]


def test_nothing_else_is_lost_in_a_crash(start):
    server = start()
    paused, locked, narrowed = server.link(), server.put(), server.link(audience="internal", access="full", within="shop")
    server.change(paused, paused=True)
    server.set_state(locked, "locked")
    server.change(narrowed, access="read-only")
    deleted = server.link()
    server.delete(deleted["cartId"])
    server.kill()
    server.start()
    assert [server.shared(link).status for link in (paused, deleted)] == [410, 410]
    assert server.public.get(f"/v1/carts/{locked}", ANNA.login).ok()["state"] == "locked"
    assert server.resolve(narrowed).ok()["access"] == "read-only"
