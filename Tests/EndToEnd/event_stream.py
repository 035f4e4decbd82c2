# SPDX-License-Identifier: Apache-2.0
"""A reader of event streams, as a browser reads them, and carts to watch."""

import http.client
import json
import re
import time
from dataclasses import dataclass

import logins
import together


@dataclass(frozen=True)
class Event:
    name: str
    data: dict
    id: str | None


class EventStream:
    """One open stream; every read waits for a limited time."""

    def __init__(self, shop, cart_id, login, headers=None, patience=5):
        self.connection = http.client.HTTPConnection("127.0.0.1", shop.public.port, timeout=patience)
        self.connection.request("GET", f"/v1/carts/{cart_id}/events", headers={"Authorization": f"Bearer {login}"} | (headers or {}))
        # The connection lets go of it, since the answer is its last.
        self.socket = self.connection.sock
        self.response = self.connection.getresponse()
        self.status, self.headers, self.last_id = self.response.status, self.response.headers, None
        assert self.status == 200, (self.status, self.response.read())
        assert self.headers["Content-Type"] == "text/event-stream"
        assert self._block() == {"retry": "2000", "id": self.last_id, "comments": 1}

    def _block(self):
        """The fields up to an empty line, and how many comments there were; None at the end of the stream."""
        fields, comments = {}, 0
        while line := self.response.readline().decode():
            name, _, value = line.rstrip("\n").partition(":")
            if line == "\n":
                return fields | {"comments": comments}
            if name:
                fields[name] = value.removeprefix(" ")
            else:
                comments += 1
            if name == "id":
                self.last_id = fields["id"]
        assert not fields, "the stream broke off within an event"
        return None

    def next(self):
        """The next event past all heartbeats; None at the end of the stream."""
        while block := self._block():
            if "event" in block:
                return Event(block["event"], json.loads(block["data"]), block.get("id"))
        return None

    def heartbeat(self):
        assert self._block() == {"comments": 1}

    def is_silent(self, seconds=0.3):
        """Whether nothing but heartbeats comes for a while; nothing can be read after that."""
        self.socket.settimeout(seconds)
        try:
            return self.next() is None and False
        except TimeoutError:
            return True

    def seconds_to_end(self, *events):
        """Reads to the end, past these events exactly, and says how long that took."""
        began = time.monotonic()
        for name in events:
            assert self.next().name == name
        assert self.next() is None
        return time.monotonic() - began

    def close(self):
        self.response.close()
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def open_count(shop):
    """Open streams, from the metrics."""
    return int(float(re.search(r"^cartlink_event_streams (\S+)$", shop.admin.get("/metrics").body.decode(), re.M).group(1)))


def wait_for_count(shop, count, seconds=2):
    deadline = time.monotonic() + seconds
    while open_count(shop) != count:
        assert time.monotonic() < deadline, f"{open_count(shop)} streams are open, not {count}"
        time.sleep(0.02)


def ask(shop, cart_id, bearer=None, method="GET", **headers):
    return shop.public(method, f"/v1/carts/{cart_id}/events", None, bearer, headers)


def held_cart(shop, access="read-only"):
    """A company's cart that a colleague holds through a link: cart, owner, holder, link."""
    owner, holder = logins.somebody(), logins.somebody()
    cart_id = shop.put(owner)
    link = together.internal(shop, cart_id, owner, access, within="company")
    together.accept(shop, link, holder).ok(201)
    return cart_id, owner, holder, link
