# SPDX-License-Identifier: Apache-2.0
"""What the fast path must leave to the router although the link is held: it gets the router's answer, and no request hides in another."""

import pytest

from logins import ANNA, EVA, login
from server import KEYS, Server
from wire import Counts, Wire, request

ROUTED = "X-Moz: none"
MARK = request("GET", "/health/live")
LAST = request("GET", "/health/ready", "Connection: close")


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("fast")).start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def token(shop):
    return hot(shop, shop.link())


def hot(server, link):
    """Has the link's view and page held, and proves it."""
    asks = [request("GET", prefix + link["token"]) for prefix in ("/v1/shared/", "/s/")]
    with Wire(server.public.port) as wire:
        [wire.ask(each) for each in asks]
        before = Counts.of(server)
        assert [wire.ask(each).status for each in asks] == [200, 200]
        assert Counts.of(server) - before == Counts(0, 2)
    return link["token"]


# Headers that make a request the router's, with its status at the view.
HEADERS = {
    "the owner's login": ([f"Authorization: Bearer {ANNA.login}"], 200),
    "a bad login": (["Authorization: Bearer x.y.z"], 401),
    "an empty login": (["authorization:"], 401),
    "a service's key": ([f"Authorization: Bearer {KEYS['reader']}"], 200),
    "the owner's cookie": ([f"Cookie: a=b; shop_login={ANNA.login}; c=d"], 200),
    "a second cookie header": (["Cookie: a=b", f"Cookie: shop_login={ANNA.login}"], 200),
    "a bad cookie": (["Cookie: shop_login=x"], 200),
    "an empty cookie": (["Cookie: shop_login="], 200),
    "the cookie's name in another's value": (["Cookie: x=shop_login"], 200),
    "the cookie's name in another's name": (["Cookie: my_shop_login=1"], 200),
    "an origin": (["Origin: https://shop.example"], 200),
    "an origin in capitals": (["ORIGIN: https://shop.example"], 200),
    "a part": (["Range: bytes=0-9"], 206),
    "a condition for a part": (['If-Range: "x"'], 200),
    "no length": (["Content-Length: 0"], 200),
    "an invitation": (["Expect: 100-continue"], 200),
    "an unknown expectation": (["Expect: tea"], 200),
    "a prefetch": (["Sec-Purpose: prefetch;prerender"], 200),
    "an old prefetch": (["X-Purpose: preview"], 200),
    "an older prefetch": (["Purpose: prefetch"], 200),
    "a list of languages in two lines": (["Accept-Language: de", "Accept-Language: en"], 200),
    "codings in two lines": (["Accept-Encoding: br", "Accept-Encoding: gzip"], 200),
    "tags in two lines": (['If-None-Match: "a"', "If-None-Match: *"], 304),
    "two agents": (["User-Agent: a", "User-Agent: Twitterbot"], 200),
    "long languages": (["Accept-Language: " + "x" * 600 + ",de"], 200),
    "long tags": (['If-None-Match: "' + "x" * 600 + '",*'], 304),
    "a connection that lists more": (["Connection: keep-alive, TE"], 200),
    "two connections": (["Connection: keep-alive", "Connection: TE"], 200),
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_that_asks_for_more_is_the_routers(shop, token, name):
    lines, status = HEADERS[name]
    path, before = "/v1/shared/" + token, Counts.of(shop)
    with Wire(shop.public.port) as wire:
        answer = wire.ask(request("GET", path, *lines))
        if answer.status == 100:
            answer = wire.answer()
        assert Counts.of(shop) - before == Counts(1, 1)
        assert (answer.status, answer.steady) == (status, after_100(wire.ask(request("GET", path, ROUTED, *lines)), wire).steady)


def after_100(answer, wire):
    return wire.answer() if answer.status == 100 else answer


def test_who_asks_is_seen_although_strangers_answers_are_held(shop, token):
    with Wire(shop.public.port) as wire:
        for lines, viewer, cache in (
            ([f"Authorization: Bearer {ANNA.login}"], "owner", "no-store"),
            ([f"Cookie: shop_login={ANNA.login}"], "owner", "no-store"),
            ([f"Cookie: shop_login={EVA.login}"], "guest", "private, no-cache"),
            ([f"Cookie: shop_login={login(ANNA, exp=1)}"], "guest", "private, no-cache"),
            ([], "guest", "private, no-cache"),
        ):
            answer = wire.ask(request("GET", "/v1/shared/" + token, *lines))
            assert f'"relation":"{viewer}"'.encode() in answer.body and answer.header("Cache-Control") == cache
            page = wire.ask(request("GET", "/s/" + token, *lines))
            assert page.header("Cache-Control") == cache


def test_a_part_of_a_held_page(shop, token):
    with Wire(shop.public.port) as wire:
        whole = wire.ask(request("GET", "/s/" + token))
        part = wire.ask(request("GET", "/s/" + token, "Range: bytes=3-9", f"If-Range: {whole.header('ETag')}"))
        assert (part.status, part.body) == (206, whole.body[3:10])
        assert wire.ask(request("GET", "/s/" + token, "Range: bytes=3-9", 'If-Range: "other"')).body == whole.body
        assert wire.ask(request("GET", "/s/" + token, "Range: bytes=999999-")).status == 416
        assert wire.ask(request("HEAD", "/s/" + token, "Range: bytes=3-9")).steady == wire.ask(request("HEAD", "/s/" + token)).steady


def paths(token):
    """Addresses beside the two that are held, each with its status."""
    changed = token[:-1] + ("0" if token[-1] != "0" else "1")
    return {
        f"/v1/shared/{token}?": 200,
        f"/v1/shared/{token}?view=others": 200,
        f"/v1/shared/{token}?access_token=x": 400,
        f"/s/{token}?utm_source=chat": 200,
        f"/S/{token}": 404,
        f"/V1/shared/{token}": 404,
        f"//s/{token}": None,
        f"/s//{token}": None,
        f"/s/{token}/": None,
        f"/v1/shared/{token}/": None,
        f"/s/./{token}": 404,
        f"/x/../s/{token}": 404,
        f"/s/%63{token[1:]}": None,
        f"/%73/{token}": None,
        f"/s/{token}%00": 404,
        f"/s/{token}%0d%0a": 404,
        f"/s/{token};x=y": 404,
        f"/s/{token}#x": None,
        f"http://shop/s/{token}": None,
        f"https://other.example/v1/shared/{token}": None,
        f"s/{token}": None,
        f"/s/{token[:-1]}": 404,
        f"/s/{token}0": 404,
        f"/s/{changed}": 404,
        f"/v1/shared/{changed}": 404,
        f"/v1/shared/{token.swapcase()}": 404,
        f"/v1/shared/cl1{'0' * 46}": 404,
        f"/v1/shared/cl1{'z' * 46}": 404,
        f"/v1/shared/cl2{token[3:]}": 404,
        f"/v1/shared/{token[:-1]}\u00e9": None,
        f"/v1/share/{token}": 404,
        f"/v1/sharedx{token}": 404,
        "*": None,
    }


def answers(server, data):
    """What the bytes are answered with, and the last request that is sent behind them; whether the connection ends."""
    found, headless = [], data.startswith(b"HEAD ")
    with Wire(server.public.port, timeout=0.5) as wire:
        wire.send(data + LAST)
        try:
            while True:
                found.append(wire.answer(headless and not found).steady)
        except (EOFError, ConnectionResetError):
            return found, "closed"
        except TimeoutError:
            assert not wire.left
            return found, "open"


def test_other_addresses_are_the_routers(shop, token):
    for path, status in paths(token).items():
        before = Counts.of(shop)
        hot_answers, end = answers(shop, request("GET", path))
        assert (Counts.of(shop) - before).fast == 0, path
        assert (hot_answers, end) == answers(shop, request("GET", path, ROUTED)), path
        assert status in (None, hot_answers[0][0]), (path, hot_answers)
        assert end == "closed" and len(hot_answers) == (1 if hot_answers[0][0] == 400 and not status else 2), (path, hot_answers)


def test_a_body_that_nobody_awaits_is_read_and_not_answered(shop, token):
    """Also where a request hides in it."""
    hidden = request("DELETE", "/v1/links/x")
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(hidden), hidden)
    for path in ("/v1/shared/" + token, "/s/" + token):
        for lines, body in ([f"Content-Length: {len(hidden)}"], hidden), (["Transfer-Encoding: chunked"], chunked):
            before = Counts.of(shop)
            found, end = answers(shop, request("GET", path, *lines, body=body) + MARK)
            assert (Counts.of(shop) - before).fast == 0
            # An answer that was ready before the body had come ends the connection.
            assert [status for status, _, _ in found] in ([200], [200, 200, 200]) and end == "closed", found


