# SPDX-License-Identifier: Apache-2.0
"""What the figures were measured on and with."""

import datetime
import glob
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
# Debian keeps nginx where only root looks, and PostgreSQL's server, of which the newest counts, where nobody does.
_SERVERS = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: float(path.split("/")[4]), reverse=True)
os.environ["PATH"] += "".join(os.pathsep + folder for folder in ["/usr/sbin", *_SERVERS])
SERVER_CORE, LOAD_CORE = 0, 1
NEEDED = {
    "nginx": "nginx",
    "go": "golang-go",
    "node": "nodejs",
    "wrk": "wrk",
    "taskset": "util-linux",
    "initdb": "postgresql",
    "pgbench": "postgresql",
}


def check():
    """Ends with what to install, or with what is wrong about this machine."""
    missing = dict.fromkeys(package for program, package in NEEDED.items() if not shutil.which(program))
    if missing:
        sys.exit(f"Missing here; Debian calls them: {' '.join(missing)}. `make bench` installs them.")
    if len(os.sched_getaffinity(0)) < 2:
        sys.exit("The server and the load need a core each, and this process may use only one.")


def facts():
    return {
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "memoryMB": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1_000_000,
        "kernel": platform.release(),
        "loadBefore": os.getloadavg()[0],
        "versions": {
            "nginx": _version("nginx", "-v"),
            "go": _version("go", "version"),
            "node": _version("node", "--version"),
            "postgresql": _version("postgres", "--version"),
            "wrk": _version("wrk", "-v"),
            "swift": _version("swift", "--version"),
        },
    }


def _cpu():
    names = re.findall(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return names[0] if names else platform.machine()


def _commit():
    git = lambda *words: subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=False).stdout.strip()
    return (git("rev-parse", "HEAD") or "unknown") + (" with changes" if git("status", "--porcelain", "-uno") else "")


def _version(program, option):
    """The version number in what the program says of itself."""
    if not shutil.which(program):
        return None
    done = subprocess.run([program, option], capture_output=True, text=True, check=False)
    found = re.search(r"\d+\.\d+(\.\d+)*", done.stdout + done.stderr)
    return found and found[0]
