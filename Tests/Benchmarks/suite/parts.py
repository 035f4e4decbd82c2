# SPDX-License-Identifier: Apache-2.0
"""The parts that are measured without HTTP: the token check, and redaction beside JSON libraries."""

import json
import subprocess

import redaction
from generators import BENCH
from machine import ROOT
from measuring import Measurement

NAMES = {"Cartlink": "cartlink", "orjson": "orjson", "Node": "Node JSON", "Foundation": "JSONSerialization"}


def measurements(figures):
    listed = subprocess.run([BENCH, "--help"], capture_output=True, text=True, check=True).stdout
    if "\n  token " in listed:
        yield Measurement("token", "cartlink", lambda: _token(figures))
    cart = ROOT / "Tests/Benchmarks/carts/orderform-12k.json"
    for reader, speed in redaction.readers(str(BENCH), "vtex-orderform", cart, 0.3):
        name = NAMES[reader.split(" ")[0].rstrip(",")]
        yield Measurement("redaction", name, lambda name=name, speed=speed: figures.add("redaction", name, speed()))


def _token(figures):
    done = subprocess.run([BENCH, "token", "--rounds", "1"], capture_output=True, text=True, check=True)
    report = json.loads(done.stdout)
    figures.add("token", "cartlink", report["nanosecondsPerCheck"])
    figures.add("token-hmac", "cartlink", report["bareHmacNanoseconds"])
