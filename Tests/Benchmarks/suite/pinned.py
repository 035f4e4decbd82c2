# SPDX-License-Identifier: Apache-2.0
"""Programs on the server's core, and what they use of it and of memory."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from machine import SERVER_CORE

TICKS = os.sysconf("SC_CLK_TCK")


def on_server_core(*command):
    return ["taskset", "--cpu-list", str(SERVER_CORE), *map(str, command)]


class Program:
    """A peer that runs until it is stopped."""

    def __init__(self, name, port, folder, command, environment=None):
        self.name, self.port, self.log = name, port, Path(folder) / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                on_server_core(*command), env=os.environ | (environment or {}), stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        try:
            self._wait_until_it_listens()
        except BaseException:
            self.stop()
            raise

    @property
    def pid(self):
        return self.process.pid

    def _wait_until_it_listens(self):
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                sys.exit(f"{self.name} ended with {self.process.returncode}:\n{self.log.read_text()[-2000:]}")
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.02)
        sys.exit(f"{self.name} does not listen:\n{self.log.read_text()[-2000:]}")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def family(pid):
    """The process and its children: nginx has a master and a worker."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(member for child in children for member in family(int(child)))]


def resident_megabytes(pid):
    """Memory in use by the process and its children, in 10^6 bytes (VmRSS)."""
    total = 0
    for member in family(pid):
        for line in Path(f"/proc/{member}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                total += int(line.split()[1]) * 1024
    return total / 1e6


def processor_seconds(pid):
    """Processor time of the process and its children so far."""
    total = 0
    for member in family(pid):
        words = Path(f"/proc/{member}/stat").read_text().rsplit(") ", 1)[1].split()
        total += int(words[11]) + int(words[12])
    return total / TICKS
