# SPDX-License-Identifier: Apache-2.0
"""A receiver of webhooks: plain sockets, it notes what comes and answers what the test says."""

import base64
import hashlib
import hmac
import json
import socket
import threading
import time
from dataclasses import dataclass, field

from server import free_ports

KEY = b"webhook-key-for-the-end-to-end-tests"
SECRET = "whsec_" + base64.b64encode(KEY).decode()


@dataclass(frozen=True)
class Delivery:
    """One request as it came, byte for byte."""

    line: str
    headers: dict
    body: bytes
    at: float = field(default_factory=time.monotonic)

    @property
    def id(self):
        return self.headers["webhook-id"]

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def type(self):
        return self.json["type"]

    @property
    def data(self):
        return self.json["data"]

    @property
    def is_signed(self):
        """Standard Webhooks, computed here from its text: HMAC-SHA256 over id, timestamp and body."""
        signed = f"{self.id}.{self.headers['webhook-timestamp']}.".encode() + self.body
        expected = "v1," + base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
        return hmac.compare_digest(expected, self.headers["webhook-signature"])


def plain(status, headers=""):
    return f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n{headers}\r\n".encode()


class Receiver:
    """Answers 204, or what `answer(delivery)` returns: a status, bytes, or None for no answer at all.

    An answer may also be a function of the connection, which then does as it likes.
    """

    def __init__(self, answer=lambda delivery: 204, port=None):
        self.answer, self.deliveries, self.news = answer, [], threading.Condition()
        self.listener = socket.create_server(("127.0.0.1", port or free_ports(1)[0]), backlog=256)
        self.port = self.listener.getsockname()[1]
        self.open = []
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, path="/hooks", host="127.0.0.1"):
        return f"http://{host}:{self.port}{path}"

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.open.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        try:
            with connection, connection.makefile("rb") as stream:
                while delivery := self._read(stream):
                    with self.news:
                        self.deliveries.append(delivery)
                        self.news.notify_all()
                    answer = self.answer(delivery)
                    if callable(answer):
                        return answer(connection)
                    if answer is None:
                        return stream.read()
                    connection.sendall(answer if isinstance(answer, bytes) else plain(answer))
        except OSError:
            pass

    @staticmethod
    def _read(stream):
        line = stream.readline().decode().strip()
        if not line:
            return None
        headers = {}
        while field := stream.readline().decode().strip():
            name, _, value = field.partition(":")
            headers[name.lower()] = value.strip()
        length = int(headers.get("content-length", 0))
        body = stream.read(length)
        # Who was killed while he sent it has delivered nothing.
        return Delivery(line, headers, body) if len(body) == length else None

    def wait(self, enough, timeout=15):
        """Waits until `enough(deliveries)` holds, and returns the deliveries."""
        with self.news:
            assert self.news.wait_for(lambda: enough(self.deliveries), timeout), f"{len(self.deliveries)} came: {self.told[-20:]}"
            return list(self.deliveries)

    def wait_for(self, count, timeout=15):
        return self.wait(lambda deliveries: len(deliveries) >= count, timeout)

    @property
    def told(self):
        return [(delivery.type, delivery.data.get("linkId") or delivery.data["cartId"]) for delivery in self.deliveries]

    def close(self):
        """Nothing listens any more, and what is open is cut."""
        # Closing alone wouldn't wake the thread that accepts.
        for connection in [self.listener, *self.open]:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.listener.close()


def webhook(server_folder, url, events=("link.*", "cart.*"), secret=SECRET, **changes):
    """An entry of `webhooks` for a receiver on this machine, its secret written to a file."""
    path = server_folder / f"hook-secret-{hashlib.sha256((url + secret).encode()).hexdigest()[:8]}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(secret + "\n")
    path.chmod(0o600)
    return {"url": url, "secretFile": str(path), "events": list(events), "allowPrivateAddresses": True} | changes
