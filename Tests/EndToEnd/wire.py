# SPDX-License-Identifier: Apache-2.0
"""HTTP/1.1 on a raw socket: what was sent and what came, byte for byte and in order."""

import re
import socket
import time
from dataclasses import dataclass

HEAD_END = b"\r\n\r\n"


def request(method, path, *lines, host="Host: shop", body=b""):
    """A request's bytes; lines are headers, as text or bytes."""
    head = [f"{method} {path} HTTP/1.1", *([host] if host is not None else []), *lines]
    return b"\r\n".join(line if isinstance(line, bytes) else line.encode() for line in head) + HEAD_END + body


@dataclass(frozen=True)
class WireAnswer:
    status: int
    # The head's lines in their order, without the date, of which `date` is the value.
    lines: tuple[bytes, ...]
    date: str
    body: bytes

    def header(self, name):
        start = name.lower().encode() + b":"
        return next((line[len(start) :].strip().decode() for line in self.lines[1:] if line.lower().startswith(start)), None)

    @property
    def steady(self):
        """What two answers to the same question share: a problem's name differs."""
        body = re.sub(rb'"requestId":"[^"]*"', b'"requestId":""', self.body)
        return self.status, self.lines, body

    @property
    def steady_but_for_its_end(self):
        """Also what says that it is the connection's last."""
        status, lines, body = self.steady
        return status, tuple(line for line in lines if line.lower() != b"connection: close"), body


class Wire:
    """One connection."""

    def __init__(self, port, timeout=10, receive_buffer=None):
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(timeout)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.left = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def answer(self, headless=False):
        """The next answer; EOFError where the connection ends at its beginning, AssertionError where it ends within.

        headless: the request was a HEAD.
        """
        while (end := self.left.find(HEAD_END)) < 0:
            self._more()
        lines = self.left[:end].split(b"\r\n")
        status, length, dates, kept = int(lines[0].split()[1]), 0, [], []
        for line in lines:
            name = line.split(b":", 1)[0].lower()
            assert name != b"transfer-encoding", lines
            if name == b"content-length":
                length = int(line.split(b":")[1])
            if name == b"date":
                dates.append(line.split(b":", 1)[1].strip().decode())
                line = b"Date"
            kept.append(line)
        length = 0 if headless or status in (204, 304) or status < 200 else length
        while len(self.left) < end + 4 + length:
            self._more()
        body, self.left = self.left[end + 4 : end + 4 + length], self.left[end + 4 + length :]
        return WireAnswer(status, tuple(kept), dates[0] if len(dates) == 1 else "", body)

    def ask(self, data):
        self.send(data)
        return self.answer(headless=data.startswith(b"HEAD "))

    def is_silent(self, seconds=0.05):
        """Whether nothing more comes, and the connection stays open."""
        self.socket.settimeout(seconds)
        try:
            return not self.left and self.socket.recv(1) is None
        except TimeoutError:
            return True

    def rest(self):
        """All that comes until the end of the connection."""
        found = self.left
        self.left = b""
        try:
            while chunk := self.socket.recv(65536):
                found += chunk
        except ConnectionResetError:
            pass
        return found

    def seconds_until_closed(self, most):
        """How long until the server closes; what comes meanwhile is dropped."""
        began = time.monotonic()
        self.socket.settimeout(0.5)
        while time.monotonic() - began < most:
            try:
                if not self.socket.recv(65536):
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        return time.monotonic() - began

    def _more(self):
        chunk = self.socket.recv(262144)
        if not chunk:
            assert not self.left, f"cut off after {len(self.left)} bytes"
            raise EOFError
        self.left += chunk


@dataclass(frozen=True)
class Counts:
    """Requests that a public listener answered for links' views and pages: by the router, and in all."""

    routed: int
    all: int

    @property
    def fast(self):
        return self.all - self.routed

    def __sub__(self, earlier):
        return Counts(self.routed - earlier.routed, self.all - earlier.all)

    @classmethod
    def of(cls, server):
        text = server.admin.get("/metrics").body.decode()

        def total(name):
            found = re.findall(rf"^{name}\{{(.*)\}} (\S+)$", text, re.M)
            return sum(int(float(value)) for labels, value in found if 'listener="public"' in labels and '{token}"' in labels)

        return cls(total("cartlink_http_request_duration_seconds_count"), total("cartlink_http_requests_total"))


def robots_counted(server):
    found = re.search(r'^cartlink_opens_total\{who="robot"\} (\S+)$', server.admin.get("/metrics").body.decode(), re.M)
    return int(float(found.group(1)))
