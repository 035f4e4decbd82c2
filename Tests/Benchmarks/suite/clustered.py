# SPDX-License-Identifier: Apache-2.0
"""The rows about PostgreSQL: what its check costs who looks, and what its one revision row costs who writes."""

import concurrent.futures
import dataclasses

import across
import generators
import measuring
import pgbench
import writing
from contenders import VIEW
from measuring import Measurement

WRITERS = 64


def measurements(nodes, cartlink, link, plan, figures):
    """`cartlink` is the one on SQLite, `link` one of its links."""
    view = nodes.contender.visit(VIEW, nodes.links[:1])
    yield Measurement("checks", "postgres", lambda: _checks(nodes, view, plan, figures))
    for contender, visit in ((cartlink, cartlink.visit(VIEW, [link])), (nodes.contender, view)):
        yield _alone(contender, visit, plan, figures)
    yield Measurement("alone-p50", "round-trip", lambda: _round_trip(nodes, plan, figures))
    issuing = writing.issuing(nodes.first, nodes.links)
    yield measuring.rate("issue-64", nodes.contender, issuing, plan, figures, p50_row="issue-64-p50", p99_row="issue-64-p99")
    yield Measurement("issue-64", "two-nodes", lambda: _two_nodes(nodes, issuing, plan, figures))
    nodes.database.sql(pgbench.TABLES)
    scripts = {"insert": pgbench.INSERT, "locked-insert": pgbench.LOCKED_INSERT, "chained-insert": pgbench.CHAINED_INSERT}
    for name, script in scripts.items():
        yield Measurement("issue-64", name, lambda name=name, script=script: _inserts(name, script, nodes, plan, figures))
    yield across.measurement(nodes, plan, figures)


def _checks(nodes, view, plan, figures):
    before = nodes.checks()
    result = generators.closed_loop(view, plan.seconds)
    figures.add("checks", "postgres", (nodes.checks() - before) / result["seconds"])
    nodes.empty_logs()


def _alone(contender, visit, plan, figures):
    """One connection, and the next request when the answer is there."""

    def take():
        visit.check()
        result = generators.closed_loop(visit, plan.seconds, connections=1)
        visit.check()
        contender.tidy()
        figures.add("alone-p50", contender.name, result["p50"] / 1000)
        figures.add("alone-p99", contender.name, result["p99"] / 1000)

    return Measurement("alone-p50", contender.name, take)


def _round_trip(nodes, plan, figures):
    result = pgbench.run(nodes.database, pgbench.ROUND_TRIP, 1, plan.seconds)
    figures.add("alone-p50", "round-trip", result["p50"])
    figures.add("alone-p99", "round-trip", result["p99"])


def _two_nodes(nodes, issuing, plan, figures):
    """Half of the writers at each; the slower node's latencies count."""
    visits = [issuing, dataclasses.replace(issuing, port=nodes.second.port)]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        loads = [pool.submit(generators.closed_loop, visit, plan.seconds, WRITERS // 2) for visit in visits]
        results = [load.result() for load in loads]
    nodes.empty_logs()
    figures.add("issue-64", "two-nodes", sum(result["perSecond"] for result in results))
    for key in ("p50", "p99"):
        figures.add(f"issue-64-{key}", "two-nodes", max(result[key] for result in results) / 1000)


def _inserts(name, script, nodes, plan, figures):
    result = pgbench.run(nodes.database, script, WRITERS, plan.seconds)
    figures.add("issue-64", name, result["perSecond"])
    for key in ("p50", "p99"):
        figures.add(f"issue-64-{key}", name, result[key])
