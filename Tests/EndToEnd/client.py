# SPDX-License-Identifier: Apache-2.0
"""A plain HTTP client that shows what the service answered, byte for byte."""

import http.client
import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def everything(self):
        """Headers and body, for a search through all that was said."""
        return str(self.headers).encode() + self.body

    def ok(self, *statuses):
        """Asserts one of the statuses (200 when none is given) and returns the JSON body, or None where there is none."""
        assert self.status in (statuses or (200,)), f"{statuses or 200} expected, got {self}"
        return self.json if self.body and "json" in self.headers["Content-Type"] else None

    def problem(self, status, *codes):
        """Asserts an RFC 9457 problem with this status and one of the codes, and returns it."""
        assert self.status == status, f"{status} {codes} expected, got {self}"
        assert self.headers["Content-Type"].split(";")[0] == "application/problem+json", str(self)
        problem = self.json
        assert not codes or problem["code"] in codes, f"{status} {codes} expected, got {self}"
        assert problem["status"] == status
        assert problem["type"] == "urn:cartlink:problem:" + problem["code"]
        assert problem["title"] and problem["requestId"]
        return problem

    def invalid(self, pointer, status=422, code="invalid-input"):
        """Asserts that the field was refused by name."""
        errors = self.problem(status, code)["errors"]
        assert pointer in [error["pointer"] for error in errors], errors
        assert all(error["reason"] for error in errors)

    def without_request_id(self):
        """What two answers must share if nobody may tell them apart."""
        # An answer that is given before the request's body has come ends the connection.
        volatile = {"date", "x-request-id", "connection", "content-length"}
        headers = sorted((name.lower(), value) for name, value in self.headers.items() if name.lower() not in volatile)
        body = {name: value for name, value in self.json.items() if name != "requestId"}
        # A process whose ids begin with a zero writes them shorter.
        length = int(self.headers["Content-Length"]) - len(self.json["requestId"])
        return self.status, headers, body, length

    def __str__(self):
        return f"{self.status} {self.headers.get('Content-Type')} {self.body[:400]!r}"


@dataclass(frozen=True)
class Client:
    """One listener of a server; every call is a new connection."""

    port: int

    def __call__(self, method, path, body=None, bearer=None, headers=None):
        sent = dict(headers or {})
        if bearer is not None:
            sent["Authorization"] = f"Bearer {bearer}"
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def get(self, path, bearer=None, **headers):
        return self("GET", path, None, bearer, {name.replace("_", "-"): value for name, value in headers.items()})
