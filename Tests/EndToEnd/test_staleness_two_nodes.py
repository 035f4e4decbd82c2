# SPDX-License-Identifier: Apache-2.0
"""Revocation is final on all nodes at once: sixteen readers on two nodes, and no success to who asked after a revocation's answer.

The same run on a debug build that takes a revision check to hold for 250 ms shows that the test would notice.
`CARTLINK_STALENESS_LINKS` sets how many links are revoked (10,000 where it isn't set); the counts stand at the end of the run's output.
"""

import multiprocessing
import os
import random
import time
from dataclasses import dataclass

import pytest

import findings
import server as real
from logins import ANNA
from patience import PATIENCE
from server import KEYS, ROOT
from wire import Wire, request

LINKS = int(os.environ.get("CARTLINK_STALENESS_LINKS", "10000"))
READERS, REVOKERS, PER_CART, WINDOW = 16, 4, 100, 24
DEBUG_BINARY = ROOT / ".build/debug/cartlink"
FORK = multiprocessing.get_context("fork")


@dataclass
class Shared:
    """What the processes share: when each link's revocation was answered (0 while it wasn't), and how far the revokers have come."""

    acknowledged: object
    revoked: object
    stops: object
    reads: object
    served: object
    refused: object
    stale: object
    worst: object
    faults: object

    @staticmethod
    def of(count):
        numbers = [FORK.Value("L", 0) for _ in range(5)]
        return Shared(FORK.Array("d", count, lock=False), numbers[0], FORK.Event(), *numbers[1:], FORK.Value("d", 0), FORK.Queue())


def guarded(work, shared, *arguments):
    try:
        work(shared, *arguments)
    except Exception as fault:  # Told by the test.
        shared.faults.put(repr(fault))
        shared.stops.set()


def issue(shared, port, carts, found):
    """Links on some carts, as (number, token, id)."""
    with Wire(port) as wire:
        for number in carts:
            cart = f'{{"owner":{{"userId":"anna"}},"cart":{{"currency":"EUR","items":[],"totals":{{"items":{number}}}}}}}'.encode()
            ask(wire, "PUT", f"/v1/carts/c-{number}", KEYS["storefront"], cart)
            for place in range(PER_CART):
                wish, key = b'{"audience":"external","access":"read-only"}', f"Idempotency-Key: c-{number}-{place}"
                link = ask(wire, "POST", f"/v1/carts/c-{number}/links", ANNA.login, wish, key)
                text = link.body.decode()
                token, name = (text.split(f'"{key}":"')[1].split('"')[0] for key in ("token", "id"))
                found.put((number * PER_CART + place, token, name))


def ask(wire, method, path, bearer, body=b"", *lines):
    """Makes a change; where the computer is so busy that it is refused with 503, again, as a client is told to."""
    lines = [f"Authorization: Bearer {bearer}", f"Content-Length: {len(body)}", "Content-Type: application/json", *lines]
    deadline = time.monotonic() + 10 * PATIENCE
    while (answer := wire.ask(request(method, path, *lines, body=body))).status == 503 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert answer.status < 300, (method, answer.status)
    return answer


def revoke(shared, ports, links, part, enough):
    """Every so many-th link, on one node and the other in turn, until enough stale reads were seen."""
    wires = [Wire(port) for port in ports]
    for number in range(part, len(links), REVOKERS):
        if shared.stops.is_set() or enough and shared.stale.value >= enough:
            return
        ask(wires[number % 2], "DELETE", f"/v1/links/{links[number][1]}", ANNA.login)
        shared.acknowledged[number] = time.monotonic()
        with shared.revoked.get_lock():
            shared.revoked.value = max(shared.revoked.value, number)


