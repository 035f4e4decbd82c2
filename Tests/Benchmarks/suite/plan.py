# SPDX-License-Identifier: Apache-2.0
"""How long and how often everything is measured."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Plan:
    links: int
    """How many links the load is spread over."""
    rounds: int
    seconds: int
    """Of one measurement; wrk knows whole seconds only."""
    warm_up: int
    """Requests before the first round of each row."""
    open_loop_seconds: float
    revocations: int
    cold_rounds: int
    node_rounds: int
    """Of the rows about PostgreSQL, but for the view."""
    revocations_across: int
    """On one node, looked for on the other."""
    rows_of: dict = field(default_factory=dict)
    """The rows of a contender, by its name; who isn't named takes part in all."""

    def has(self, row, contender):
        return contender not in self.rows_of or row in self.rows_of[contender]


FULL = Plan(
    links=10_000,
    rounds=5,
    seconds=4,
    warm_up=20_000,
    open_loop_seconds=5,
    revocations=10_000,
    cold_rounds=3,
    node_rounds=3,
    revocations_across=500,
)
QUICK = Plan(
    links=2_000,
    rounds=3,
    seconds=1,
    warm_up=3_000,
    open_loop_seconds=1,
    revocations=1_000,
    cold_rounds=2,
    node_rounds=1,
    revocations_across=100,
    rows_of={"nginx": {"view", "view-browser", "page-browser"}, "go": {"view", "view-browser", "page-browser"}, "node": {"view"}},
)
