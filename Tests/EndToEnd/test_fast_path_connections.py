# SPDX-License-Identifier: Apache-2.0
"""Connections of the hot path: slow ones, stuck ones, half-closed ones, and those that are open when the server stops."""

import os
import re
import signal
import socket
import struct
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import carts
from server import Server
from wire import Counts, Wire, request

HEAD_LIMIT = 10


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("connections")).start()
    yield server
    server.kill()


def large_cart():
    return carts.plain(items=[{"id": f"i{n}", "sku": f"S-{n}", "name": "N" * 200, "quantity": n + 1} for n in range(500)])


def hot_request(server, cart=None, prefix="/s/"):
    """A request that is answered in front of the router."""
    data = request("GET", prefix + server.link(server.put(cart=cart))["token"])
    with Wire(server.public.port) as wire:
        answer = wire.ask(data)
        before = Counts.of(server)
        assert wire.ask(data).steady == answer.steady and Counts.of(server) - before == Counts(0, 1)
    return data, answer


# Slow heads, while the other tests run


@pytest.fixture(scope="module", autouse=True)
def borne(shop):
    """Clients whose requests' heads don't end: how long each was borne with."""
    whole, _ = hot_request(shop)
    routed = request("GET", "/health/live")
    half = whole[:-2] + b"X-Slow: "
    starts = {
        "a first head, a byte a second": (half, True),
        "a first head, silent": (half, False),
        "one letter, silent": (b"G", False),
        "a head behind an answer, a byte a second": (whole + half, True),
        "a head behind an answer, silent": (whole + half, False),
        "a head behind a hundred answers": (whole * 100 + half, True),
        "a head behind an answer of the router": (routed + half, True),
        "a head behind both, silent": (routed + whole + half[:5], False),
        "empty lines, one a second": (b"\r\n", b"\r\n"),
    }
    found, began = {}, time.monotonic()

    def drip(name, start, more):
        with Wire(shop.public.port, timeout=0.5) as wire:
            wire.send(start)
            ended = threading.Event()

            def send():
                while more and not ended.wait(1):
                    try:
                        wire.send(more if isinstance(more, bytes) else b"a")
                    except OSError:
                        return

            sender = threading.Thread(target=send, daemon=True)
            sender.start()
            found[name] = wire.seconds_until_closed(30)
            ended.set()

    threads = [threading.Thread(target=drip, args=(name, *start), daemon=True) for name, start in starts.items()]
    [thread.start() for thread in threads]
    return lambda: [thread.join() for thread in threads] and (found, time.monotonic() - began)


# Ends


@pytest.mark.parametrize("prefix", ["/s/", "/v1/shared/"])
def test_who_says_no_more_still_gets_the_answers(shop, prefix):
    """shutdown(SHUT_WR) right behind the last request, as `nc -N` and some proxies do."""
    data, answer = hot_request(shop, large_cart(), prefix)
    routed = request("GET", "/health/live")
    for mix in ([data], [data] * 50, [routed, data], [data, routed], [data, routed, data, data]):
        for pause in (0, 0.02):
            with Wire(shop.public.port) as wire:
                wire.send(b"".join(mix))
                time.sleep(pause)
                wire.socket.shutdown(socket.SHUT_WR)
                found = [wire.answer() for _ in mix]
                assert [each.steady == answer.steady for each in found] == [each is data for each in mix]
                assert wire.rest() == b""


def test_who_goes_in_the_middle_leaves_nothing_behind(shop):
    data, answer = hot_request(shop, large_cart())
    descriptors = lambda: len(os.listdir(f"/proc/{shop.process.pid}/fd"))
    before = descriptors()
    for number in range(300):
        wire = Wire(shop.public.port)
        wire.send(data * 20)
        if number % 3 == 0:
            wire.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if number % 3 == 1:
            wire.answer()
        wire.socket.close()
    with Wire(shop.public.port) as wire:
        assert wire.ask(data).steady == answer.steady
    deadline = time.monotonic() + 5
    while descriptors() > before + 2:
        assert time.monotonic() < deadline, (before, descriptors())
        time.sleep(0.05)


# Stuck readers


def memory(server):
    """Resident memory in MB."""
    return int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{server.process.pid}/status").read())[1]) / 1024


