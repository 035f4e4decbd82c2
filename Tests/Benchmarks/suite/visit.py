# SPDX-License-Identifier: Apache-2.0
"""What is asked of a server, and a look whether it answers rightly."""

import http.client
from dataclasses import dataclass, field, replace


class Wrong(Exception):
    """A server answers something else than what a row wants to measure."""


@dataclass(frozen=True)
class Visit:
    """Requests of one kind to one server.

    A line of `lines` is a path, and behind tabs the headers of that path alone.
    """

    port: int
    lines: tuple[str, ...]
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    method: str = "GET"
    body: bytes | None = None
    length: int | None = None
    """The bytes of the body that must come; None where lengths differ."""

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    def over(self, lines):
        """The same for other lines."""
        return replace(self, lines=tuple(lines))

    def ask(self, line=None):
        """Sends the first request, or another line's, and returns (status, headers, body)."""
        path, *own = (line or self.lines[0]).split("\t")
        headers = self.headers | dict(text.split(": ", 1) for text in own)
        if self.body is not None:
            headers.setdefault("Content-Type", "application/json")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            connection.request(self.method, path, self.body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def check(self, line=None):
        """Raises `Wrong` where the answer isn't the one that the row is about."""
        status, headers, body = self.ask(line)
        if status != self.status:
            raise Wrong(f"{status} in place of {self.status}: {body[:200]!r}")
        if self.length is not None and len(body) != self.length:
            raise Wrong(f"{len(body)} bytes in place of {self.length}")
        return headers, body

    def revalidating(self):
        """The same with the entity tag that the answer has now, so that 304 comes."""
        headers, _ = self.check()
        return replace(self, headers=self.headers | {"If-None-Match": headers["ETag"]}, status=304, length=0)
