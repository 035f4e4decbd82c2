# SPDX-License-Identifier: Apache-2.0
"""Measurements in turns: each round goes through all of them, so that whatever else the machine does hits all alike."""

from dataclasses import dataclass
from typing import Callable

import generators
from pinned import processor_seconds
from rows import BY_KEY, NAMES, ROWS
from visit import Wrong

ORDER = {row.key: place for place, row in enumerate(ROWS)}


@dataclass(frozen=True)
class Measurement:
    row: str
    contender: str
    take: Callable[[], None]
    """Measures once and adds to the figures; raises `Wrong` where the server doesn't do what the row is about."""
    warm_up: Callable[[], None] = lambda: None

    @property
    def name(self):
        return f"{BY_KEY[self.row].title}: {NAMES.get(self.contender, self.contender)}"


def in_turns(measurements, rounds, figures, progress):
    """Takes all measurements, round by round, those of one row one after the other; a row that goes wrong is left out from there on."""
    measurements = sorted(measurements, key=lambda one: ORDER[one.row])
    step = progress.steps(rounds * len(measurements))
    for number in range(rounds):
        for one in measurements:
            step(f"round {number + 1} of {rounds}: {one.name}")
            if (one.row, one.contender) in figures.troubles:
                continue
            try:
                if number == 0:
                    one.warm_up()
                one.take()
            except Wrong as trouble:
                figures.fail(one.row, one.contender, str(trouble))
                progress.say(f"left out, {one.name}: {trouble}")


class Watch:
    """The processor time that a server uses while something is measured."""

    def __init__(self, pid):
        self.pid = pid

    def __enter__(self):
        self.before = processor_seconds(self.pid)
        return self

    def __exit__(self, *_):
        self.seconds = processor_seconds(self.pid) - self.before


def rate(row, contender, visit, plan, figures, connections=64, p50_row=None, p99_row=None):
    """The highest rate of one kind of request, checked before and after."""

    def take():
        visit.check()
        with Watch(contender.server.pid) as watch:
            result = generators.closed_loop(visit, plan.seconds, connections)
        visit.check()
        contender.tidy()
        figures.add(row, contender.name, result["perSecond"], watch.seconds / result["seconds"], result["loadBusy"])
        for key, latency_row in {"p50": p50_row, "p99": p99_row}.items():
            if latency_row:
                figures.add(latency_row, contender.name, result[key] / 1000)

    def warm_up():
        lines = tuple(visit.lines[number % len(visit.lines)] for number in range(max(plan.warm_up, len(visit.lines))))
        generators.each_once(visit.over(lines), connections)

    return Measurement(row, contender.name, take, warm_up if visit.method == "GET" else lambda: None)