def test_who_never_reads_is_not_read_from_either(shop):
    """Neither his requests nor their answers gather here, and others are served meanwhile."""
    data, _ = hot_request(shop, large_cart())
    small, answer = hot_request(shop)
    before, stuck, taken = memory(shop), [], []
    for _ in range(10):
        wire = Wire(shop.public.port, timeout=0.3, receive_buffer=4096)
        stuck.append(wire)
        sent = 0
        try:
            while sent < 32 << 20:
                sent += wire.socket.send(data * 500)
        except TimeoutError:
            pass
        taken.append(sent)
    # What the system's buffers on both sides take.
    assert max(taken) < 16 << 20, taken
    with Wire(shop.public.port, timeout=2) as wire:
        assert all(wire.ask(small).steady == answer.steady for _ in range(100))
    assert memory(shop) - before < 48, (before, memory(shop))
    [wire.socket.close() for wire in stuck]


def test_a_slow_reader_gets_everything(shop):
    data, answer = hot_request(shop, large_cart())
    with Wire(shop.public.port, receive_buffer=4096) as wire:
        sender = threading.Thread(target=wire.send, args=(data * 200,))
        sender.start()
        time.sleep(0.3)
        assert all(wire.answer().steady == answer.steady for _ in range(200))
        sender.join()


# The server's end


def hammered(server, mixes, ends):
    """Clients that ask on and on until the server ends; returns their answers' count and what broke off within an answer."""
    counts, cuts = [0] * len(mixes), []

    def ask(number):
        data, answer, together = mixes[number]
        try:
            with Wire(server.public.port, timeout=20) as wire:
                while True:
                    wire.send(data * together)
                    for _ in range(together):
                        assert wire.answer().steady_but_for_its_end == answer.steady
                        counts[number] += 1
        except (EOFError, ConnectionResetError, BrokenPipeError):
            # A reset may come in the middle of what was still being read.
            if "wire" in locals() and wire.left:
                cuts.append((together, len(wire.left)))
        except AssertionError as fault:
            cuts.append((together, str(fault)))

    with ThreadPoolExecutor(len(mixes)) as pool:
        asked = [pool.submit(ask, number) for number in range(len(mixes))]
        time.sleep(0.8)
        ends()
        [each.result() for each in asked]
    return counts, cuts


def test_a_stopping_server_cuts_no_answer(start):
    server = start()
    small, large = hot_request(server), hot_request(server, large_cart())
    began = []

    def stop():
        began.append(time.monotonic())
        server.process.send_signal(signal.SIGTERM)

    counts, cuts = hammered(server, [(*small, 1)] * 40 + [(*large, 1)] * 24, stop)
    assert server.process.wait(20) == 0
    assert time.monotonic() - began[0] < 15
    assert min(counts) > 0 and cuts == []


def test_a_stopping_server_sends_all_that_was_answered(start):
    """Also to who reads slowly and had asked for more than the system's buffers take."""
    server = start()
    data, answer = hot_request(server, large_cart())
    with Wire(server.public.port, receive_buffer=4096) as wire:
        wire.send(data * 60)
        time.sleep(0.3)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        assert all(wire.answer().steady_but_for_its_end == answer.steady for _ in range(60))
        assert wire.rest() == b""
    assert server.process.wait(20) == 0


def test_a_killed_server_comes_back_with_what_it_had(start):
    server = start()
    small, large = hot_request(server), hot_request(server, large_cart())
    revoked = [server.link() for _ in range(3)]

    def kill():
        [server.revoke(link).ok(204) for link in revoked]
        server.kill()

    counts, cuts = hammered(server, [(*small, 1)] * 8 + [(*large, 8)] * 8, kill)
    assert min(counts) > 0 and all("cut off" in str(cut) or isinstance(cut[1], int) for cut in cuts), cuts
    server.start()
    with Wire(server.public.port) as wire:
        for data, answer in (small, large):
            assert wire.ask(data).steady == answer.steady
        assert {wire.ask(request("GET", "/s/" + link["token"])).status for link in revoked} == {410}


# Last, because it waits for the slow clients that the module began with.


def test_a_head_takes_ten_seconds_at_most(borne):
    found, _ = borne()
    assert len(found) == 9 and all(HEAD_LIMIT - 1.5 < seconds < HEAD_LIMIT + 3 for seconds in found.values()), found
