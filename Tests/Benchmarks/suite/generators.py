# SPDX-License-Identifier: Apache-2.0
"""The two load generators, on the load's core: wrk for what a server can do at most, cartlink-bench for latency at a fixed rate."""

import json
import resource
import subprocess
import tempfile
from pathlib import Path

from machine import LOAD_CORE, ROOT
from visit import Wrong

BENCH = ROOT / "Tests/Benchmarks/.build/release/cartlink-bench"
WALK = ROOT / "Tests/Benchmarks/walk.lua"


def closed_loop(visit, seconds, connections=64):
    """Each connection sends its next request when the answer is there; returns wrk's counts."""
    with _files(visit) as (paths, body):
        command = ["wrk", "--threads", "1", "--connections", connections, "--duration", f"{max(1, round(seconds))}s", "--script", WALK]
        for name, value in visit.headers.items():
            command += ["--header", f"{name}: {value}"]
        result = _run([*command, f"http://{visit.address}", "--", paths, visit.method, *([body] if body else [])])
    wrong = result["notOK"] if visit.status < 400 else result["requests"] - result["notOK"]
    if wrong or result["failed"] or not result["requests"]:
        raise Wrong(f"of {result['requests']} answers {wrong} were not {visit.status}, and {result['failed']} requests failed")
    return result | {"perSecond": result["requests"] / result["seconds"]}


def open_loop(visit, rate, seconds, connections=64, warm_up=0.5):
    """Requests by a fixed schedule, whether or not the answers keep up; returns the report of `cartlink-bench load`."""
    report = _load(visit, connections, ["--rate", f"{rate:.1f}", "--seconds", seconds, "--warm-up", warm_up])
    _expect_only(visit.status, report)
    return report


def overload(visit, rate, seconds, connections=1000):
    """The same at a rate that can't be served: refusals are right answers too, and whoever finds no connection in a second gives up.

    It has no warm-up: what was due in it would keep the connections for most of a short run.
    """
    report = _load(visit, connections, ["--rate", f"{rate:.1f}", "--seconds", seconds, "--time-out", 1])
    if not report["answered"]:
        raise Wrong(f"no answer at all: {report['timeOuts']} timed out, {report['lost']} connections were lost")
    return report


def each_once(visit, connections=64):
    """Every line once, as fast as the connections allow."""
    report = _load(visit, connections, ["--requests", len(visit.lines)])
    _expect_only(visit.status, report)
    return report | {"perSecond": report["answered"] / report["seconds"]}


def _load(visit, connections, extent):
    with _files(visit) as (paths, body):
        command = [BENCH, "load", "--address", visit.address, "--paths", paths, "--connections", connections, "--method", visit.method]
        for name, value in visit.headers.items():
            command += ["--header", f"{name}: {value}"]
        return _run([*command, *extent, *(["--body", body] if body else [])])


def _expect_only(status, report):
    if report["statuses"].get(str(status), 0) != report["sent"] or report["gaveUp"]:
        troubles = {name: report[name] for name in ("statuses", "sent", "gaveUp", "timeOuts", "lost", "malformed", "notConnected")}
        raise Wrong(f"not all answers were {status}: {troubles}")


def _run(command):
    before = _children_seconds()
    pinned = ["taskset", "--cpu-list", str(LOAD_CORE), *map(str, command)]
    done = subprocess.run(pinned, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Wrong(f"{Path(str(command[0])).name} failed: {(done.stderr or done.stdout)[-500:]}")
    result = json.loads(done.stdout.splitlines()[-1])
    # What it reads beforehand counts too, so a short run may seem to need more than there is.
    return result | {"loadBusy": min(1.0, (_children_seconds() - before) / max(result["seconds"], 0.001))}


def _children_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _files:
    """The visit's lines and body as files."""

    def __init__(self, visit):
        self.visit, self.folder = visit, tempfile.TemporaryDirectory(prefix="cartlink-load-")

    def __enter__(self):
        paths, body = Path(self.folder.name, "paths"), Path(self.folder.name, "body")
        paths.write_text("\n".join(self.visit.lines) + "\n")
        if self.visit.body is None:
            return paths, None
        body.write_bytes(self.visit.body)
        return paths, body

    def __exit__(self, *_):
        self.folder.cleanup()
