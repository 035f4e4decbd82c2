# SPDX-License-Identifier: Apache-2.0
"""What is waited for half a minute and longer: it begins with the first test and is asked in the last ones.

On a server of its own: nothing else counts its connections.
"""

import socket
import threading
import time

import pytest

from event_stream import EventStream
from logins import ANNA
from server import KEYS, Server

LONG = ("long_stream", "slow_clients")


@pytest.fixture(scope="session")
def patient(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("patient"))
    yield server.start()
    server.kill()


@pytest.fixture(scope="session")
def long_stream(patient):
    """A stream of events that lives for more than 40 s, and when it beat."""
    cart_id = patient.put()
    read = EventStream(patient, cart_id, ANNA.login, patience=20)
    began, beats, faults = time.monotonic(), [], []

    def listen():
        try:
            while time.monotonic() - began < 40:
                read.heartbeat()
                beats.append(time.monotonic() - began)
        except (OSError, AssertionError) as fault:
            faults.append(fault)

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()

    def ended():
        thread.join(60)
        assert not faults, faults
        return cart_id, read, beats

    yield ended
    read.close()


@pytest.fixture(scope="session")
def slow_clients(patient):
    """Clients that send a byte a second: how long each was borne with."""
    head = f"POST /v1/resolve HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer {KEYS['storefront']}\r\nContent-Type: application/json\r\n"
    starts = {
        "a head that never ends": b"GET /health/live HTTP/1.1\r\nHost: shop\r\nX-Slow: ",
        "a body that never ends": head.encode() + b"Content-Length: 60000\r\n\r\n",
        "silence": b"",
    }
    borne, threads = {}, []

    def drip(name, start):
        began = time.monotonic()
        try:
            with socket.create_connection(("127.0.0.1", patient.public.port), timeout=1) as connection:
                connection.sendall(start)
                while time.monotonic() - began < 45:
                    if start:
                        connection.sendall(b"a")
                    try:
                        if not connection.recv(4096):
                            break
                    except TimeoutError:
                        pass
        except OSError:
            pass
        borne[name] = time.monotonic() - began

    for name, start in starts.items():
        threads.append(threading.Thread(target=drip, args=(name, start), daemon=True))
        threads[-1].start()
    yield lambda: [thread.join() for thread in threads] and borne
