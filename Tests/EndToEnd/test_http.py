# SPDX-License-Identifier: Apache-2.0
"""HTTP on the wire: what the parser refuses, limits, smuggling, slow clients, pipelining."""

import json
import re
import socket
import time

import pytest

from server import KEYS

HOST = b"Host: shop\r\n"
BEARER = f"Authorization: Bearer {KEYS['storefront']}\r\nContent-Type: application/json\r\n".encode()


def talk(port, *parts, timeout=5, pause=0.05):
    """Sends the parts and reads until the server closes or is silent: what came, and whether it closed."""
    received = b""
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as connection:
        try:
            for part in parts:
                connection.sendall(part)
                if len(parts) > 1:
                    time.sleep(pause)
            while chunk := connection.recv(65536):
                received += chunk
        except TimeoutError:
            return received, False
        except (ConnectionResetError, BrokenPipeError):
            pass
    return received, True


def answers(received):
    """The responses on a connection as (status, headers, body)."""
    found = []
    while received:
        head, _, received = received.partition(b"\r\n\r\n")
        lines = head.decode().split("\r\n")
        headers = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines[1:])}
        length = int(headers.get("content-length", 0))
        body, received = received[:length], received[length:]
        found.append((int(lines[0].split()[1]), headers, body))
    return found


def refused(port, *parts, statuses=(400,), timeout=5):
    """Asserts one problem, then a closed connection."""
    received, closed = talk(port, *parts, timeout=timeout)
    found = answers(received)
    assert len(found) == 1, received
    status, headers, body = found[0]
    assert status in statuses, received[:500]
    assert headers["content-type"].startswith("application/problem+json")
    problem = json.loads(body)
    assert problem["status"] == status and problem["type"] == "urn:cartlink:problem:" + problem["code"] and problem["requestId"]
    assert headers["x-content-type-options"] == "nosniff"
    assert closed, "the connection stays open"
    return problem


@pytest.fixture(scope="module")
def port(shop):
    return shop.public.port


def get(path=b"/health/live", *lines, host=HOST):
    return b"GET " + path + b" HTTP/1.1\r\n" + host + b"".join(line + b"\r\n" for line in lines) + b"\r\n"


def post(*lines, body=b"", version=b"1.1"):
    return b"POST /v1/resolve HTTP/" + version + b"\r\n" + HOST + BEARER + b"".join(line + b"\r\n" for line in lines) + b"\r\n" + body


