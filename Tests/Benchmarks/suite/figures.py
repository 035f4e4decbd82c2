# SPDX-License-Identifier: Apache-2.0
"""What was measured: some rounds for each row and contender, of which the median counts."""

import statistics
from collections import defaultdict

from rows import BY_KEY, NAMES, ROWS


def percentile(values, share):
    return sorted(values)[int(share * (len(values) - 1))]


class Figures:
    """Values by row and contender, and the troubles that kept a row from being measured."""

    def __init__(self):
        self._rounds = defaultdict(list)
        self._busy = defaultdict(list)
        self.troubles = {}

    def add(self, row, contender, value, server_busy=None, load_busy=None):
        """One round; `busy` are shares of a core, to see who was the bottleneck."""
        self._rounds[row, contender].append(value)
        if server_busy is not None:
            self._busy[row, contender].append((server_busy, load_busy))

    def fail(self, row, contender, reason):
        """The row isn't measured any more, and what was measured of it doesn't count."""
        self.troubles[row, contender] = reason
        self._rounds.pop((row, contender), None)

    def contenders(self, row):
        """Who was measured in the row, Cartlink first."""
        order = list(NAMES)
        names = [name for key, name in self._rounds if key == row]
        return sorted(names, key=lambda name: order.index(name) if name in order else len(order))

    def median(self, row, contender="cartlink"):
        """None where the row wasn't measured."""
        values = self._rounds.get((row, contender))
        return statistics.median(values) if values else None

    def most(self, row, contender):
        """The largest value of all rounds; None where the row wasn't measured."""
        return max(self._rounds.get((row, contender), ()), default=None)

    def ratio(self, row, one, other, other_row=None):
        """How many times the other's median the one's is; None where either is missing."""
        first, second = self.median(row, one), self.median(other_row or row, other)
        return first / second if first is not None and second else None

    def records(self):
        """Every row as it goes into latest.json, in the table's order."""
        for row in ROWS:
            for contender in self.contenders(row.key):
                yield self._record(row.key, contender)

    def _record(self, key, contender):
        values = self._rounds[key, contender]
        record = {
            "row": key,
            "title": BY_KEY[key].title,
            "contender": contender,
            "unit": BY_KEY[key].unit,
            "median": _rounded(statistics.median(values)),
            "min": _rounded(min(values)),
            "max": _rounded(max(values)),
            "rounds": len(values),
        }
        shares = self._busy.get((key, contender))
        if shares:
            record["serverBusy"] = round(statistics.median(share for share, _ in shares), 2)
            record["loadBusy"] = round(statistics.median(share for _, share in shares), 2)
        return record


def _rounded(value):
    """Four significant digits: more would be noise."""
    return float(f"{value:.4g}")
