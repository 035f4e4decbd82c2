# SPDX-License-Identifier: Apache-2.0
"""Revocation is linearizable: while many read, no request that was sent after a revocation's answer had come is served.

`CARTLINK_READS` sets how many reads are made (100,000 where it isn't set); the counts stand at the end of the run's output.
"""

import os
import random
import threading
import time

import pytest

import findings
from logins import ANNA
from server import Server
from wire import Counts, Wire, request

READS = int(os.environ.get("CARTLINK_READS", "100000"))
READERS, TOGETHER, OPEN = 4, 16, 24


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path / "hammered", {"links": {"perCart": 10_000}}).start()
    yield server
    server.kill()


class Hammer:
    """Readers ask for open links again and again, among them those that are being revoked; `ended` holds when that was answered."""

    def __init__(self, server):
        self.server, self.ended, self.stale, self.reads, self.served = server, {}, [], 0, 0
        self.links, self.dead, self.lock, self.stops = [], [], threading.Lock(), threading.Event()
        self.faults = []

    def run(self, change):
        """`change` revokes some of the links that it is given, and returns those; new ones take their places."""
        self.links = [self.new_link() for _ in range(OPEN)]
        threads = [threading.Thread(target=self.guarded, args=(self.read, seed)) for seed in range(READERS)]
        [thread.start() for thread in threads]
        try:
            self.change_all_the_time(change)
        finally:
            self.stops.set()
            [thread.join() for thread in threads]
        assert not self.faults, self.faults

    def new_link(self):
        return self.server.link(self.server.put())

    def change_all_the_time(self, change):
        chosen = random.Random(0)
        with Wire(self.server.public.port) as wire:
            while self.reads < READS and not self.faults:
                taken = chosen.sample(self.links, 2)
                for path in (prefix + link["token"] for link in taken for prefix in ("/v1/shared/", "/s/")):
                    assert wire.ask(request("GET", path)).status == 200
                revoked = change(self.server, taken)
                now = time.monotonic()
                with self.lock:
                    self.ended |= {link["token"]: now for link in revoked}
                for link in revoked:
                    self.note(link["token"], time.monotonic(), wire.ask(request("GET", "/v1/shared/" + link["token"])).status)
                    self.note(link["token"], time.monotonic(), wire.ask(request("GET", "/s/" + link["token"])).status)
                # Those that were revoked are asked for some time longer: nothing may bring them back.
                self.links = [link for link in self.links if link not in revoked] + [self.new_link() for _ in revoked]
                self.dead = revoked

    def read(self, seed):
        chosen, prefixes = random.Random(seed), ("/v1/shared/", "/s/")
        lines = [[], ["Accept-Encoding: gzip"], ["If-None-Match: *"]]
        with Wire(self.server.public.port) as wire:
            while not self.stops.is_set():
                # Behind a request that the router answers the others are the router's too, so the dead come last.
                links = chosen.choices(self.links, k=TOGETHER - 2) + chosen.choices(self.dead or self.links, k=2)
                asked = [link["token"] for link in links]
                data = b"".join(request("GET", chosen.choice(prefixes) + token, *chosen.choice(lines)) for token in asked)
                sent = time.monotonic()
                wire.send(data)
                statuses = [wire.answer().status for _ in asked]
                for token, status in zip(asked, statuses):
                    self.note(token, sent, status)

    def note(self, token, sent, status):
        assert status in (200, 304, 410), status
        with self.lock:
            self.reads += 1
            self.served += status != 410
            if status != 410 and self.ended.get(token, sent) < sent:
                self.stale.append(sent - self.ended[token])

    def guarded(self, work, *arguments):
        try:
            work(*arguments)
        except Exception as fault:  # Told by the main thread.
            self.faults.append(repr(fault))


def revoked_by_owner(server, links):
    server.revoke(links[0], ANNA).ok(204)
    return links[:1]


def revoked_in_bulk(server, links):
    for link in links:
        order = {"selector": {"linkId": link["id"]}, "reason": "test"}
        server.administer("POST", "revocations", order | {"expect": 1}).ok()
    return links


def ended_with_their_carts(server, links):
    server.delete(links[0]["cartId"]).ok(204)
    server.set_state(links[1]["cartId"], "ordered")
    return links


def test_no_read_after_a_revocation_is_served(server):
    chosen, ways = random.Random(5), [revoked_by_owner, revoked_in_bulk, ended_with_their_carts]
    hammer, before = Hammer(server), Counts.of(server)
    began = time.monotonic()
    hammer.run(lambda server, links: chosen.choice(ways)(server, links))
    counted = Counts.of(server) - before
    findings.tell(
        findings.STALENESS,
        f"{len(hammer.stale)} stale of {hammer.reads} reads on one node, {len(hammer.ended)} ends of links, {counted.fast} answers in"
        f" front of the router, {time.monotonic() - began:.1f} s",
    )
    assert hammer.stale == [], f"{len(hammer.stale)} of {hammer.reads}, the latest {max(hammer.stale):.4f} s after the answer"
    assert hammer.reads >= READS and len(hammer.ended) >= 20
    assert counted.fast > hammer.reads / 4, "the hot path was hardly used"
