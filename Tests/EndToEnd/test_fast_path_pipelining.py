# SPDX-License-Identifier: Apache-2.0
"""Requests one behind the other on one connection, answered in front of the router and by it, in pieces of any size."""

import json
import random
import threading
import time

import pytest

import carts
from server import KEYS, Server
from wire import Counts, Wire, request

SEEDS = range(12)
MIXES, LONGEST = 25, 30


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("pipeline")).start()
    yield server
    server.kill()


def post(*lines, body):
    bearer = f"Authorization: Bearer {KEYS['storefront']}"
    return request("POST", "/v1/resolve", bearer, "Content-Type: application/json", *lines, body=body)


@pytest.fixture(scope="module")
def known(shop):
    """Requests with the answer that each got alone, by whether the fast path may answer it."""
    lines = [{"id": f"i{n}", "sku": f"S-{n}", "name": "N" * 60, "quantity": n + 1} for n in range(150)]
    links = [shop.link(shop.put(cart=cart)) for cart in (carts.plain(), carts.plain(items=lines), carts.with_canaries())]
    gone = shop.link()
    shop.revoke(gone)
    fast, routed = [], []
    for link in links:
        token = link["token"]
        for path in (f"/v1/shared/{token}", f"/s/{token}"):
            wishes = [[], ["Accept-Encoding: gzip"], ["If-None-Match: *"]]
            fast += [request(method, path, *more) for method in ("GET", "HEAD") for more in wishes]
            fast.append(request("GET", path, "Accept-Language: fr", "Cookie: basket=1", "User-Agent: Twitterbot"))
            routed += [request("GET", path, "X-Moz: none"), request("GET", path + "?x=1"), request("GET", path, "Range: bytes=1-4")]
            routed += [request("HEAD", path, "Origin: https://shop.example"), request("GET", path, "Content-Length: 0")]
        body = json.dumps({"token": token}).encode()
        routed += [post(f"Content-Length: {len(body)}", body=body), post("Content-Length: 7", body=b"{broken")]
        routed.append(post("Transfer-Encoding: chunked", body=b"3\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (body[:3], len(body) - 3, body[3:])))
    routed += [request("GET", "/health/live"), request("GET", "/nope"), request("OPTIONS", "/v1/resolve"), request("GET", "/v1/carts")]
    routed += [request("GET", prefix + token) for prefix in ("/v1/shared/", "/s/") for token in ("cl1" + "0" * 46, "x", gone["token"])]
    for _ in range(2):
        before = Counts.of(shop)
        alone = {each: ask_alone(shop, each) for each in fast}
        counted = Counts.of(shop) - before
    assert counted == Counts(0, len(fast))
    return fast, routed, alone | {each: ask_alone(shop, each) for each in routed}


def ask_alone(shop, data):
    with Wire(shop.public.port) as wire:
        return wire.ask(data).steady


def pieces(chosen, data):
    """The bytes in one piece, in a few, or in very small ones."""
    size = chosen.choice([len(data), len(data) // 3 + 1, 1460, 97, 7])
    while data:
        taken = chosen.randint(1, size)
        yield data[:taken]
        data = data[taken:]


def answered(shop, chosen, mix, parts):
    """What the mix is answered with when it is sent in these parts."""
    with Wire(shop.public.port) as wire:

        def send():
            for part in parts:
                wire.send(part)
                if chosen.random() < 0.02:
                    time.sleep(0.0005)

        sender = threading.Thread(target=send)
        sender.start()
        found = [wire.answer(headless=each.startswith(b"HEAD ")).steady for each in mix]
        sender.join()
        assert wire.is_silent(0.002), "more answers than requests"
        return found


@pytest.mark.parametrize("seed", SEEDS)
def test_every_request_gets_its_answer_in_its_turn(shop, known, seed):
    chosen, (fast, routed, alone) = random.Random(seed), known
    before, fast_asked, asked = Counts.of(shop), 0, 0
    for _ in range(MIXES):
        share = chosen.choice([0.05, 0.5, 0.95, 1])
        mix = [chosen.choice(fast if chosen.random() < share else routed) for _ in range(chosen.randint(1, LONGEST))]
        fast_asked, asked = fast_asked + sum(each in fast for each in mix), asked + len(mix)
        found = answered(shop, chosen, mix, list(pieces(chosen, b"".join(mix))))
        assert found == [alone[each] for each in mix]
    counted = Counts.of(shop) - before
    assert 0 < counted.fast <= fast_asked < asked, "a mix was answered in one way only"


def test_a_split_at_any_byte_changes_nothing(shop, known):
    fast, routed, alone = known
    chosen = random.Random(3)
    mixes = [
        [fast[0], fast[0]],
        [fast[0], routed[0], fast[1]],
        [post("Content-Length: 7", body=b"{broken"), fast[7], routed[-1]],
    ]
    for mix in mixes:
        data = b"".join(mix)
        with Wire(shop.public.port) as wire:
            for place in range(1, len(data)):
                wire.send(data[:place])
                # Long enough for the server to read the first part alone.
                time.sleep(0.0002)
                wire.send(data[place:])
                assert [wire.answer(each.startswith(b"HEAD ")).steady for each in mix] == [alone[each] for each in mix], place
        assert answered(shop, chosen, mix, [bytes([byte]) for byte in data]) == [alone[each] for each in mix]


ENDS = {
    "no request": (b"nonsense\r\n\r\n", [400]),
    "close": (request("GET", "/health/live", "Connection: close"), [200]),
    "an upgrade": (request("GET", "/health/live", "Connection: Upgrade", "Upgrade: h2c"), [200]),
    "HTTP/1.0": (request("GET", "/health/live").replace(b"1.1", b"1.0", 1), [200]),
    "two lengths": (post("Content-Length: 5", "Content-Length: 6", body=b"hello"), [400]),
    "a long header": (request("GET", "/health/live", "X-A: " + "a" * 9000), [431]),
}


@pytest.mark.parametrize("name", ENDS)
def test_nothing_is_answered_behind_the_end(shop, known, name):
    """What came before is answered first, also where it is still being answered when the end comes."""
    fast, routed, alone = known
    end, statuses = ENDS[name]
    for mix in ([], [fast[0]], [routed[0]], [fast[0], fast[7]], [fast[0], routed[0]], [routed[0], fast[0]], [routed[0]] * 3 + [fast[1]]):
        with Wire(shop.public.port) as wire:
            wire.send(b"".join(mix) + end + fast[0] + routed[0])
            assert [wire.answer(each.startswith(b"HEAD ")).steady for each in mix] == [alone[each] for each in mix]
            assert [wire.answer().status for _ in statuses] == statuses
            assert wire.rest() == b""


def test_many_requests_in_one_go_are_all_answered(shop, known):
    fast, _, alone = known
    mix = [fast[0], fast[7], fast[1]] * 1000
    assert answered(shop, random.Random(1), mix, [b"".join(mix)]) == [alone[each] for each in mix]
