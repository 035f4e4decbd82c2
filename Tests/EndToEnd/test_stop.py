# SPDX-License-Identifier: Apache-2.0
"""How the server stops."""

import json
import signal
import socket
import time

import carts
from logins import ANNA
from server import KEYS


def test_signals_stop_the_server_cleanly(start):
    server = start()
    link = server.link()
    assert server.stop() == 0
    server.start()
    assert server.shared(link).status == 200
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(10) == 0


def test_a_request_under_way_is_answered_before_the_server_stops(start):
    server = start()
    body = json.dumps({"owner": ANNA.owner, "cart": carts.plain()}).encode()
    head = f"PUT /v1/carts/late HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer {KEYS['storefront']}\r\nContent-Type: application/json\r\n"
    with socket.create_connection(("127.0.0.1", server.public.port), timeout=10) as connection:
        connection.sendall(head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body[:20])
        time.sleep(0.2)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        connection.sendall(body[20:])
        assert connection.recv(4096).startswith(b"HTTP/1.1 201")
    assert server.process.wait(25) == 0
    server.start()
    assert server.public.get("/v1/carts/late", ANNA.login).status == 200