# Requests that are doubtful in themselves. `H` stands for the host's line, `P` for the path.
DOUBTFUL = {
    "no host": b"GET P HTTP/1.1\r\n\r\n",
    "two hosts": b"GET P HTTP/1.1\r\nHost: a\r\nH\r\n\r\n",
    "the same host twice": b"GET P HTTP/1.1\r\nH\r\nH\r\n\r\n",
    "HTTP/1.0": b"GET P HTTP/1.0\r\nH\r\n\r\n",
    "HTTP/1.0, kept": b"GET P HTTP/1.0\r\nH\r\nConnection: keep-alive\r\n\r\n",
    "HTTP/1.2": b"GET P HTTP/1.2\r\nH\r\n\r\n",
    "HTTP/2.0": b"GET P HTTP/2.0\r\nH\r\n\r\n",
    "no version": b"GET P\r\nH\r\n\r\n",
    "close": b"GET P HTTP/1.1\r\nH\r\nConnection: close\r\n\r\n",
    "close in a list": b"GET P HTTP/1.1\r\nH\r\nConnection: keep-alive, close\r\n\r\n",
    "close in a second line": b"GET P HTTP/1.1\r\nH\r\nConnection: keep-alive\r\nConnection: close\r\n\r\n",
    "close to a proxy": b"GET P HTTP/1.1\r\nH\r\nProxy-Connection: close\r\n\r\n",
    "upgrade": b"GET P HTTP/1.1\r\nH\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
    "upgrade without a word": b"GET P HTTP/1.1\r\nH\r\nUpgrade: websocket\r\n\r\n",
    "small letters": b"get P HTTP/1.1\r\nH\r\n\r\n",
    "mixed letters": b"Get P HTTP/1.1\r\nH\r\n\r\n",
    "another method": b"PUT P HTTP/1.1\r\nH\r\nContent-Length: 0\r\n\r\n",
    "options": b"OPTIONS P HTTP/1.1\r\nH\r\n\r\n",
    "trace": b"TRACE P HTTP/1.1\r\nH\r\n\r\n",
    "a method like HEAD": b"HEADS P HTTP/1.1\r\nH\r\n\r\n",
    "HTTP/2's beginning": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nGET P HTTP/1.1\r\nH\r\n\r\n",
    "a long header": b"GET P HTTP/1.1\r\nH\r\nX-A: " + b"a" * 8192 + b"\r\n\r\n",
    "a header just too long": b"GET P HTTP/1.1\r\nH\r\nX-A: " + b"a" * 8190 + b"\r\n\r\n",
    "a header just not too long": b"GET P HTTP/1.1\r\nH\r\nX-A: " + b"a" * 8189 + b"\r\n\r\n",
    "many headers": b"GET P HTTP/1.1\r\nH\r\n" + b"X: y\r\n" * 200 + b"\r\n",
    "long headers": b"GET P HTTP/1.1\r\nH\r\n" + (b"X: " + b"y" * 4000 + b"\r\n") * 5 + b"\r\n",
    "a folded line": b"GET P HTTP/1.1\r\nH\r\nX: a\r\n b\r\n\r\n",
    "a folded length": b"GET P HTTP/1.1\r\nH\r\nContent-Length:\r\n 5\r\n\r\nhello",
    "a folded cookie": b"GET P HTTP/1.1\r\nH\r\nCookie: a=b;\r\n shop_login=x\r\n\r\n",
    "bare line feeds": b"GET P HTTP/1.1\nH\n\n",
    "one bare line feed": b"GET P HTTP/1.1\r\nH\nX: a\r\n\r\n",
    "a bare line feed at the end": b"GET P HTTP/1.1\r\nH\r\n\n",
    "a bare carriage return": b"GET P HTTP/1.1\r\nH\r\nX: a\rContent-Length: 5\r\n\r\nhello",
    "NUL in a value": b"GET P HTTP/1.1\r\nH\r\nX: a\0b\r\n\r\n",
    "NUL in a name": b"GET P HTTP/1.1\r\nH\r\nX\0: a\r\n\r\n",
    "NUL in the path": b"GET P\0 HTTP/1.1\r\nH\r\n\r\n",
    "a space behind a name": b"GET P HTTP/1.1\r\nH\r\nContent-Length : 5\r\n\r\nhello",
    "a space before a name": b"GET P HTTP/1.1\r\n Content-Length: 5\r\nH\r\n\r\nhello",
    "a tab behind a name": b"GET P HTTP/1.1\r\nH\r\nTransfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n",
    "a name without a colon": b"GET P HTTP/1.1\r\nH\r\nContent-Length\r\n\r\n",
    "delete in a value": b"GET P HTTP/1.1\r\nH\r\nX: a\x7fb\r\n\r\n",
    "control in a value": b"GET P HTTP/1.1\r\nH\r\nX: a\x01b\r\n\r\n",
    "vertical tab before a coding": b"GET P HTTP/1.1\r\nH\r\nTransfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n",
    "an unlike coding": b"GET P HTTP/1.1\r\nH\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "a coding in capitals": b"GET P HTTP/1.1\r\nH\r\nTRANSFER-ENCODING: CHUNKED\r\n\r\n0\r\n\r\n",
    "an identity coding": b"GET P HTTP/1.1\r\nH\r\nTransfer-Encoding: identity\r\n\r\n",
    "coding and length": b"GET P HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
    "length and coding": b"GET P HTTP/1.1\r\nH\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a look-alike of a length": b"GET P HTTP/1.1\r\nH\r\nContent_Length: 5\r\n\r\n",
    "a look-alike of a coding": b"GET P HTTP/1.1\r\nH\r\nTransfer-Encodin\xc7\xa7: chunked\r\n\r\n",
    "two lengths": b"GET P HTTP/1.1\r\nH\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "a length with a sign": b"GET P HTTP/1.1\r\nH\r\nContent-Length: +5\r\n\r\nhello",
    "an empty length": b"GET P HTTP/1.1\r\nH\r\nContent-Length:\r\n\r\n",
    "a negative length": b"GET P HTTP/1.1\r\nH\r\nContent-Length: -1\r\n\r\n",
    "a huge length": b"GET P HTTP/1.1\r\nH\r\nContent-Length: 99999999999999999999\r\n\r\n",
    "empty lines first": b"\r\n\r\nGET P HTTP/1.1\r\nH\r\n\r\n",
    "empty lines behind": b"GET P HTTP/1.1\r\nH\r\n\r\n\r\n\r\n",
    "two spaces": b"GET  P HTTP/1.1\r\nH\r\n\r\n",
    "a tab for a space": b"GET\tP HTTP/1.1\r\nH\r\n\r\n",
    "words behind the version": b"GET P HTTP/1.1 x\r\nH\r\n\r\n",
    "a pseudo header": b"GET P HTTP/1.1\r\nH\r\n:path: /admin\r\n\r\n",
    "an empty name": b"GET P HTTP/1.1\r\nH\r\n: x\r\n\r\n",
    "an odd name": b"GET P HTTP/1.1\r\nH\r\nX-Invalid[]: x\r\n\r\n",
    "HEAD with a body": b"HEAD P HTTP/1.1\r\nH\r\nContent-Length: 5\r\n\r\nhello",
}


