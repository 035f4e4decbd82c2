# SPDX-License-Identifier: Apache-2.0
"""A node that stands still while others wait for it, and goes on later; lines of a table as in test_postgres_faults."""

import random
import threading
import time
from signal import SIGCONT, SIGSTOP

from faults import LONGEST, MANY, OPEN, RECOVERY, Clients, counted, held, links_of, seconds, started
from patience import PATIENCE
from wire import Wire, request


def sessions_with_the_lock(database):
    """Sessions that stand still in a transaction in which they have locked the revision, so that no other node can write."""
    return set(
        database.sql(
            "SELECT pid FROM pg_stat_activity JOIN pg_locks USING (pid) WHERE state = 'idle in transaction'"
            " AND relation = 'cartlink.revision'::regclass AND mode = 'RowShareLock'"
        ).split()
    )


def paused_in_a_transaction(node, database):
    """Stops the process at a moment when it has others wait for it; how often that was tried."""
    chance = random.Random(3)
    for number in range(1, 200):
        node.process.send_signal(SIGSTOP)
        if sessions_with_the_lock(database):
            return number
        node.process.send_signal(SIGCONT)
        time.sleep(chance.random() * 0.02)
    raise AssertionError("never caught in a transaction")


# Longer than anything that a node or the database waits for.
PAUSE = 10


def test_a_node_that_is_paused_in_a_transaction(prepare_nodes, postgres):
    database = postgres.database()
    nodes = first, second = started(prepare_nodes(changes=MANY, database=database))
    cart_id, load_cart = first.put(), first.put()
    links = [first.link(cart_id) for _ in range(24)]
    held(nodes, links)
    stops, made, unsure = threading.Event(), {}, set()

    def load(number):
        """Writes on the node that will be paused; what became of each is asked again later."""
        for count in range(1 << 30):
            if stops.is_set():
                return
            key = f"load-{number}-{count}"
            unsure.add(key)
            answer = clients.issue(first, load_cart, key)
            assert answer.status in (201, 503), answer
            if answer.status == 201:
                made[key] = answer.json["id"]

    # The paused node's readers wait as long as it does.
    with Clients([second], links) as clients:
        loads = [threading.Thread(target=load, args=(number,)) for number in range(8)]
        for thread in loads:
            thread.start()
        time.sleep(0.2)
        tries = paused_in_a_transaction(first, database)
        paused = time.monotonic()
        waits, questions = [], []
        for link in links[:16]:
            began = time.monotonic()
            assert clients.insist(lambda link=link: clients.revoke(second, link), 5) == 204
            waits.append(time.monotonic() - began)
            wire = Wire(first.public.port, timeout=20)
            wire.send(request("GET", "/v1/shared/" + link["token"]))
            questions.append((wire, link, time.monotonic()))
            time.sleep(max(0, paused + PAUSE * len(waits) / 16 - time.monotonic()))
        stops.set()
        resumed = time.monotonic()
        first.process.send_signal(SIGCONT)
        answers = [clients.viewed(first, link, wire, sent) for wire, link, sent in questions]
        again = []
        for _ in range(5):
            for link in links[:16]:
                with Wire(first.public.port) as wire:
                    again.append(clients.view(first, link, wire))
        for thread in loads:
            thread.join(20)
        with Wire(first.public.port) as wire:
            while clients.view(first, links[-1], wire).status not in OPEN:
                assert time.monotonic() < resumed + RECOVERY
        recovery = time.monotonic() - resumed
    end = time.monotonic()
    sought = {key: clients.insist(lambda key=key: clients.issue(second, load_cart, key)).ok(201)["id"] for key in sorted(unsure)}
    clients.tell(
        f"node paused in a transaction for {PAUSE} s (caught at try {tries})",
        paused,
        end,
        seconds(recovery),
        f"the other node's revocations: first {waits[0]:.2f} s, longest {max(waits):.2f} s; the paused node's answers to what was asked"
        f" meanwhile: {counted(answers)}; afterwards: {counted(again)}",
    )
    assert max(waits) < 0.7 + 0.3 * PATIENCE, f"{max(waits):.2f} s"
    assert {seen.status for seen in answers + again} <= {410, 503}, counted(answers + again)
    assert all(sought[key] == identifier for key, identifier in made.items())
    assert set(links_of(first, load_cart)) == set(sought.values()), "a write was made twice"
    assert len(set(sought.values())) == len(sought)
    stalled = [seen for seen in clients.between(paused, end) if seen.node is second and seen.got - seen.sent > LONGEST]
    assert not stalled and clients.stale == []
    assert all(node.process.poll() is None for node in nodes), first.log.read_text()[-3000:]
    assert second.with_admin_key("audit", "verify").returncode == 0
