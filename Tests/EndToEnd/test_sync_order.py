# SPDX-License-Identifier: Apache-2.0
"""Nothing is acknowledged before it is on disk: the order of the process's own system calls, as strace sees them."""

import re
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

WATCHED = "read,recvfrom,recvmsg,readv,write,writev,sendto,sendmsg,fdatasync,fsync"
ONE_BY_ONE, TOGETHER = 3, 16
# 4711 1764480000.123456 fdatasync(9</data/cartlink.sqlite-wal>) = 0 <0.000321>; a call that others cut in on has two lines.
LINE = re.compile(r"(?P<thread>\d+) +(?P<time>\d+\.\d+) (?P<rest>.*)")
CALL = re.compile(r"(?P<name>\w+)\((?P<rest>.*)", re.DOTALL)
RESUMED = re.compile(r"<\.\.\. \w+ resumed>(?P<rest>.*)", re.DOTALL)
RESULT = re.compile(r"= (?P<result>-?\d+)[^<]*<(?P<took>\d+\.\d+)>$")
FILE = re.compile(r"^\d+<(?P<file>[^>]*)")


@dataclass(frozen=True)
class Call:
    name: str
    file: str
    text: str
    began: float
    ended: float
    result: int


def calls(trace):
    """The calls that ended, in the order in which they began."""
    open_calls, found = {}, []
    for line in trace.read_text(errors="replace").splitlines():
        if not (parts := LINE.fullmatch(line)):
            continue
        thread, moment, rest = parts["thread"], float(parts["time"]), parts["rest"]
        if resumed := RESUMED.match(rest):
            if thread not in open_calls:
                continue
            began, text = open_calls.pop(thread)
            text += resumed["rest"]
        else:
            began, text = moment, rest
            if rest.endswith("<unfinished ...>"):
                open_calls[thread] = (moment, rest.removesuffix("<unfinished ...>"))
                continue
        call, result = CALL.match(text), RESULT.search(text)
        if call and result and (file := FILE.match(call["rest"])):
            ended = began + float(result["took"])
            found.append(Call(call["name"], file["file"], call["rest"], began, ended, int(result["result"])))
    return sorted(found, key=lambda call: call.began)


class Trace:
    """strace beside a running server."""

    def __init__(self, server):
        self.file = server.folder / "trace"
        command = ["strace", "-f", "-ttt", "-T", "-y", "-s", "400", "-e", f"trace={WATCHED}", "-o", self.file]
        self.process = subprocess.Popen([*command, "-p", str(server.process.pid)], stderr=subprocess.PIPE, text=True)
        self.said = self.process.stderr.readline()

    @property
    def is_attached(self):
        return "attached" in self.said

    def settle(self):
        """Waits for the last lines; strace ends with the process it watches."""
        self.process.wait(10)


@pytest.fixture
def traced(start):
    if not shutil.which("strace"):
        pytest.skip("strace is missing: make deps-test installs it")
    server = start()
    trace = Trace(server)
    if not trace.is_attached:
        pytest.skip(f"strace can't watch a process here: {trace.said.strip()}")
    yield server, trace
    trace.process.kill()


def acknowledgements(seen):
    """Each request that changes links, with the answer that says it was done."""
    requests = [call for call in seen if re.search(r'"(POST|DELETE) /v1/(carts/[^/]+/links|links/)', call.text)]
    answers = [call for call in seen if re.search(r'"HTTP/1\.1 20[14] ', call.text)]
    for request in requests:
        yield request, next(answer for answer in answers if answer.file == request.file and answer.began > request.ended)


def test_answers_leave_after_the_sync_of_what_they_acknowledge(traced):
    server, trace = traced
    cart = server.put()
    links = [server.link(cart) for _ in range(ONE_BY_ONE)]
    assert server.revoke(links[0]).status == 204
    with ThreadPoolExecutor(TOGETHER) as clients:
        list(clients.map(lambda _: server.link(cart), range(TOGETHER)))
    server.kill()
    trace.settle()
    seen = calls(trace.file)
    syncs = [call for call in seen if call.name in ("fdatasync", "fsync") and call.file.endswith("-wal") and call.result == 0]
    acknowledged = list(acknowledgements(seen))
    assert len(acknowledged) == ONE_BY_ONE + 1 + TOGETHER
    for request, answer in acknowledged:
        between = [sync for sync in syncs if request.ended <= sync.began and sync.ended <= answer.began]
        assert between, f"the answer left at {answer.began}, and no sync of the log ended since the request came at {request.ended}"
