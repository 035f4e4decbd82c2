# SPDX-License-Identifier: Apache-2.0
"""The goals of the design, and how far each is from what was measured."""

from dataclasses import dataclass
from typing import Callable


@dataclass(frozen=True)
class Goal:
    text: str
    measured: Callable
    """Takes the figures; None where a row is missing."""
    bound: float
    at_least: bool

    def verdict(self, figures):
        value = self.measured(figures)
        if value is None:
            return {"goal": self.text, "measured": None, "bound": self.bound, "reached": None}
        reached = value >= self.bound if self.at_least else value <= self.bound
        return {"goal": self.text, "measured": float(f"{value:.4g}"), "bound": self.bound, "reached": reached}


def _at_least(text, bound, measured):
    return Goal(text, measured, bound, True)


def _at_most(text, bound, measured):
    return Goal(text, measured, bound, False)


def _round_trips_added(figures):
    with_check, without = figures.median("alone-p50", "postgres"), figures.median("alone-p50")
    round_trip = figures.median("alone-p50", "round-trip")
    return (with_check - without) / round_trip if with_check and without and round_trip else None


GOALS = [
    _at_least("cached view ≥ 0.65 × nginx", 0.65, lambda it: it.ratio("view", "cartlink", "nginx")),
    _at_least("cached view ≥ 1.25 × Go", 1.25, lambda it: it.ratio("view", "cartlink", "go")),
    _at_least("cached view ≥ 2 × Node", 2, lambda it: it.ratio("view", "cartlink", "node")),
    _at_least("cached view, PostgreSQL ≥ 0.8 × SQLite", 0.8, lambda it: it.ratio("view", "postgres", "cartlink")),
    _at_most("view, 1 connection: PostgreSQL adds ≤ 2 round trips", 2, _round_trips_added),
    _at_most("revocations known late on another node: none", 0, lambda it: it.most("across-late", "postgres")),
    _at_most("p99 at 70 % ≤ Go's", 1, lambda it: it.ratio("p99-at-70", "cartlink", "go")),
    _at_least("4 x overload: goodput ≥ 0.95 × peak", 0.95, lambda it: it.ratio("overload", "router", "router", "view")),
    _at_most("4 x overload: p99 ≤ 5 × that at half load", 5, lambda it: it.ratio("overload-p99", "router", "router", "p99-at-50")),
    _at_least("issue, 64 clients ≥ 10 × one commit per request", 10, lambda it: it.ratio("issue-64", "cartlink", "cartlink", "issue-1")),
    _at_most("issue, 64 clients: p99 < 50 ms", 50, lambda it: it.median("issue-64-p99")),
    _at_most("token check ≤ 300 ns", 300, lambda it: it.median("token")),
    _at_most("token check ≤ 2 × bare HMAC", 2, lambda it: it.ratio("token", "cartlink", "cartlink", "token-hmac")),
    _at_least("redaction ≥ 700 MB/s", 700, lambda it: it.median("redaction")),
    _at_least("redaction ≥ 3 × orjson", 3, lambda it: it.ratio("redaction", "cartlink", "orjson")),
    _at_least("redaction ≥ 100 × JSONSerialization", 100, lambda it: it.ratio("redaction", "cartlink", "JSONSerialization")),
    _at_most("memory idle ≤ 60 MB", 60, lambda it: it.median("memory-idle")),
]


def goals_with_links(name, count):
    """The goals for a data folder with many links; `name` is its contender's."""
    if count >= 10_000_000:
        yield _at_most("cold view, 10 M links: p99 < 5 ms", 5, lambda it: it.median("cold-p99", name))
        yield _at_least("hot rate, 10 M links ≥ 0.9 × that with 10 k", 0.9, lambda it: it.ratio("spread", name, "cartlink"))
        yield _at_most("memory, 10 M links ≤ 200 MB", 200, lambda it: it.median("memory-loaded", name))
    elif count >= 1_000_000:
        yield _at_most("start to ready, 1 M links ≤ 300 ms", 300, lambda it: it.median("start", name))
