# SPDX-License-Identifier: Apache-2.0
"""Measures Cartlink beside nginx, Go and Node, and prints a table; `make bench` runs it. Tests/Benchmarks/README.md says how to read it."""

import argparse
import os
import signal
import sys
from pathlib import Path

import machine
import plan
import report
import table
from goals import GOALS, goals_with_links
from progress import Progress
from visit import Wrong


def folder_with_links(text):
    count, _, folder = text.partition("=")
    if not count.isdigit() or not folder:
        raise argparse.ArgumentTypeError("write it as COUNT=FOLDER")
    return int(count), Path(folder)


def main():
    parser = argparse.ArgumentParser(prog="suite", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="shorter and fewer rounds, about two minutes; writes no files")
    parser.add_argument(
        "--data-with-links",
        type=folder_with_links,
        action="append",
        default=[],
        metavar="COUNT=FOLDER",
        help="also measure a data folder made by seed.py; may be given more than once",
    )
    parser.add_argument("--results", type=Path, help="where the results go as JSON")
    parser.add_argument("--chart", type=Path, help="where the bar chart goes as SVG")
    arguments = parser.parse_args()
    machine.check()
    # Whatever this process does between measurements happens on the load's core.
    os.sched_setaffinity(0, {machine.LOAD_CORE})
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    # The server of the end-to-end tests, and the measurements of redaction.
    sys.path += [str(machine.ROOT / "Tests/EndToEnd"), str(machine.ROOT / "Tests/Benchmarks")]
    import seeded
    from run import Run

    chosen, facts, progress = plan.QUICK if arguments.quick else plan.FULL, machine.facts(), Progress()
    if facts["loadBefore"] > 0.5:
        progress.say(f"other work keeps this machine busy (load {facts['loadBefore']:.1f}): the figures will be lower than it can do")
    try:
        figures = Run(chosen, arguments.data_with_links, progress).measure()
    except Wrong as trouble:
        sys.exit(f"Nothing is measured, because a server doesn't do what the others do: {trouble}")
    except KeyboardInterrupt:
        sys.exit("stopped")
    verdicts = [goal.verdict(figures) for goal in GOALS]
    for count, _ in arguments.data_with_links:
        verdicts += [goal.verdict(figures) for goal in goals_with_links(seeded.name(count), count)]
    print("\n".join(table.lines(figures, verdicts)))
    if arguments.results:
        report.write(arguments.results, figures, verdicts, facts, chosen)
    if arguments.chart:
        report.draw(arguments.chart, figures, facts)
    progress.say(f"done in {progress.seconds():.0f} s")
    if figures.troubles:
        sys.exit("Some rows could not be measured; see above.")


if __name__ == "__main__":
    main()
