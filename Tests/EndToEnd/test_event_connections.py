# SPDX-License-Identifier: Apache-2.0
"""Event streams as connections: their places, their length, and how they end with the server."""

import socket
import time

import pytest

import together
from event_stream import EventStream, ask, open_count, wait_for_count
from logins import ANNA, EVA


def test_a_reader_who_leaves_frees_his_place_at_once(start):
    server = start()
    cart_id = server.put()
    streams = [EventStream(server, cart_id, ANNA.login) for _ in range(3)]
    wait_for_count(server, 3)
    streams[0].close()
    wait_for_count(server, 2)
    # A reset, and an end of what he says.
    streams[1].socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    streams[1].close()
    wait_for_count(server, 1)
    streams[2].socket.shutdown(socket.SHUT_WR)
    wait_for_count(server, 0)


def test_heads_and_refusals_take_no_place(start):
    server = start()
    cart_id = server.put()
    for _ in range(5):
        answer = ask(server, cart_id, ANNA.login, "HEAD")
        assert (answer.status, answer.body, answer.headers["Content-Type"]) == (200, b"", "text/event-stream")
        ask(server, cart_id, EVA.login).problem(404)
    assert open_count(server) == 0


def test_streams_leave_half_of_the_connections_free(start):
    server = start({"limits": {"connections": 4}})
    cart_id = server.put()
    people = [ANNA, EVA]
    together.grant(server, cart_id, EVA).ok(201)
    streams = [EventStream(server, cart_id, person.login) for person in people]
    for person in people:
        refused = ask(server, cart_id, person.login)
        refused.problem(429, "too-many-requests")
        assert int(refused.headers["Retry-After"]) > 0
    streams.pop().close()
    wait_for_count(server, 1)
    # One person has half of the places at most.
    ask(server, cart_id, ANNA.login).problem(429, "too-many-requests")
    EventStream(server, cart_id, EVA.login).close()
    streams.pop().close()


def test_a_request_behind_a_stream_ends_the_connection(shop):
    get = f"GET /v1/carts/{shop.put()}/events HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer {ANNA.login}\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", shop.public.port), timeout=5) as connection:
        connection.sendall(get)
        received = connection.recv(4096)
        connection.sendall(get)
        while more := connection.recv(4096):
            received += more
    assert received.count(b"HTTP/1.1 ") == 1 and b"connection: close" in received.lower()


def test_streams_end_first_when_the_server_stops(start):
    server = start()
    cart_id = server.put()
    streams = [EventStream(server, cart_id, ANNA.login) for _ in range(20)]
    began = time.monotonic()
    server.process.terminate()
    for stream in streams:
        stream.seconds_to_end()
    assert server.process.wait(10) == 0
    assert time.monotonic() - began < 3


def test_the_log_tells_of_a_stream_and_its_end_without_the_login(start):
    server = start()
    cart_id, login = server.put(), ANNA.login
    with EventStream(server, cart_id, login) as stream:
        server.delete(cart_id).ok(204)
        stream.seconds_to_end("gone")
    server.stop()
    log = server.log.read_text()
    assert log.count('"route":"/v1/carts/{cartId}/events"') == 1
    assert log.count('"reason":"cart gone or right lost"') == 1
    assert login.split(".")[1] not in log and cart_id not in log


def test_a_stream_lives_past_the_deadline_of_requests_and_beats(patient, long_stream):
    """It waits until the stream has been open for 40 s."""
    cart_id, stream, beats = long_stream()
    gaps = [later - earlier for earlier, later in zip(beats, beats[1:])]
    assert beats[0] < 16 and all(14 < gap < 17 for gap in gaps) and beats[-1] > 40, beats
    patient.put(cart_id=cart_id)
    assert stream.next().name == "changed"
