# SPDX-License-Identifier: Apache-2.0
"""Links that nothing has cached: the process is new, and the system is asked to forget the data folder's files."""

import os
from pathlib import Path

import generators
from contenders import VIEW
from measuring import Measurement
from visit import Wrong


def measurements(shop, contender, links, plan, figures):
    visit = contender.visit(VIEW, links)

    def restart(forget):
        shop.stop()
        if forget:
            forget_files(shop.data)
        return shop.seconds_to_ready()

    def cold():
        restart(forget=True)
        figures.add("cold", contender.name, generators.each_once(visit)["perSecond"])

    def cold_p99():
        restart(forget=True)
        highest = figures.median("cold", contender.name)
        if highest is None:
            raise Wrong("its highest rate isn't known")
        rate = highest / 2
        # Not longer than there are links that were not asked for yet.
        report = generators.open_loop(visit, rate, min(plan.open_loop_seconds, len(links) / rate), warm_up=0)
        figures.add("cold-p99", contender.name, report["accepted"]["p99"] / 1000)

    def start():
        figures.add("start", contender.name, restart(forget=False) * 1000)

    yield Measurement("cold", contender.name, cold)
    yield Measurement("cold-p99", contender.name, cold_p99)
    yield Measurement("start", contender.name, start)


def forget_files(folder):
    """Asks the system to drop what it holds of the files (posix_fadvise(2)), so that records come from the disk."""
    for path in Path(folder).rglob("*"):
        if path.is_file():
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fdatasync(descriptor)
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(descriptor)