def with_host(data, lines):
    """With these lines in the place of the first `H`, and a plain host in that of another."""
    return data.replace(b"H\r\n", lines + b"\r\n", 1).replace(b"H\n", lines + b"\n", 1).replace(b"H\r\n", b"Host: shop\r\n")


@pytest.mark.parametrize("name", DOUBTFUL)
def test_a_doubtful_request_gets_what_the_router_gives(shop, token, name):
    """The same answers in the same order, and the same end of the connection, with another request behind and without."""
    for path in ("/v1/shared/" + token, "/s/" + token):
        data = DOUBTFUL[name] if b"PRI" in DOUBTFUL[name] else DOUBTFUL[name].replace(b"P", path.encode(), 1)
        for behind in (MARK, request("GET", path)):
            fast, slow = (answers(shop, with_host(data, lines) + behind) for lines in (b"Host: shop", b"Host: shop\r\nX-Moz: none"))
            assert fast == slow
            assert 1 <= len(fast[0]) <= 3
            # Nothing is answered behind a refusal of what is no request, and only that may keep later requests unanswered.
            assert len(fast[0]) == 3 or fast[1] == "closed", fast
            assert not any(code == 400 for code, _, _ in fast[0][:-1]), fast


def test_links_that_strangers_dont_open_are_the_routers(shop):
    internal = shop.link(audience="internal", within="shop")
    gone, paused = shop.link(), shop.link()
    shop.revoke(gone), shop.change(paused, paused=True)
    asks = {(internal["token"], "/v1/shared/"): 401, (internal["token"], "/s/"): 200}
    asks |= {(link["token"], prefix): 410 for link in (gone, paused) for prefix in ("/v1/shared/", "/s/")}
    with Wire(shop.public.port) as wire:
        for (token, prefix), status in asks.items():
            for _ in range(3):
                before = Counts.of(shop)
                assert wire.ask(request("GET", prefix + token)).status == status
                assert Counts.of(shop) - before == Counts(1, 1)


def test_another_shops_token_opens_nothing(shop, token, start):
    other = start({"tenant": "other"})
    foreign = hot(other, other.link())
    with Wire(shop.public.port) as here, Wire(other.public.port) as there:
        assert there.ask(request("GET", "/s/" + foreign)).status == 200
        for prefix in ("/v1/shared/", "/s/"):
            assert here.ask(request("GET", prefix + foreign)).status == 404
            assert there.ask(request("GET", prefix + token)).status == 404