def read(shared, port, links, seed):
    """Asks for links around the one that is revoked now: some just before, some just after."""
    chosen, reads, served, refused, worst = random.Random(seed), 0, 0, 0, 0.0
    with Wire(port) as wire:
        while not shared.stops.is_set():
            around = shared.revoked.value
            number = min(max(around + chosen.randint(-WINDOW, WINDOW), 0), len(links) - 1)
            data = request("GET", chosen.choice(["/v1/shared/", "/s/"]) + links[number][0])
            acknowledged = shared.acknowledged[number]
            status = wire.ask(data).status
            assert status in (200, 410, 503), status
            reads, served, refused = reads + 1, served + (status == 200), refused + (status == 503)
            # The answer to the revocation had come before this was sent.
            if status == 200 and acknowledged:
                worst = max(worst, time.monotonic() - acknowledged)
                with shared.stale.get_lock():
                    shared.stale.value += 1
    for total, value in ((shared.reads, reads), (shared.served, served), (shared.refused, refused)):
        with total.get_lock():
            total.value += value
    with shared.worst.get_lock():
        shared.worst.value = max(shared.worst.value, worst)


def hammer(nodes, count, enough=None):
    """The counts of a run in which so many links are revoked, one after another, while all read."""
    ports = [node.public.port for node in nodes]
    shared, found = Shared.of(count), FORK.Queue()
    carts = range(count // PER_CART)
    makers = [FORK.Process(target=guarded, args=(issue, shared, ports[part % 2], carts[part::4], found)) for part in range(4)]
    [maker.start() for maker in makers]
    made = sorted(found.get(timeout=60 * PATIENCE) for _ in range(len(carts) * PER_CART))
    links = [(token, name) for _, token, name in made]
    [maker.join() for maker in makers]
    readers = [FORK.Process(target=guarded, args=(read, shared, ports[seed % 2], links, seed)) for seed in range(READERS)]
    revokers = [FORK.Process(target=guarded, args=(revoke, shared, ports, links, part, enough)) for part in range(REVOKERS)]
    [process.start() for process in readers]
    time.sleep(0.5)
    [process.start() for process in revokers]
    [process.join() for process in revokers]
    time.sleep(0.3)
    shared.stops.set()
    [process.join() for process in readers]
    assert shared.faults.empty(), shared.faults.get()
    return shared


def told(shared, began):
    count = sum(at > 0 for at in shared.acknowledged)
    return (
        f"{shared.stale.value} stale of {shared.reads.value} reads on two nodes ({shared.served.value} served, {shared.refused.value}"
        f" refused with 503), {count} links revoked, {time.monotonic() - began:.1f} s"
    )


@pytest.fixture
def nodes(prepare_nodes, monkeypatch):
    """Starts two nodes of a build, on a new database."""

    def nodes(binary=None, environment=None):
        if binary:
            monkeypatch.setattr(real, "BINARY", binary)
        nodes = prepare_nodes(changes={"links": {"perCart": PER_CART}})
        for node in nodes:
            node.environment = environment or {}
            node.start()
        return nodes

    return nodes


def test_no_node_serves_a_link_after_its_revocation(nodes):
    began = time.monotonic()
    shared = hammer(nodes(), LINKS)
    findings.tell(findings.STALENESS, told(shared, began))
    assert shared.stale.value == 0, f"up to {shared.worst.value:.4f} s after the answer"
    assert shared.reads.value > LINKS and shared.served.value > LINKS / 10 and shared.refused.value < LINKS / 10


def test_a_check_that_is_taken_to_hold_for_a_while_is_noticed(nodes):
    if not DEBUG_BINARY.exists():
        pytest.fail(f"{DEBUG_BINARY} is missing: swift build --product cartlink makes it")
    # More links than are needed as a rule: on a slow computer reads come rarely within those 250 ms.
    began, count = time.monotonic(), min(LINKS, 2000)
    shared = hammer(nodes(DEBUG_BINARY, {"CARTLINK_CHECK_HOLDS": "250"}), count, enough=10)
    findings.tell(findings.STALENESS, "weakened on purpose: " + told(shared, began))
    assert shared.stale.value > 0
