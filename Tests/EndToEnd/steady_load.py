# SPDX-License-Identifier: Apache-2.0
"""People who go on asking through a proxy while something happens behind it, and the counts of what they got."""

import json
import threading
import time
from collections import Counter

import logins
from server import KEYS


class Visitor:
    """One client with one connection that stays, as long as the proxy lets it."""

    def __init__(self, nginx, counts):
        self.connection, self.counts = nginx.connection(), counts

    def __call__(self, kind, expected, method, path, body=None, bearer=None, **headers):
        """Asks once, never again; returns the JSON answer where it was the expected one."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if bearer:
            sent["Authorization"] = f"Bearer {bearer}"
        if body is not None:
            sent["Content-Type"] = "application/json"
        try:
            self.connection.request(method, path, body and json.dumps(body), sent)
            answer = self.connection.getresponse()
            text, status = answer.read(), answer.status
            text = text if "json" in answer.headers.get("Content-Type", "") else b""
        except OSError as error:
            text, status = b"", type(error).__name__
            self.connection.close()
        is_good = status in expected
        self.counts[kind, "well" if is_good else status] += 1
        return json.loads(text) if is_good and text else None


class SteadyLoad:
    """`errand(visitor, number)` is done again and again by each of so many visitors."""

    def __init__(self, nginx, errand, visitors=6, pause=0.002):
        self.nginx, self.errand, self.pause = nginx, errand, pause
        self.ended, self.faults = threading.Event(), []
        self.parts = [Counter() for _ in range(visitors)]
        self.threads = [threading.Thread(target=self._visit, args=(number,)) for number in range(visitors)]

    def _visit(self, number):
        try:
            visitor = Visitor(self.nginx, self.parts[number])
            while not self.ended.is_set():
                self.errand(visitor, number)
                time.sleep(self.pause)
            visitor.connection.close()
        except Exception as fault:
            self.faults.append(fault)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        for thread in self.threads:
            thread.join(30)

    @property
    def counts(self):
        return sum(self.parts, Counter())

    @property
    def failures(self):
        return {key: count for key, count in self.counts.items() if key[1] != "well"}

    def told(self, title):
        """One line for the end of the run's output."""
        kinds = ", ".join(f"{kind} {count}" for (kind, end), count in sorted(self.counts.items(), key=str) if end == "well")
        retried = sum("," in words[-2] for words in self.nginx.log())
        total, failed = self.counts.total(), sum(self.failures.values())
        return f"{title}: {total} requests ({kinds}), {failed} failures {self.failures or ''}, {retried} asked of a second node by nginx"


def a_purchase(cart_id, hot):
    """Views between writes; what was revoked through one node must be gone on whichever node is asked next."""

    def errand(visitor, number):
        owner = logins.ANNA.login
        for _ in range(3):
            visitor("view", [200], "GET", f"/v1/shared/{hot['token']}")
        fields = {"audience": "external", "access": "read-only"}
        key = f"key-{number}-{time.monotonic_ns()}"
        link = visitor("issue", [201], "POST", f"/v1/carts/{cart_id}/links", fields, owner, Idempotency_Key=key)
        if not link:
            return
        visitor("page", [200], "GET", f"/s/{link['token']}")
        visitor("change", [200], "PATCH", f"/v1/links/{link['id']}", {"label": "for Bert"}, owner)
        again = visitor("issue again", [201, 200], "POST", f"/v1/carts/{cart_id}/links", fields, owner, Idempotency_Key=key)
        assert again is None or again["id"] == link["id"]
        visitor("revoke", [204], "DELETE", f"/v1/links/{link['id']}", bearer=owner)
        visitor("view of a revoked link", [410], "GET", f"/v1/shared/{link['token']}")
        visitor("push", [200], "PUT", f"/v1/carts/{cart_id}-{number}", {"cart": {"currency": "EUR", "items": []}}, KEYS["storefront"])

    return errand
