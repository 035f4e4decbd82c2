# SPDX-License-Identifier: Apache-2.0
"""What clients of several nodes see while something is wrong with their database."""

import contextlib
import itertools
import random
import re
import subprocess
import threading
import time
from collections import Counter
from dataclasses import dataclass

import findings
from logins import ANNA
from patience import PATIENCE
from wire import Wire, request

# From sending a request to its answer: a node waits 2 s for its database and up to 250 ms for room; the rest is the computer's.
LONGEST = 2.25 + 0.75 * PATIENCE
# From the database's return to service as before.
RECOVERY = 1 + PATIENCE
OPEN = (200, 304)
MANY = {"links": {"perCart": 100_000}}
_keys = itertools.count(1)


@dataclass(frozen=True)
class Seen:
    """One request and its answer; 0 where the connection ended instead. Times are monotonic."""

    node: object
    what: str
    sent: float
    got: float
    status: int
    has_retry_after: bool = True


def counted(seen):
    return ", ".join(f"{status}×{count}" for status, count in sorted(Counter(each.status for each in seen).items())) or "–"


class Clients:
    """Readers who view the links on each node all the time, while inside `with`; and whatever else the test asks, noted alike."""

    def __init__(self, nodes, links, readers=2, rest=0.004):
        self.nodes, self.links, self.rest, self.reads, self.writes, self.revoked = nodes, list(links), rest, [], [], {}
        self._stops, self._lock = threading.Event(), threading.Lock()
        places = [(node, number) for node in nodes for number in range(readers)]
        self._threads = [threading.Thread(target=self._read, args=place) for place in places]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stops.set()
        for thread in self._threads:
            thread.join(15)

    def _read(self, node, number):
        chosen, wire = random.Random(number), None
        while not self._stops.is_set():
            try:
                wire = wire or Wire(node.public.port)
            except OSError:
                # `alive` tells.
                return
            if not self.view(node, chosen.choice(self.links), wire, *chosen.choice([[], ["If-None-Match: *"]])).status:
                wire = None
            time.sleep(self.rest)

    def view(self, node, link, wire, *lines):
        """Asks once on a connection that may be answered in front of the router."""
        sent = time.monotonic()
        with contextlib.suppress(OSError):
            wire.send(request("GET", "/v1/shared/" + link["token"], *lines))
        return self.viewed(node, link, wire, sent)

    def viewed(self, node, link, wire, sent):
        """Notes the answer to what was asked at that moment."""
        try:
            answer = wire.answer()
            status, has_retry_after = answer.status, answer.header("Retry-After") is not None
        except (OSError, EOFError, AssertionError):
            status, has_retry_after = 0, False
        return self.note(self.reads, Seen(node, link["token"], sent, time.monotonic(), status, has_retry_after))

    def write(self, node, what, call):
        """Makes another call and notes its answer, which it gives."""
        sent = time.monotonic()
        try:
            answer = call()
        except OSError:
            self.alive()
            raise
        self.note(self.writes, Seen(node, what, sent, time.monotonic(), answer.status, "Retry-After" in answer.headers))
        return answer

    def note(self, kind, seen):
        with self._lock:
            kind.append(seen)
        return seen

    def revoke(self, node, link):
        """The status; what is acknowledged must open nowhere from now on."""
        answer = self.write(node, "revoke", lambda: node.revoke(link, ANNA))
        if answer.status == 204:
            self.revoked.setdefault(link["token"], time.monotonic())
        return answer.status

    def issue(self, node, cart_id, key=None):
        """Asks for a link under a key of its own, so that it may be asked for again."""
        headers = {"Idempotency-Key": key or f"key-{next(_keys)}"}
        wish = {"audience": "external", "access": "read-only", "headers": headers}
        return self.write(node, "issue", lambda: node.ask_link(cart_id, ANNA, **wish))

    def insist(self, call, seconds=15):
        """Repeats a call that gives a status or an answer as long as it is 503, as a client is told to."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            answer = call()
            status = getattr(answer, "status", answer)
            if status != 503:
                return answer
            time.sleep(0.02)
        raise AssertionError(f"503 for {seconds} s")

    # What they saw

    def between(self, begin, end, kind=None):
        """What was sent in that time and, of course, answered perhaps later."""
        with self._lock:
            return [seen for seen in (self.reads if kind is None else kind) if begin <= seen.sent < end]

    @property
    def stale(self):
        """How long after the acknowledgement of its revocation a link was asked for and opened all the same, worst last."""
        with self._lock:
            return sorted(
                seen.sent - self.revoked[seen.what]
                for seen in self.reads
                if seen.status in OPEN and seen.sent > self.revoked.get(seen.what, seen.sent)
            )

    def longest(self, begin, end):
        return max((seen.got - seen.sent for seen in self.between(begin, end) + self.between(begin, end, self.writes)), default=0)

    def recovery(self, back):
        """How long after that moment the last refusal was given, on any node."""
        return max((seen.got - back for seen in self.between(0, back + 60) if seen.status == 503 and seen.got > back), default=0)

    def wait_for_service(self, back, cart_id, seconds=RECOVERY):
        """Waits until each node answers readers and writers again."""
        for node in self.nodes:
            # Under one key: what was refused with 503 may have been made.
            key = f"key-{next(_keys)}"
            while (status := self.issue(node, cart_id, key).status) != 201:
                assert status == 503 and time.monotonic() < back + seconds, f"{status} {time.monotonic() - back:.2f} s after the return"
                time.sleep(0.02)
            while not any(seen.node is node and seen.status in OPEN for seen in self.between(back, back + 60)):
                assert time.monotonic() < back + seconds, f"nothing to see {time.monotonic() - back:.2f} s after the return"
                time.sleep(0.02)

    def alive(self):
        for node in self.nodes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                node.process.wait(0.05)
                # The last words come before the stack.
                words = re.findall(r".*[Ff]atal.*", node.log.read_text()) or [node.log.read_text()[-2000:]]
                raise AssertionError(f"exit {node.process.returncode}: {words[0][:500]}")

    def check(self, begin, end):
        """What holds in every fault: nobody waits for long, a refusal says when to come again, and no revoked link opens."""
        seen = self.between(begin, end) + self.between(begin, end, self.writes)
        self.alive()
        assert self.stale == [], f"{len(self.stale)} stale of {len(self.reads)} reads, the latest {self.stale[-1]:.3f} s after the 204"
        assert {each.status for each in self.reads} <= {*OPEN, 410, 503}, counted(self.reads)
        late = sorted((each.got - each.sent, each.what, each.status) for each in seen if each.got - each.sent > LONGEST)
        late = [(f"{wait:.2f} s", what if what in ("issue", "revoke") else "view", status) for wait, what, status in late]
        assert not late, f"{len(late)} of {len(seen)} waited longer than {LONGEST} s, the longest of them: {late[-8:]}"
        assert all(each.has_retry_after for each in seen if each.status == 503), "503 without Retry-After"

    def tell(self, fault, begin, end, recovery, *more):
        """A line of the table, and lines about it."""
        reads, writes = counted(self.between(begin, end)), counted(self.between(begin, end, self.writes))
        for line in (f"{fault} | {reads} | {writes} | {self.longest(begin, end):.2f} s | {recovery}", *(f"  {each}" for each in more)):
            findings.tell(findings.FAULTS, line)


def seconds(recovery):
    return f"{recovery:.2f} s"


def held(nodes, links):
    """Makes each node hold the links' answers, so that the readers get them in front of the router."""
    for node in nodes:
        with Wire(node.public.port) as wire:
            for link in links * 2:
                assert wire.ask(request("GET", "/v1/shared/" + link["token"])).status == 200


def started(nodes):
    """The first makes the keys that the others use."""
    return [node.start() for node in nodes]


def links_of(node, cart_id):
    return {link["id"]: link for link in node.public.get(f"/v1/carts/{cart_id}/links", ANNA.login).ok()["links"]}