CHUNKED = b"Transfer-Encoding: chunked"
SMUGGLED = get()
MALFORMED = {
    "no host": get(host=b""),
    "two hosts": get(host=HOST + b"Host: other\r\n"),
    "empty line in name": get(b"/", b": x"),
    "odd header name": get(b"/", b"X-Invalid[]: x"),
    "space before colon": get(b"/", b"X-A : x"),
    "folded line": get(b"/", b"X-A: x\r\n y"),
    "folded first line": b"GET / HTTP/1.1\r\n X: y\r\n" + HOST + b"\r\n",
    "control character": get(b"/", b"X-A: a\x01b"),
    "NUL": get(b"/", b"X-A: a\x00b"),
    "bare CR": get(b"/", b"X-A: a\rX-B: b"),
    "no colon": get(b"/", b"nonsense"),
    "version 9.9": get().replace(b"HTTP/1.1", b"HTTP/9.9"),
    "no version": b"GET /\r\n" + HOST + b"\r\n",
    "lower-case version": get().replace(b"HTTP", b"http"),
    "other protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "lower-case method": get().replace(b"GET", b"get"),
    "space in path": get(b"/a b"),
    "HTTP/2 preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "negative length": post(b"Content-Length: -1"),
    "plus length": post(b"Content-Length: +5", body=b"hello"),
    "hex length": post(b"Content-Length: 0x5", body=b"hello"),
    "word length": post(b"Content-Length: five"),
    "empty length": post(b"Content-Length: "),
    "overflowing length": post(b"Content-Length: 99999999999999999999999"),
    "two lengths": post(b"Content-Length: 5", b"Content-Length: 6", body=b"hello" + SMUGGLED),
    "length list": post(b"Content-Length: 5, 6", body=b"hello" + SMUGGLED),
    "both lengths": post(b"Content-Length: 4", CHUNKED, body=b"0\r\n\r\n" + SMUGGLED),
    "both lengths turned": post(CHUNKED, b"Content-Length: 4", body=b"0\r\n\r\n" + SMUGGLED),
    "unknown coding": post(b"Transfer-Encoding: xchunked", body=b"0\r\n\r\n" + SMUGGLED),
    "coding after chunked": post(b"Transfer-Encoding: chunked, identity", body=b"0\r\n\r\n" + SMUGGLED),
    "tab before coding": post(b"Transfer-Encoding:\x0bchunked", body=b"0\r\n\r\n" + SMUGGLED),
    "two codings": post(CHUNKED, b"Transfer-Encoding: identity", body=b"0\r\n\r\n" + SMUGGLED),
    "coding on 1.0": post(CHUNKED, body=b"0\r\n\r\n" + SMUGGLED, version=b"1.0"),
    "bad chunk size": post(CHUNKED, body=b"zz\r\nx\r\n0\r\n\r\n" + SMUGGLED),
    "chunk too long": post(CHUNKED, body=b"2\r\nxyz\r\n0\r\n\r\n" + SMUGGLED),
    "overflowing chunk": post(CHUNKED, body=b"ffffffffffffffff1\r\nx\r\n0\r\n\r\n" + SMUGGLED),
    "negative chunk": post(CHUNKED, body=b"-1\r\nx\r\n0\r\n\r\n" + SMUGGLED),
    "bare line feeds in chunks": post(CHUNKED, body=b"1\nx\n0\n\n" + SMUGGLED),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_request_gets_one_problem_and_is_cut_off(port, name):
    assert refused(port, MALFORMED[name], statuses=(400, 501, 505))["code"] in ("malformed-request", "method-not-allowed")


@pytest.mark.parametrize("request_", [get().replace(b"\r\n", b"\n"), get(b"/", b"X-A: a").replace(b"a\r\n", b"a\n")], ids=["all", "one"])
def test_bare_line_feeds_never_split_differently(port, request_):
    """RFC 9112 section 2.2 lets a server take a bare LF: either one answer or a refusal."""
    received, _ = talk(port, request_, timeout=0.5)
    assert len(answers(received)) == 1


@pytest.mark.parametrize(
    "prefix",
    [
        b"G",
        b"GET ",
        b"GET /hea",
        b"GET /health/live HTTP/1.",
        b"GET /health/live HTTP/1.1\r",
        b"GET /health/live HTTP/1.1\r\nHos",
        b"GET /health/live HTTP/1.1\r\nHost: shop\r\n\r",
    ],
)
def test_a_fragment_waits_for_its_rest(port, prefix):
    with socket.create_connection(("127.0.0.1", port), timeout=0.1) as connection:
        connection.sendall(prefix)
        with pytest.raises(TimeoutError):
            connection.recv(1)
        connection.settimeout(5)
        connection.sendall(get()[len(prefix) :])
        assert connection.recv(100).startswith(b"HTTP/1.1 200")


def test_pipelined_requests_are_answered_in_order(shop, port):
    link = shop.link()
    shared = f"/v1/shared/{link['token']}".encode()
    paths = [b"/health/live", shared, b"/nope", shared, b"/health/ready", b"/v1/shared/x"]
    received, closed = talk(port, b"".join(get(path) for path in paths[:-1]) + get(paths[-1], b"Connection: close"))
    assert closed and [status for status, _, _ in answers(received)] == [200, 200, 404, 200, 200, 404]


def test_the_connection_is_kept_and_closed_as_asked(port):
    assert talk(port, get(b"/health/live", b"Connection: close"))[1]
    assert not talk(port, get(), timeout=0.3)[1]
    assert talk(port, get().replace(b"HTTP/1.1", b"HTTP/1.0"))[1]


@pytest.mark.parametrize(
    "path, code",
    [(b"/" + b"a" * 9000, "uri-too-long"), (b"/v1/shared/x?" + b"a" * 9000, "uri-too-long"), (b"/" + b"a" * 100_000, "uri-too-long")],
)
def test_long_addresses(port, path, code):
    assert refused(port, get(path), statuses=(414,))["code"] == code


HUGE = {
    "one long line": [b"X-A: " + b"a" * 9000],
    "many lines": [b"X-%d: " % number + b"a" * 3000 for number in range(7)],
    "very many short lines": [b"X-%d: a" % number for number in range(3000)],
    "a long name": [b"X" * 9000 + b": a"],
}


@pytest.mark.parametrize("name", HUGE)
def test_long_headers(port, name):
    assert refused(port, get(b"/health/live", *HUGE[name]), statuses=(431,))["code"] == "headers-too-large"


def test_headers_within_the_limits_pass(port):
    assert answers(talk(port, get(b"/health/live", b"X-A: " + b"a" * 7000, b"Connection: close"))[0])[0][0] == 200


def test_long_bodies(port):
    assert refused(port, post(b"Content-Length: 70000"), statuses=(413,))["code"] == "too-large"
    chunk = b"4000\r\n" + b"a" * 0x4000 + b"\r\n"
    assert refused(port, post(CHUNKED), *[chunk] * 6, statuses=(413,))["code"] == "too-large"


def test_a_chunked_body_is_a_body(shop, port):
    link = shop.link()
    body = json.dumps({"token": link["token"]}).encode()
    chunks = (
        b"%x;name=value\r\n" % len(body[:9]) + body[:9] + b"\r\n" + b"%x\r\n" % len(body[9:]) + body[9:] + b"\r\n0\r\nX-Trailer: x\r\n\r\n"
    )
    received, _ = talk(port, post(CHUNKED, b"Connection: close", body=chunks))
    assert [status for status, _, _ in answers(received)] == [200]


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "application/jsonx",
        "text/json",
    ],
)
def test_only_json_is_taken(shop, kind):
    answer = shop.public("POST", "/v1/resolve", b'{"token":"x"}', KEYS["storefront"], {"Content-Type": kind})
    answer.problem(415, "unsupported-media-type")


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "Application/JSON", "application/json;charset=UTF-8"])
def test_json_may_name_its_charset(shop, kind):
    shop.public("POST", "/v1/resolve", b'{"token":"x"}', KEYS["storefront"], {"Content-Type": kind}).problem(404, "link-not-found")


