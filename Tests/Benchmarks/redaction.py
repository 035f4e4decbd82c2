# SPDX-License-Identifier: Apache-2.0
"""Measures the filter beside JSON libraries and prints one table; `make bench-redaction` runs it from the root.

All are measured in turns, round by round, so that whatever else the machine does hits them alike; the best round of each counts.
The filter checks a cart and writes what a guest may see of it; the others read the same bytes into objects and write all of them.
"""

import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import time

import orjson

HERE = pathlib.Path(__file__).parent
FILTER = "Cartlink filter, guest"


def program(*command):
    """The speed that a program prints of itself."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    return json.loads(done.stdout)["megabytesPerSecond"]


def orjson_speed(path, seconds):
    cart = path.read_bytes()
    start = now = time.perf_counter()
    runs = 0
    while now < start + seconds:
        for _ in range(50):
            orjson.dumps(orjson.loads(cart))
        runs += 50
        now = time.perf_counter()
    return len(cart) * runs / (now - start) / 1e6


def readers(bench, policy, path, seconds):
    once = ["--rounds", "1", "--seconds", str(seconds)]
    yield FILTER, lambda: program(bench, "redact", "--policy", policy, *once, str(path))
    yield f"orjson {orjson.__version__}, loads + dumps", lambda: orjson_speed(path, seconds)
    node = shutil.which("node")
    if node:
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
        yield f"Node {version}, parse + stringify", lambda: program(node, str(HERE / "json_roundtrip.mjs"), str(path), str(seconds))
    yield "Foundation JSONSerialization", lambda: program(bench, "peer", "json-serialization", *once, str(path))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", default=str(HERE / ".build/release/cartlink-bench"), help="the built cartlink-bench")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=0.3, help="how long one round of one reader takes")
    arguments = parser.parse_args()

    print(f"{'cart':<20} {'reader':<36} {'MB/s':>8} {'the filter is':>16}")
    for policy, name in [("vtex-orderform", "orderform-12k.json"), ("cartlink", "cartlink-1k.json")]:
        path = HERE / "carts" / name
        measured = list(readers(arguments.bench, policy, path, arguments.seconds))
        best = dict.fromkeys((reader for reader, _ in measured), 0.0)
        for _ in range(arguments.rounds):
            for reader, speed in measured:
                best[reader] = max(best[reader], speed())
        for reader, speed in best.items():
            ratio = "" if reader == FILTER else f"{best[FILTER] / speed:.1f} x as fast"
            print(f"{name:<20} {reader:<36} {speed:>8.1f} {ratio:>16}")
    scrubbed = subprocess.run([arguments.bench, "scrub"], capture_output=True, text=True, check=True)
    near = json.loads(scrubbed.stdout)
    print(
        f"\nScrubbing 1 MiB of near-matches, {near['texts']} kinds: {near['slowestMilliseconds']} ms at most ({near['slowest']!r}), "
        f"{near['medianMilliseconds']} ms in the middle; {near['slowestWithFindsMilliseconds']} ms at most where something is found"
    )
    print(f"\nBest of {arguments.rounds} rounds of {arguments.seconds} s each, taken in turns; MB/s are 10^6 bytes of the cart per second.")


if __name__ == "__main__":
    main()
