# SPDX-License-Identifier: Apache-2.0
"""Nodes whose way to the database goes dead without being closed; lines of a table as in test_postgres_faults."""

import os
import threading
import time

import pytest

from faults import MANY, OPEN, RECOVERY, Clients, counted, held, seconds, started
from half_open import HalfOpen
from patience import PATIENCE
from server import KEYS, merged
from wire import Counts, Wire


def behind(way, nodes, database):
    """The first node reaches the database by that way only."""
    first = nodes[0]
    first.configure(merged(first.settings, {"storage": f"postgres://cartlink@127.0.0.1:{way.port}/{database.name}"}))
    return started(nodes)


@pytest.mark.parametrize("cut", [False, True], ids=["silently", "with its connections, while new ones hang"])
def test_a_way_to_the_database_that_goes_dead(prepare_nodes, postgres, cut):
    database = postgres.database()
    with HalfOpen(postgres.port) as way:
        nodes = first, second = behind(way, prepare_nodes(changes=MANY, database=database), database)
        cart_id = first.put()
        links = [first.link(cart_id) for _ in range(16)]
        cold = [second.link() for _ in range(24)]
        held(nodes, links)
        before = Counts.of(first)
        with Clients(nodes, links, readers=4) as clients:
            time.sleep(0.3)

            def look(link, after):
                time.sleep(after)
                with Wire(first.public.port) as wire:
                    clients.view(first, link, wire)

            # Many look-ups for few connections, and they come one after another.
            looks = [threading.Thread(target=look, args=(link, 0.05 + number / 12)) for number, link in enumerate(cold)]
            way.freeze()
            frozen = time.monotonic()
            if cut:
                way.cut()
            for thread in looks:
                thread.start()
            for link in links[:6]:
                assert clients.revoke(second, link) == 204
            for _ in range(2):
                clients.issue(first, cart_id)
            while time.monotonic() < frozen + 3:
                assert first.public.get("/health/live").status == 200
                assert clients.revoke(second, links[6]) == 204
                time.sleep(0.1)
            assert first.public.get("/health/ready").status == 503
            thaws = time.monotonic()
            way.thaw()
            clients.wait_for_service(thaws, cart_id)
            for thread in looks:
                thread.join(20)
            time.sleep(0.3)
        end = time.monotonic()
        # Bytes that were under way may have arrived.
        during = clients.between(frozen + 0.05, thaws) + clients.between(frozen, thaws, clients.writes)
        during = [seen for seen in during if seen.node is first]
        name = "connections cut, new ones hang" if cut else "silent"
        parts = f"of these, behind the dead way: {counted(during)}"
        clients.tell(f"half-open TCP to one node, {name}", frozen, thaws, seconds(clients.recovery(thaws)), parts)
        # A request that waited through the fault may have its answer after it.
        held_up = [seen for seen in during if seen.got > thaws]
        assert {seen.status for seen in during if seen.got <= thaws} == {503}, counted(during)
        assert len(held_up) < len(during) / 2
        assert (Counts.of(first) - before).fast > 20
        assert clients.recovery(thaws) < RECOVERY
        clients.check(0, end)
        assert {node.shared(link).status for node in nodes for link in links[:7]} == {410}


SYNC = b"S\x00\x00\x00\x04"


