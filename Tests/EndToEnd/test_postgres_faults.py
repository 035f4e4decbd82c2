# SPDX-License-Identifier: Apache-2.0
"""Two nodes on a PostgreSQL that stops, loses sessions, is locked or waits.

Each test adds a line to a table at the end of the run: fault | what readers saw | what writers saw | longest wait | recovery.
"""

import contextlib
import os
import random
import subprocess
import threading
import time
from collections import Counter as Tally
from signal import SIGKILL, SIGTERM

import pytest

from faults import MANY, OPEN, RECOVERY, Clients, counted, held, links_of, seconds, started
from patience import PATIENCE
from postgres import Postgres
from server import KEYS
from wire import Counts, Wire


@pytest.fixture(scope="module")
def own():
    """A PostgreSQL that no other test needs."""
    with Postgres(in_memory=True) as server:
        yield server


@contextlib.contextmanager
def locked(database, table):
    """Nobody else gets at the table meanwhile."""
    server = database.server
    command = [server.binaries / "psql", "-X", "-q", "-A", "-t", "-h", server.folder, "-p", str(server.port), "-U", "postgres"]
    session = subprocess.Popen([*command, "-d", database.name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        session.stdin.write(f"BEGIN; LOCK TABLE cartlink.{table} IN ACCESS EXCLUSIVE MODE; SELECT 'locked';\n")
        session.stdin.flush()
        assert session.stdout.readline() == "locked\n"
        yield
    finally:
        session.communicate("COMMIT;\n", timeout=20)


def test_a_database_that_is_away(prepare_nodes, own):
    nodes = started(prepare_nodes(changes=MANY, database=own.database()))
    cart_id = nodes[0].put()
    links = [nodes[0].link(cart_id) for _ in range(12)]
    held(nodes, links)
    before = [Counts.of(node) for node in nodes]
    with Clients(nodes, links) as clients:
        time.sleep(0.3)
        clients.revoke(nodes[0], links[0])
        own.stop("immediate")
        away = time.monotonic()
        while time.monotonic() < away + 2.2:
            for node in nodes:
                assert node.public.get("/health/live").status == 200
                assert node.public.get("/health/ready").status == 503
                assert node.admin.get("/health/ready").status == 503
                clients.issue(node, cart_id)
                clients.revoke(node, links[1])
            time.sleep(0.05)
        starts = time.monotonic()
        own.start()
        back = time.monotonic()
        clients.wait_for_service(back, cart_id)
        assert all(node.public.get("/health/ready").status == 200 for node in nodes)
        time.sleep(0.5)
    end = time.monotonic()
    during = clients.between(away, starts) + clients.between(away, starts, clients.writes)
    fast = sum((Counts.of(node) - counts).fast for node, counts in zip(nodes, before))
    clients.tell("database stopped and started", away, starts, seconds(clients.recovery(back)))
    assert fast > 50, "hardly anything was answered in front of the router"
    assert {seen.status for seen in during} == {503}, counted(during)
    assert len(clients.between(away, starts)) > 100
    assert clients.recovery(back) < RECOVERY
    clients.check(0, end)
    assert {clients.insist(lambda node=node: node.shared(links[0])).status for node in nodes} == {410}


class Buyer:
    """Issues links under keys, repeats what was refused with 503, revokes every second one, and looks whether that holds at once."""

    def __init__(self, clients, cart_id, number, stops):
        self.clients, self.cart_id, self.number, self.stops = clients, cart_id, number, stops
        self.links, self.revoked, self.fault, self.chance = [], set(), None, random.Random(number)
        self.thread = threading.Thread(target=self._guarded)
        self.thread.start()

    def _guarded(self):
        try:
            self._work()
        except BaseException as fault:  # Told by the main thread.
            self.fault = fault

    def _work(self):
        clients = self.clients
        for count in range(1 << 30):
            if self.stops.is_set():
                return
            key = f"buyer-{self.number}-{count}"
            # A repetition may come to the other node.
            answer = clients.insist(lambda: clients.issue(self.chance.choice(clients.nodes), self.cart_id, key))
            link = answer.ok(201)
            self.links.append(link)
            if count % 2:
                assert clients.insist(lambda: clients.revoke(self.chance.choice(clients.nodes), link)) == 204
                self.revoked.add(link["id"])
            for node in clients.nodes:
                with Wire(node.public.port) as wire:
                    clients.view(node, link, wire)


@contextlib.contextmanager
def buying(clients, cart_id, count):
    stops = threading.Event()
    buyers = [Buyer(clients, cart_id, number, stops) for number in range(count)]
    try:
        yield buyers
    finally:
        stops.set()
        for buyer in buyers:
            buyer.thread.join(20)


def did_much(buyers):
    return sum(len(buyer.links) for buyer in buyers) > 60 and sum(len(buyer.revoked) for buyer in buyers) > 20


def writing(database):
    """The sessions that hold or want the lock that all writes take."""
    asked = "SELECT DISTINCT pid FROM pg_locks WHERE relation = 'cartlink.revision'::regclass AND mode = 'RowShareLock'"
    return [int(pid) for pid in database.sql(asked).split()]


KILLS = 40


def test_killed_sessions(prepare_nodes, own):
    database = own.database()
    nodes = started(prepare_nodes(changes=MANY, database=database))
    cart_id = nodes[0].put()
    links = [nodes[0].link(cart_id) for _ in range(6)]
    chance, kills = random.Random(11), Tally()
    with Clients(nodes, links, readers=1) as clients:
        began = time.monotonic()
        with buying(clients, cart_id, 6) as buyers:
            # Until there was enough of each, however long that takes here; some kills come behind the crash.
            while kills["SIGTERM"] < KILLS or not kills["SIGKILL"] or not did_much(buyers):
                assert time.monotonic() < began + 10 + 20 * PATIENCE, f"{kills}, or the load did little"
                if any(buyer.fault for buyer in buyers):
                    break
                # Every other time those that are writing or committing just now.
                pids, number = (writing(database) if chance.random() < 0.5 else own.backends(database=database.name)), SIGTERM
                if kills["SIGTERM"] > KILLS / 2 and not kills["SIGKILL"]:
                    # The server ends all the sessions then, and recovers as from a crash.
                    number, pids = SIGKILL, own.backends(database=database.name)[:1]
                chance.shuffle(pids)
                for pid in pids[: chance.choice([1, 2, 20])]:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, number)
                        kills[number.name] += 1
                    time.sleep(chance.random() * 0.02)
                if number == SIGKILL:
                    clients.wait_for_service(time.monotonic() + 1, cart_id)
            last = time.monotonic()
        clients.wait_for_service(last, cart_id)
    end = time.monotonic()
    killed = f"{kills['SIGTERM']} by SIGTERM, {kills['SIGKILL']} by SIGKILL"
    clients.tell(f"sessions killed ({killed})", began, end, seconds(clients.recovery(last)))
    faults = [repr(buyer.fault) for buyer in buyers if buyer.fault]
    clients.check(0, end)
    assert not faults, faults
    made, revoked = [link for buyer in buyers for link in buyer.links], set().union(*(buyer.revoked for buyer in buyers))
    # What `wait_for_service` made comes on top, under keys that no buyer used: as many as it was acknowledged.
    extra = sum(seen.status == 201 for seen in clients.writes if seen.what == "issue") - len(made)
    for node in nodes:
        found = links_of(node, cart_id)
        lost = [link["id"] for link in made if link["id"] not in found]
        assert not lost, f"{len(lost)} acknowledged links are lost"
        assert len(found) == len(made) + len(links) + extra, "something was made twice"
        assert {identifier for identifier, link in found.items() if link["status"] == "revoked"} == revoked
        assert {node.shared(link).status for link in made if link["id"] in revoked} == {410}
    verified = nodes[0].with_admin_key("audit", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    repeated = "SELECT FROM cartlink.audit WHERE action = 'link.revoked' GROUP BY link HAVING count(*) > 1"
    assert database.sql(f"SELECT count(*) FROM ({repeated}) AS repeated") == "0", "a revocation is in the audit twice"


def test_look_ups_that_take_too_long(prepare_nodes, own):
    """What needs the table waits for a bounded time; what is held needs the check of the revision alone."""
    database = own.database()
    nodes = started(prepare_nodes(changes=MANY, database=database))
    cart_id, others = nodes[0].put(), [nodes[0].put() for _ in range(3)]
    links = [nodes[0].link(cart_id) for _ in range(6)]
    # More for each node than it has connections for look-ups.
    cold = [nodes[0].link(nodes[0].put()) for _ in range(12)]
    ended = [nodes[0].link(other) for other in others]
    held(nodes, links + ended)
    with Clients(nodes, links) as clients:
        time.sleep(0.2)
        with locked(database, "link"):
            began = time.monotonic()

            def look(node, link, found):
                with Wire(node.public.port) as wire:
                    found.append(clients.view(node, link, wire))

            def look_everywhere(link, found):
                threads.extend(threading.Thread(target=look, args=(node, link, found)) for node in nodes)
                [thread.start() for thread in threads[-len(nodes) :]]

            threads, found, ends = [], [], []
            for link in cold:
                look_everywhere(link, found)
            states = Tally()
            for other, link in zip(others, ended):
                state = {"state": "ordered"}
                answer = clients.write(
                    nodes[0], "state", lambda other=other: nodes[0].public("PUT", f"/v1/carts/{other}/state", state, KEYS["storefront"])
                )
                states[answer.status] += 1
                if answer.status == 200:
                    clients.revoked[link["token"]] = time.monotonic()
                look_everywhere(link, ends)
            assert clients.revoke(nodes[1], links[0]) == 503
            for thread in threads:
                thread.join(20)
            unlocked = time.monotonic()
        back = time.monotonic()
        clients.wait_for_service(back, cart_id)
        assert clients.insist(lambda: clients.revoke(nodes[1], links[0])) == 204
        time.sleep(0.3)
    end = time.monotonic()
    tokens = {link["token"] for link in links}
    hot = [seen for seen in clients.between(began, unlocked) if seen.what in tokens]
    parts = f"of these: views of held links {counted(hot)}; others {counted(found)}"
    parts += f"; carts ordered meanwhile {dict(states)}, views of their links {counted(ends)}"
    clients.tell("look-ups blocked by a lock", began, unlocked, seconds(clients.recovery(back)), parts)
    assert {seen.status for seen in found} == {503} and len(found) == 24, f"nothing was blocked: {counted(found)}"
    assert {seen.status for seen in hot} <= set(OPEN) and len(hot) > 100, counted(hot)
    clients.check(0, end)
    assert {node.shared(links[0]).status for node in nodes} == {410}
    assert {node.shared(link).status for node in nodes for link in cold} == {200}


def test_a_commit_that_waits_for_a_standby(prepare_nodes, own):
    nodes = started(prepare_nodes(changes=MANY, database=own.database()))
    first, second = nodes
    cart_id = first.put()
    links = [first.link(cart_id) for _ in range(8)]
    held(nodes, links)
    with Clients(nodes, links) as clients:
        own.sql("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
        own.reload()
        try:
            time.sleep(0.3)
            began = time.monotonic()
            assert clients.revoke(first, links[0]) == 503
            clients.issue(second, cart_id, "waits")
            assert clients.revoke(second, links[1]) == 503
            assert clients.revoke(first, links[0]) == 503, "acknowledged though no standby has it"
            waited = time.monotonic()
        finally:
            own.sql("ALTER SYSTEM RESET synchronous_standby_names")
            own.reload()
        back = time.monotonic()
        assert clients.insist(lambda: clients.revoke(first, links[0]), RECOVERY) == 204
        assert clients.insist(lambda: clients.revoke(second, links[1]), RECOVERY) == 204
        clients.wait_for_service(back, cart_id)
        again = clients.insist(lambda: clients.issue(first, cart_id, "waits")).ok(201)["id"]
        time.sleep(0.3)
    end = time.monotonic()
    during = clients.between(began, waited, clients.writes)
    # Cut short, the wait leaves a change that other nodes see and a promoted standby lacks.
    assert b"canceling wait for synchronous replication" not in own.log.read_bytes(), "the server was made to cancel a COMMIT's wait"
    clients.tell("commits wait for a standby that isn't there", began, waited, seconds(clients.recovery(back)))
    assert {seen.status for seen in during} == {503}, counted(during)
    clients.check(0, end)
    assert {node.shared(link).status for node in nodes for link in links[:2]} == {410}
    issued = {link["id"] for link in links} | {again}
    extra = sum(seen.status == 201 for seen in clients.writes if seen.what == "issue") - 1
    assert len(links_of(second, cart_id)) == len(issued) + extra, "a refused write was made besides its repetition"
