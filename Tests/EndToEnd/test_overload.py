# SPDX-License-Identifier: Apache-2.0
"""More than a node can do: what comes beyond is asked to come again, and nothing else suffers."""

import concurrent.futures
import json
import re
import select
import socket
import time

import carts
import pytest
from server import KEYS
from wire import Counts, Wire, request

# What docs/decisions/0034-admission.md lets send long bodies at once, and some more.
PLACES, BEYOND = 256, 40
BODY = json.dumps({"cart": carts.plain(), "format": "cartlink"}).encode() + b" " * 20_000


class SlowUpload:
    """A push of a cart whose body doesn't come."""

    def __init__(self, port, number):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        head = f"PUT /v1/carts/slow-{number} HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer {KEYS['storefront']}\r\n"
        self.socket.sendall(f"{head}Content-Type: application/json\r\nContent-Length: {len(BODY)}\r\n\r\n".encode())

    def finish(self):
        self.socket.sendall(BODY)
        return self.answer()

    def answer(self):
        """The head of the answer."""
        text = b""
        while b"\r\n\r\n" not in text:
            piece = self.socket.recv(65536)
            if not piece:
                break
            text += piece
        return text.decode()


def answered(uploads, count, patience=10):
    """Waits until so many of the uploads have something to read."""
    found, deadline = set(), time.monotonic() + patience
    while len(found) < count and time.monotonic() < deadline:
        found |= set(select.select([upload.socket for upload in uploads], [], [], 0.05)[0])
    time.sleep(0.3)
    found |= set(select.select([upload.socket for upload in uploads], [], [], 0)[0])
    return [upload for upload in uploads if upload.socket in found]


def metric(server, pattern):
    text = server.admin.get("/metrics").body.decode()
    return int(re.search(rf"^{pattern} (\d+)$", text, re.MULTILINE)[1])


@pytest.fixture
def flooded(start):
    server = start()
    link = server.link()
    uploads = [SlowUpload(server.public.port, number) for number in range(PLACES + BEYOND)]
    yield server, link, uploads
    for upload in uploads:
        upload.socket.close()


def test_what_comes_beyond_is_told_when_to_come_again_and_all_else_goes_on(flooded):
    server, link, uploads = flooded
    refused = answered(uploads, BEYOND)
    assert len(refused) == BEYOND
    for upload in refused:
        answer = upload.answer()
        assert answer.startswith("HTTP/1.1 503 "), answer
        assert re.search(r"^retry-after: [12]\r$", answer, re.MULTILINE | re.IGNORECASE), answer
        assert re.search(r"^connection: close\r$", answer, re.MULTILINE | re.IGNORECASE), answer
    # Probes, administrators, people who look and people who change something with a small body get on as ever.
    for listener in (server.public, server.admin):
        assert listener.get("/health/live").status == 200
        assert listener.get("/health/ready").status == 200
    assert server.shared(link).status == 200
    assert server.page(link).status == 200
    server.link(link["cartId"])
    assert server.revoke(link).status == 204
    server.administer("GET", "links").ok()
    assert metric(server, r'cartlink_admission_running\{gate="uploads"\}') == PLACES
    assert metric(server, r'cartlink_admission_refused_total\{gate="uploads",reason="patience"\}') == BEYOND
    warnings = [line for line in server.log.read_text().splitlines() if "more requests at once" in line]
    assert 1 <= len(warnings) <= 2, warnings  # one a minute

    # Who got a place is served when the body comes, and whoever comes again then is, too.
    waiting = [upload for upload in uploads if upload not in refused]
    for upload in waiting:
        assert upload.finish().startswith("HTTP/1.1 201 ")
    assert SlowUpload(server.public.port, "again").finish().startswith("HTTP/1.1 201 ")
    assert metric(server, r'cartlink_admission_running\{gate="uploads"\}') == 0
    assert metric(server, r'cartlink_admission_parked\{gate="uploads"\}') == 0


def test_uploads_that_are_broken_off_give_their_places_back(flooded):
    server, _, uploads = flooded
    answered(uploads, BEYOND)
    for upload in uploads:
        upload.socket.close()
    deadline = time.monotonic() + 10
    while metric(server, r'cartlink_admission_running\{gate="uploads"\}') and time.monotonic() < deadline:
        time.sleep(0.05)
    assert SlowUpload(server.public.port, "again").finish().startswith("HTTP/1.1 201 ")


def forged(link, number):
    """A token like the link's that no key made."""
    token = link["token"]
    return token[:-4] + f"{number:02d}" + token[-2:]


def within_one_minute(check):
    """Limits count by the minute of the clock: a check that a new minute cuts in two proves nothing, and is made again."""
    while True:
        minute = time.time() // 60
        try:
            result = check()
        except AssertionError:
            if time.time() // 60 == minute:
                raise
            continue
        if time.time() // 60 == minute:
            return result


