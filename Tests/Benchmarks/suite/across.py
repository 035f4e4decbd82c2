# SPDX-License-Identifier: Apache-2.0
"""How soon a revocation on one node is known on the other: at once, or the row counts it as late."""

import concurrent.futures
from time import monotonic

import generators
from contenders import VIEW
from figures import percentile
from logins import Person
from measuring import Measurement
from server import KEYS
from visit import Visit, Wrong
from wire import Wire, request

# Views a second on each node meanwhile.
LIGHT_LOAD = 500


def measurement(nodes, plan, figures):
    lines = tuple(VIEW + link.token for link in nodes.links)

    def take():
        try:
            measure()
        # What a node's trouble looks like here: a broken connection, an answer that isn't the one that is needed.
        except (OSError, EOFError, AssertionError, SystemExit) as trouble:
            raise Wrong(str(trouble)) from trouble

    def measure():
        doomed = nodes.first.make_links(nodes.cart, plan.revocations_across)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            loads = [
                pool.submit(generators.open_loop, Visit(shop.port, lines), LIGHT_LOAD, plan.open_loop_seconds, connections=8)
                for shop in (nodes.first, nodes.second)
            ]
            times, late = _revoke(nodes, doomed, loads)
            for load in loads:
                load.result()
        nodes.empty_logs()
        figures.add("across-p50", "postgres", percentile(times, 0.5) * 1000)
        figures.add("across-p99", "postgres", percentile(times, 0.99) * 1000)
        figures.add("across-late", "postgres", late)

    return Measurement("across-p99", "postgres", take)


def _revoke(nodes, links, loads):
    """One link after the other while the loads run; how long until the other node's 410, and how often that wasn't its first answer."""
    times, late = [], 0
    with Wire(nodes.first.port) as here, Wire(nodes.second.port) as there:
        for link in links:
            if any(load.done() for load in loads):
                break
            view = request("GET", VIEW + link.token)
            # The other node holds the answer, so forgetting it is part of the work.
            _expect(200, there.ask(view))
            head = ("Authorization: Bearer " + KEYS["storefront"], "On-Behalf-Of: " + Person(f"owner-{link.owner}").subject)
            began = monotonic()
            _expect(204, here.ask(request("DELETE", f"/v1/links/{link.id}", *head)))
            status = there.ask(view).status
            late += status == 200
            # One that stays open counts as five seconds, and as late.
            while status == 200 and monotonic() < began + 5:
                status = there.ask(view).status
            times.append(monotonic() - began)
            if status not in (200, 410):
                raise Wrong(f"{status} in place of 410 after a revocation")
    if not times:
        raise Wrong("the load ended before the first revocation")
    return times, late


def _expect(status, answer):
    if answer.status != status:
        raise Wrong(f"{answer.status} in place of {status}: {answer.body[:200]!r}")
