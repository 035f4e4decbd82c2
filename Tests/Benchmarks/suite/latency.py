# SPDX-License-Identifier: Apache-2.0
"""How long answers take at a fixed rate, below what a server can do and above it."""

import generators
from measuring import Measurement
from visit import Wrong

OVERLOAD = 4


def at_share(row, contender, visit, share, plan, figures, counted_from="accepted"):
    """p99 at a share of the contender's own highest rate; `accepted` counts from when a request was due, `acceptedFromSend` from sending."""

    def take():
        report = generators.open_loop(visit, _highest(figures, contender) * share, plan.open_loop_seconds)
        figures.add(row, contender.name, report[counted_from]["p99"] / 1000)
        contender.tidy()

    return Measurement(row, contender.name, take)


def overload(contender, visit, plan, figures):
    """What is still answered at four times the highest rate, and how fast; counted from sending, as the generator's own queue grows."""

    def take():
        report = generators.overload(visit, _highest(figures, contender) * OVERLOAD, plan.open_loop_seconds)
        others = {status: count for status, count in report["statuses"].items() if status not in ("200", "429", "503")}
        if others or report["refusals"] != report["refusalsWithRetryAfter"] or not report["accepted"]:
            raise Wrong(f"{others or report['statuses']}, {report['refusalsWithRetryAfter']} of {report['refusals']} with Retry-After")
        figures.add("overload-sent", contender.name, report["sent"] / report["seconds"])
        figures.add("overload", contender.name, report["acceptedPerSecond"])
        figures.add("overload-p99", contender.name, report["acceptedFromSend"]["p99"] / 1000)
        contender.tidy()

    return Measurement("overload", contender.name, take)


def _highest(figures, contender):
    highest = figures.median("view", contender.name)
    if highest is None:
        raise Wrong("its highest rate isn't known")
    return highest