def test_guesses_are_slowed_and_good_tokens_never(start):
    server = start({"limits": {"badTokens": "20/min"}})
    link = server.link()

    def guess(number):
        return server.public.get(f"/v1/shared/{forged(link, number)}"), server.shared(link)

    def flood():
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            return list(pool.map(guess, range(60)))

    def check():
        answers = flood()
        assert {good.status for _, good in answers} == {200}
        refused = [bad for bad, _ in answers if bad.status == 429]
        assert {bad.status for bad, _ in answers} <= {404, 429}
        assert 40 <= len(refused) <= 60
        for bad in refused:
            bad.problem(429, "too-many-requests")
            assert 1 <= int(bad.headers["Retry-After"]) <= 60
        assert server.page({"token": forged(link, 61)}).status == 429
        assert server.page(link).status == 200
        assert server.public.get("/health/live").status == 200

    within_one_minute(check)


def test_guesses_from_many_addresses_are_limited_in_all(start):
    server = start({"limits": {"badTokens": "3/min", "trustedProxies": ["127.0.0.1"]}})
    link = server.link()

    def guess(address):
        return server.public.get(f"/v1/shared/{forged(link, 1)}", X_Forwarded_For=address).status

    def check():
        start = int(time.time()) % 200
        assert [guess(f"198.51.{start}.1") for _ in range(4)] == [404, 404, 404, 429]
        statuses = [guess(f"2001:db8:{start}:{number}::1") for number in range(80)]
        assert statuses.count(404) == 3 * 20 - 3
        assert guess(f"203.0.113.{start}") == 429
        assert server.public.get(f"/v1/shared/{link['token']}", X_Forwarded_For=f"198.51.{start}.1").status == 200

    within_one_minute(check)


def test_who_guesses_too_much_is_told_in_front_of_the_router_what_the_router_would_say(start):
    server = start({"limits": {"badTokens": "3/min"}})
    link = server.link()
    asks = [
        (method, prefix + forged(link, 1), *lines)
        for method in ("GET", "HEAD")
        for prefix in ("/v1/shared/", "/s/")
        for lines in ([], ["Accept-Encoding: gzip"], ["Accept-Language: es"], ["Accept-Language: de-AT"], ["Accept-Language: de-CH", "Accept-Encoding: gzip"])
    ]

    def check():
        with Wire(server.public.port) as wire:
            [wire.ask(request(*asks[0])) for _ in range(4)]
            before = Counts.of(server)
            told = [wire.ask(request(*each)) for each in asks]
            assert Counts.of(server) - before == Counts(0, len(asks))
            routed = [wire.ask(request(*each, "X-Moz: none")) for each in asks]
            assert Counts.of(server) - before == Counts(len(asks), 2 * len(asks))
        for one, other in zip(told, routed):
            assert one.status == 429 and 1 <= int(one.header("Retry-After")) <= 60
            assert steady(one) == steady(other)
        assert server.shared(link).status == server.page(link).status == 200

    within_one_minute(check)


def steady(answer):
    """The seconds to wait may be one fewer a moment later, and a problem's name differs, also in its length."""
    status, lines, body = answer.steady
    changing = (b"Retry-After", b"Content-Length") if b"problem+json" in b"".join(lines) else (b"Retry-After",)
    return status, [line for line in lines if not line.startswith(changing)], body


def stuck(port, request_bytes, count):
    """Clients that ask for more than fits on the way, and read nothing."""
    clients = []
    for _ in range(count):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", port))
        client.setblocking(False)
        try:
            client.sendall(request_bytes)
        except BlockingIOError:
            pass
        clients.append(client)
    return clients


def test_clients_that_never_read_keep_nobody_out(start):
    server = start()
    link = server.link()
    picture = re.search(rb'og:image" content="http://[^/]*([^"]*)', server.page(link).body).group(1).decode()
    clients = stuck(server.public.port, request("GET", picture) * 400, 150)
    try:
        time.sleep(1)
        for _ in range(20):
            began = time.monotonic()
            assert server.shared(link, X_Moz="none").status == 200
            assert time.monotonic() - began < 2
    finally:
        for client in clients:
            client.close()


def test_slow_beacons_keep_no_service_out(start):
    server = start()
    link = server.link()
    beacon = request("POST", f"/s/{link['token']}/seen", "Transfer-Encoding: chunked")
    beacons = []
    for _ in range(300):
        wire = Wire(server.public.port)
        wire.send(beacon + b"1\r\na\r\n")
        beacons.append(wire)
    time.sleep(0.3)
    try:
        pushed = server.public("PUT", "/v1/carts/large", BODY, KEYS["storefront"])
        assert pushed.status == 201, str(pushed)
        server.revoke(link)
        assert server.shared(link).status == 410
    finally:
        for wire in beacons:
            wire.socket.close()
