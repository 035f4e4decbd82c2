# SPDX-License-Identifier: Apache-2.0
"""How connections end: early answers, upgrades, invitations to send a body."""

import json
import socket
import time

import carts
from server import KEYS
from test_http import HOST, answers, talk

GET = b"GET /health/live HTTP/1.1\r\n" + HOST


def test_an_answer_before_the_body_ends_the_connection(shop):
    """The rest of the body would else be read for as long as the client likes."""
    head = b"POST /v1/resolve HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    began = time.monotonic()
    received, closed = talk(shop.public.port, head, timeout=6)
    [(status, headers, _)] = answers(received)
    assert (status, headers["connection"], closed) == (401, "close", True)
    assert time.monotonic() - began < 4


def test_what_is_pushed_behind_a_refusal_is_not_read_for_long(shop):
    head = b"POST /v1/resolve HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with socket.create_connection(("127.0.0.1", shop.public.port), timeout=5) as connection:
        connection.sendall(head)
        began, taken = time.monotonic(), 0
        try:
            while time.monotonic() - began < 8:
                connection.sendall(chunk)
                taken += len(chunk)
                time.sleep(0.01)
        except (ConnectionResetError, BrokenPipeError, TimeoutError):
            pass
    assert time.monotonic() - began < 5, f"{taken} bytes were taken"


def test_an_offered_upgrade_is_declined_and_the_connection_ends(shop):
    offer = GET + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n"
    received, closed = talk(shop.public.port, offer, timeout=6)
    [(status, headers, _)] = answers(received)
    assert (status, headers["connection"], closed) == (200, "close", True)


def test_connect_ends_the_connection(shop):
    received, closed = talk(shop.public.port, b"CONNECT shop:443 HTTP/1.1\r\n" + HOST + b"\r\n", timeout=6)
    assert closed and answers(received)[0][0] in (400, 404, 405)


def test_a_waiting_client_is_invited_to_send_its_cart(shop):
    body = json.dumps({"cart": carts.plain()}).encode()
    head = f"PUT /v1/carts/invited HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer {KEYS['storefront']}\r\n".encode()
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", shop.public.port), timeout=5) as connection:
        connection.sendall(head)
        assert connection.recv(1024).startswith(b"HTTP/1.1 100 ")
        connection.sendall(body)
        assert connection.recv(4096).startswith(b"HTTP/1.1 201 ")


def test_a_client_with_a_bad_key_may_still_read_why(shop):
    head = b"PUT /v1/carts/x HTTP/1.1\r\n" + HOST + b"Authorization: Bearer " + b"n" * 40 + b"\r\n"
    head += b"Content-Type: application/json\r\nContent-Length: 1000000\r\nExpect: 100-continue\r\n\r\n"
    received, closed = talk(shop.public.port, head, timeout=6)
    assert b"key-invalid" in received and closed


def test_connections_beyond_the_cap_wait_for_a_place(start):
    server = start({"limits": {"connections": 3}})
    address = ("127.0.0.1", server.public.port)
    held = [socket.create_connection(address, timeout=5) for _ in range(3)]
    for connection in held:
        connection.sendall(GET + b"\r\n")
        assert connection.recv(4096).startswith(b"HTTP/1.1 200 ")
    with socket.create_connection(address, timeout=0.7) as waiting:
        waiting.sendall(GET + b"\r\n")
        try:
            assert waiting.recv(4096) == b"", "a fourth connection was served"
        except TimeoutError:
            pass
        server.admin.get("/health/live").ok()
        held[0].close()
        waiting.settimeout(5)
        assert waiting.recv(4096).startswith(b"HTTP/1.1 200 ")
    for connection in held:
        connection.close()


def test_a_list_that_holds_close_ends_the_connection(shop):
    received, closed = talk(shop.public.port, GET + b"Connection: TE, close\r\n\r\n" + GET + b"\r\n", timeout=6)
    [(status, headers, _)] = answers(received)
    assert (status, headers["connection"], closed) == (200, "close", True)


def slow_read(port, request, before_reading):
    """Asks with a small receive buffer and reads only after a while: for each answer its length as announced and as it came."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
    connection.settimeout(15)
    connection.connect(("127.0.0.1", port))
    with connection:
        connection.sendall(request)
        before_reading()
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
    found = []
    while received:
        head, _, received = received.partition(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        found.append((length, len(received[:length])))
        received = received[length:]
    return found


def big_requests(server, count):
    """Requests whose answers together are more than the system's buffers take."""
    items = [{"id": f"i{number}", "sku": "S" * 900, "name": "N" * 900, "quantity": 1} for number in range(1000)]
    token = server.link(server.put(cart={"currency": "EUR", "items": items}))["token"]
    return [f"GET /v1/shared/{token} HTTP/1.1\r\n".encode() + HOST] * count


def test_a_stopping_server_sends_what_it_began(start):
    server = start()

    def stop():
        time.sleep(0.5)
        server.process.terminate()
        time.sleep(2)

    request = b"".join(part + b"\r\n" for part in big_requests(server, 3))
    found = slow_read(server.public.port, request, stop)
    assert found and all(came == announced for announced, came in found), found
    assert server.process.wait(26) == 0