METHODS = {
    "/v1/carts": {"GET"},
    "/v1/carts/c": {"GET", "PUT", "DELETE"},
    "/v1/carts/c/state": {"PUT"},
    "/v1/carts/c/links": {"GET", "POST"},
    "/v1/links/l": {"GET", "PATCH", "DELETE"},
    "/v1/carts/c/grants": {"GET", "POST"},
    "/v1/grants/g": {"PATCH", "DELETE"},
    "/v1/carts/c/items": {"POST"},
    "/v1/carts/c/items/i": {"PATCH", "DELETE"},
    "/v1/carts/c/comments": {"GET", "POST"},
    "/v1/carts/c/comments/c": {"DELETE"},
    "/v1/company-users/u": {"PUT", "DELETE"},
    "/v1/resolve": {"POST"},
    "/v1/shared/t": {"GET", "HEAD"},
    "/v1/shared/t/accept": {"POST"},
    "/v1/shared/t/take-over": {"POST"},
    "/s/t": {"GET", "HEAD"},
    "/s/t/accept": {"GET", "HEAD", "POST"},
    "/s/t/seen": {"POST"},
    "/health/live": {"GET"},
}


OTHERS = [
    (method, path)
    for path in METHODS
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "LINK")
    if method not in METHODS[path]
]


@pytest.mark.parametrize("method, path", OTHERS)
def test_other_methods_are_told_which_are_allowed(shop, path, method):
    answer = shop.public(method, path, bearer=KEYS["storefront"])
    answer.problem(405, "method-not-allowed")
    allowed = set(re.split(r",\s*", answer.headers["Allow"]))
    assert METHODS[path] <= allowed <= METHODS[path] | {"HEAD", "OPTIONS"}


@pytest.mark.parametrize("method", ["BREW", "GETX", "CONNECT", "A" * 1000])
def test_unknown_methods_are_refused(port, method):
    received, _ = talk(port, get().replace(b"GET", method.encode()), timeout=0.5)
    assert [status in (400, 405, 501) for status, _, _ in answers(received)] == [True]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/nope",
        "/v1",
        "/v1/",
        "/v1/nope",
        "/s",
        "/s/",
        "/v1/shared/",
        "/admin/v1/links",
        "/v1/links",
        "/v1/carts/c/grants/g",
        "/v1/grants",
        "/.env",
        "/%2e%2e/etc/passwd",
        "/v1/shared/t/decline",
    ],
)
def test_unknown_paths_are_not_found(shop, path):
    shop.public.get(path).problem(404, "not-found", "link-not-found")


def test_slow_clients_are_borne_with_for_30_seconds_at_most(slow_clients):
    borne = slow_clients()
    assert len(borne) == 3 and all(seconds < 36 for seconds in borne.values()), borne