def test_a_way_that_goes_dead_in_the_middle_of_a_transaction(prepare_nodes, postgres):
    """The server has got the first packets of several and waits for the rest, with the lock that all nodes' writes take."""
    database = postgres.database()
    with HalfOpen(postgres.port) as way:
        nodes = first, second = behind(way, prepare_nodes(changes=MANY, database=database), database)
        links = [second.link() for _ in range(6)]
        held(nodes, links)
        large = {"currency": "EUR", "items": [], "custom": {"pad": os.urandom(60_000).hex()}}

        def first_packets(data, said):
            length = len(said) - max(0, said.rfind(SYNC, 0, len(said) - len(SYNC)))
            return data[: len(data) // 2] if b"FOR UPDATE" in said and length > 16_384 else data

        clients, pushed, views = Clients(nodes, links), [], []

        def view(node, link):
            with Wire(node.public.port) as wire:
                views.append(clients.view(node, link, wire))

        way.inspect = first_packets
        pushing = threading.Thread(target=lambda: pushed.append(clients.write(first, "push", lambda: push(first, large))))
        pushing.start()
        deadline = time.monotonic() + 5
        while not way.is_frozen:
            assert time.monotonic() < deadline, "no transaction was cut"
            time.sleep(0.002)
        frozen, waits, looks = time.monotonic(), [], []
        for link in links[:4]:
            began = time.monotonic()
            assert clients.insist(lambda link=link: clients.revoke(second, link), 6) == 204
            waits.append(time.monotonic() - began)
            # Both hold the link's answer, and the first can't ask whether it still holds.
            looks += [threading.Thread(target=view, args=(node, link)) for node in nodes]
            [thread.start() for thread in looks[-2:]]
        [thread.join(20) for thread in [pushing, *looks]]
        # What of the transaction is still on its way would make it dead again.
        way.inspect = lambda data, said: data
        way.cut()
        way.thaw()
        end = time.monotonic()
        waited, parts = f"{max(waits):.2f} s until another node's revocation", f"the push {pushed[0].status}"
        clients.tell("half-open TCP in a half-sent transaction", frozen, end, waited, parts)
        assert max(waits) < 0.7 + 0.3 * PATIENCE
        clients.check(0, end)
        for node, status in ((first, 503), (second, 410)):
            assert [seen.status for seen in views if seen.node is node] == [status] * 4
        # The transaction never came to its end, so nothing of it may be there; and it can be made again.
        assert pushed[0].status == 503
        assert {clients.insist(lambda node=node: pushed_cart(node)).status for node in nodes} == {404}
        assert clients.insist(lambda: push(first, large)).status == 201
        assert {pushed_cart(node).ok()["cart"]["custom"]["pad"] for node in nodes} == {large["custom"]["pad"]}
        assert {node.shared(link).status for node in nodes for link in links[:4]} == {410}


def push(node, cart):
    return node.public("PUT", "/v1/carts/large-1", {"cart": cart}, KEYS["storefront"])


def pushed_cart(node):
    return node.public.get("/v1/carts/large-1", KEYS["storefront"])


def test_a_look_up_whose_end_is_cut_off(prepare_nodes, postgres):
    """The answer is there already when the connection ends at the transaction's COMMIT."""
    database = postgres.database()
    with HalfOpen(postgres.port) as way:
        nodes = first, second = behind(way, prepare_nodes(changes=MANY, database=database), database)
        links = [second.link() for _ in range(20)]
        clients, cuts = Clients(nodes, links), []

        def without_commit(data, said):
            if b"READ ONLY" in said and b"COMMIT" in data:
                cuts.append(time.monotonic())
                return None
            return data

        way.inspect = without_commit
        way.cut()
        began = time.monotonic()
        for link in links:
            with Wire(first.public.port) as wire:
                clients.view(first, link, wire)
            if first.process.poll() is not None:
                break
        way.inspect = lambda data, said: data
        end = time.monotonic()
        clients.tell(f"connection cut at the end of a look-up, {len(cuts)} times", began, end, "–")
        assert cuts, "nothing was cut"
        clients.check(0, end)
        assert {clients.insist(lambda link=link: first.shared(link).status) for link in links} == {200}


def test_a_host_of_two_that_doesnt_answer(prepare_nodes, postgres):
    """As when the machine of the old primary is gone: the nodes start, go on and come back by the other host."""
    database = postgres.database()
    with HalfOpen(postgres.port) as way:
        hosts = f"127.0.0.1:{way.port},127.0.0.1:{postgres.port}"
        nodes = prepare_nodes(changes=MANY | {"storage": f"postgres://cartlink@{hosts}/{database.name}"}, database=database)
        first, _ = started(nodes)
        cart_id = first.put()
        links = [first.link(cart_id) for _ in range(8)]
        held(nodes, links)
        with Clients(nodes, links) as clients:
            time.sleep(0.2)
            way.freeze()
            gone = time.monotonic()
            deadline = gone + 8
            well = {}
            while len(well) < 2 and time.monotonic() < deadline:
                for node in nodes:
                    if node not in well and clients.issue(node, cart_id).status == 201:
                        well[node] = time.monotonic() - gone
                time.sleep(0.05)
            looked = time.monotonic()
            time.sleep(0.5)
        end = time.monotonic()
        clients.tell("first host of two doesn't answer any more", gone, looked, seconds(max(well.values())) if len(well) == 2 else "none")
        seen = [each for each in clients.between(looked, end) if each.status in OPEN]
        way.thaw()
        assert len(well) == 2 and seen, "the nodes never found the other host"
        clients.check(0, end)
