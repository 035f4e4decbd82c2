# SPDX-License-Identifier: Apache-2.0
"""Two nodes whose database goes over to another server; lines of a table as in test_postgres_faults."""

import contextlib
import threading
import time

import pytest

from faults import MANY, RECOVERY, Clients, counted, held, seconds, started
from postgres import Postgres
from postgres_standby import PostgresStandby


class Pair:
    """A primary and its standby, and a database to be found on either."""

    def __init__(self, synchronous):
        with contextlib.ExitStack() as servers:
            self.primary = servers.enter_context(Postgres(in_memory=True))
            self.standby = servers.enter_context(PostgresStandby(self.primary, in_memory=True))
            if synchronous:
                self.primary.sql(f"ALTER SYSTEM SET synchronous_standby_names = '{PostgresStandby.NAME}'")
                self.primary.reload()
            self.standby.wait_until_it_follows("sync" if synchronous else "async")
            self.database = self.primary.database()
            self._servers = servers.pop_all()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._servers.close()

    def nodes(self, prepare_nodes):
        hosts = ",".join(f"127.0.0.1:{server.port}" for server in (self.primary, self.standby))
        place = {"storage": f"postgres://cartlink@{hosts}/{self.database.name}"}
        return started(prepare_nodes(changes=MANY | place, database=self.database))


def test_a_synchronous_standby_that_is_promoted(prepare_nodes):
    with Pair(synchronous=True) as pair:
        nodes = pair.nodes(prepare_nodes)
        cart_id = nodes[0].put()
        links = [nodes[0].link(cart_id) for _ in range(120)]
        held(nodes, links)
        early, later, kept = links[:10], links[10:110], links[110:]
        with Clients(nodes, early + later) as clients:
            revoked = []
            for number, link in enumerate(early):
                assert clients.revoke(nodes[number % 2], link) == 204
                revoked.append(link)
            # Clients go on revoking into the end of the primary.
            stops, one_more = threading.Event(), threading.Event()

            def go_on(node, mine):
                for link in mine:
                    if not stops.is_set() and clients.revoke(node, link) == 204:
                        revoked.append(link)
                        one_more.set()

            others = [threading.Thread(target=go_on, args=(node, later[number::2])) for number, node in enumerate(nodes)]
            for thread in others:
                thread.start()
            assert one_more.wait(10)
            pair.primary.stop("immediate")
            away = time.monotonic()
            stops.set()
            for thread in others:
                thread.join(20)
            time.sleep(0.5)
            promotes = time.monotonic()
            pair.standby.promote()
            back = time.monotonic()
            clients.wait_for_service(back, cart_id)
            time.sleep(0.5)
        end = time.monotonic()
        parts = f"revoked before {len(early)}, into the primary's end {len(revoked) - len(early)}"
        clients.tell("primary lost, synchronous standby promoted", away, promotes, seconds(clients.recovery(back)), parts)
        during = clients.between(away, promotes)
        assert {seen.status for seen in during} == {503}, counted(during)
        assert clients.recovery(back) < RECOVERY
        clients.check(0, end)
        assert len(early) < len(revoked) < len(early + later), f"{len(revoked)} were revoked: the primary didn't end meanwhile"
        assert {node.shared(link).status for node in nodes for link in revoked} == {410}
        assert {node.shared(link).status for node in nodes for link in kept} == {200}
        assert clients.revoke(nodes[1], kept[0]) == 204
        assert nodes[0].shared(kept[0]).status == 410
        assert nodes[1].with_admin_key("audit", "verify").returncode == 0


@pytest.mark.parametrize("seen", [True, False], ids=["that both nodes know of", "that was acknowledged at the last moment"])
def test_a_standby_that_lacks_a_revocation(prepare_nodes, seen):
    """Promoted it must not serve. Of the last moment only the node that acknowledged it can know."""
    with Pair(synchronous=False) as pair:
        nodes = pair.nodes(prepare_nodes)
        cart_id = nodes[0].put()
        links = [nodes[0].link(cart_id) for _ in range(6)]
        held(nodes, links)
        clients = Clients(nodes if seen else nodes[:1], links)
        assert clients.revoke(nodes[0], links[0]) == 204
        pair.primary.sql("SELECT pg_switch_wal()")
        deadline = time.monotonic() + 10
        while pair.standby.sql("SELECT count(*) FROM cartlink.link WHERE revokedAt IS NOT NULL", pair.database.name) != "1":
            assert time.monotonic() < deadline
            time.sleep(0.02)
        pair.standby.stop_following()
        time.sleep(0.6)
        assert clients.revoke(nodes[0], links[1]) == 204
        if seen:
            time.sleep(0.6)
        pair.primary.stop("immediate")
        away = time.monotonic()
        with clients:
            pair.standby.promote()
            back = time.monotonic()
            while time.monotonic() < back + 2.5:
                for node in clients.nodes:
                    clients.issue(node, cart_id)
                    clients.revoke(node, links[2])
                    assert node.public.get("/health/live").status == 200
                time.sleep(0.05)
            ready = {node.public.get("/health/ready").status for node in clients.nodes}
        end = time.monotonic()
        name = "known to both" if seen else "of the last moment"
        clients.tell(f"asynchronous standby promoted without the last revocation, {name}", away, end, "none: refuses until `distrust`")
        assert clients.stale == [], f"{len(clients.stale)} of {len(clients.reads)} views opened a link whose revocation was acknowledged"
        after = clients.between(away, end) + clients.between(away, end, clients.writes)
        assert {each.status for each in after} == {503}, counted(after)
        assert ready == {503}
        clients.check(away, end)
        assert all(b"behind" in node.log.read_bytes() for node in clients.nodes), "nothing tells the operator why"
