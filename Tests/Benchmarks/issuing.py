# SPDX-License-Identifier: Apache-2.0
"""Measures how many links a second are issued durably, beside one commit for each request.

The real binary and the store alone run on one core, the clients on the other, in turns, on the disk that --folder names. "One commit per
request" is the same store and the same work with groups of one, without HTTP in front of it: more than a service like that could do.
How much a group saves depends on how long the disk takes to sync. So all is measured twice: on the disk as it is, and with each sync
made longer by --slower, as on a volume in a network.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from issuing_client import run
from seed import CART, ROOT, Folder

CLIENTS, CARTS = 64, 2000
HERE = pathlib.Path(__file__).parent


def pinned(core):
    return lambda: os.sched_setaffinity(0, {core})


def slow_sync(folder):
    """The library that makes syncs longer."""
    library = folder / "slow-sync.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", library, HERE / "issuing_slow_sync.c"], check=True)
    return library


def probe(folder):
    """Milliseconds that the disk takes to sync 8 kB, in the middle of a hundred."""
    times = []
    with open(folder / "probe", "wb") as file:
        for _ in range(100):
            file.write(bytes(8192))
            file.flush()
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def percentile(times, share):
    return sorted(times)[int(share * (len(times) - 1))] * 1000


def orders(key):
    """Issues to one cart after the other, on behalf of their owners."""
    number = 0

    def request():
        nonlocal number
        number += 1
        cart = number % CARTS
        body = json.dumps({"audience": "external", "access": "read-only", "onBehalfOf": {"userId": f"user-{cart}"}})
        head = f"POST /v1/carts/cart-{cart}/links HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {key}\r\n"
        return f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()

    return request


def store_alone(arguments, folder, environment, group_limit):
    command = [arguments.store_bench, "issue", "--group-limit", str(group_limit), "--clients", str(CLIENTS), "--carts", str(CARTS)]
    command += ["--seconds", str(arguments.seconds), folder]
    done = subprocess.run(command, env=os.environ | environment, preexec_fn=pinned(0), stdout=subprocess.PIPE, check=True)
    shutil.rmtree(folder)
    answers = json.loads(done.stdout)
    return {"perSecond": answers["perSecond"], "p99Milliseconds": answers["p99Milliseconds"]}


def over_http(arguments, folder, request, clients):
    times = run(folder.served_at, clients, arguments.seconds, request)
    return {"perSecond": len(times) / arguments.seconds, "p99Milliseconds": percentile(times, 0.99)}


def measure(arguments, path, environment):
    """Each way's rounds, one after the other."""
    folder, rounds = Folder(path / "served", 8080, 8081), {}
    folder.make()
    with folder.served(arguments.binary, environment, pinned(0)):
        document = json.loads(CART.read_text())
        for number in range(CARTS):
            folder.call("PUT", f"/v1/carts/cart-{number}", {"owner": {"userId": f"user-{number}"}, "cart": document})
        request = orders(folder.key)
        ways = {
            "one commit per request, store alone, 64 clients": lambda: store_alone(arguments, path / "alone", environment, 1),
            "grouped, store alone, 64 clients": lambda: store_alone(arguments, path / "alone", environment, 256),
            "HTTP, 1 client": lambda: over_http(arguments, folder, request, 1),
            "HTTP, 64 clients": lambda: over_http(arguments, folder, request, CLIENTS),
        }
        for _ in range(arguments.rounds):
            for way, once in ways.items():
                rounds.setdefault(way, []).append(once())
    shutil.rmtree(path / "served")
    return {way: {name: statistics.median(one[name] for one in found) for name in found[0]} for way, found in rounds.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=str(ROOT / ".build/release/cartlink"))
    parser.add_argument("--store-bench", default=str(ROOT / ".build/release/store-bench"))
    parser.add_argument("--folder", help="where to write; a temporary folder unless named")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--slower", type=float, default=2, help="milliseconds by which the slower disk's syncs are longer")
    arguments = parser.parse_args()
    os.sched_setaffinity(0, {os.cpu_count() - 1})
    results = {}
    with tempfile.TemporaryDirectory(dir=arguments.folder) as path:
        path = pathlib.Path(path)
        library = slow_sync(path)
        for slower in (0, arguments.slower):
            extra = {"LD_PRELOAD": str(library), "CARTLINK_BENCH_SYNC_MICROSECONDS": str(round(slower * 1000))} if slower else {}
            sync = probe(path) + slower
            ways = measure(arguments, path, extra)
            base = next(iter(ways.values()))["perSecond"]
            results[f"{slower:g}"] = {"syncMilliseconds": round(sync, 3), "ways": ways}
            print(f"\na sync of {sync:.2f} ms:")
            for way, found in ways.items():
                ratio = f"{found['perSecond'] / base:.1f} x"
                print(f"  {way:<50} {found['perSecond']:>8.0f}/s  {ratio:>7}  p99 {found['p99Milliseconds']:.1f} ms")
    print(json.dumps(results), file=sys.stderr)


if __name__ == "__main__":
    main()
