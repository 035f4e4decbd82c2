# SPDX-License-Identifier: Apache-2.0
"""The table's rows, in their order: key, what it is for a reader, and the unit."""

from dataclasses import dataclass

NAMES = {
    "cartlink": "Cartlink",
    "router": "Cartlink, by the router",
    "postgres": "Cartlink, PostgreSQL",
    "two-nodes": "two nodes, PostgreSQL",
    "nginx": "nginx, secure_link",
    "go": "Go, net/http",
    "node": "Node, node:http",
    "round-trip": "round trip, PostgreSQL",
    "insert": "plain inserts",
    "locked-insert": "inserts behind one lock",
    "chained-insert": "inserts behind one lock, chained",
}
# What a reader must know of some contenders, under the table.
NOTES = {
    "postgres": "PostgreSQL runs on the load's core and takes from the load what it needs; nodes share the server's core.",
    "round-trip": "pgbench on the server's core, one client: the revision row, prepared.",
    "insert": "pgbench on the server's core, 64 clients: a link and its audit row, a commit each.",
    "locked-insert": "The same, and each first locks and counts up one revision row.",
    "chained-insert": "The same, and each audit row's code is a hash that continues the one before it.",
}


@dataclass(frozen=True)
class Row:
    key: str
    title: str
    unit: str = "requests/s"


ROWS = [
    Row("view", "cached view, one link"),
    Row("spread", "cached view, spread over many links"),
    Row("page", "page, one link"),
    Row("view-browser", "view, as a browser asks, with the shop's cookies"),
    Row("page-browser", "page, as a browser asks, with the shop's cookies"),
    Row("not-modified", "304 for a view"),
    Row("forged", "forged link"),
    Row("issue-1", "issue a link, 1 client"),
    Row("issue-64", "issue a link, 64 clients"),
    Row("issue-64-p50", "issue a link, 64 clients: p50", "ms"),
    Row("issue-64-p99", "issue a link, 64 clients: p99", "ms"),
    Row("revoke", "revoke a link, 64 clients"),
    Row("resolve", "resolve a token for a service"),
    Row("owner", "owner's view, ES256 login"),
    Row("p99-at-70", "p99 at 70 % of each one's own rate", "ms"),
    Row("p99-at-50", "p99 at half its own rate, from sending", "ms"),
    Row("overload-sent", "4 x overload: requests sent"),
    Row("overload", "4 x overload: answers that were no refusals"),
    Row("overload-p99", "4 x overload: their p99, from sending", "ms"),
    Row("checks", "revision checks, 64 connections view one link", "checks/s"),
    Row("alone-p50", "view, 1 connection: p50", "ms"),
    Row("alone-p99", "view, 1 connection: p99", "ms"),
    Row("across-p50", "revoke on one node until 410 on the other: p50", "ms"),
    Row("across-p99", "revoke on one node until 410 on the other: p99", "ms"),
    Row("across-late", "revocations that the other node's first answer missed", "links"),
    Row("cold", "cold view, each link once"),
    Row("cold-p99", "cold view: p99 at half that rate", "ms"),
    Row("start", "start to ready", "ms"),
    Row("memory-idle", "memory when idle", "MB"),
    Row("memory-loaded", "memory after the load", "MB"),
    Row("token", "token check", "ns"),
    Row("token-hmac", "bare HMAC of two blocks", "ns"),
    Row("redaction", "redaction of a 12 kB orderForm", "MB/s"),
]
BY_KEY = {row.key: row for row in ROWS}
