# SPDX-License-Identifier: Apache-2.0
"""Tokens: one text each, and nobody learns why another one is dead."""

import sqlite3
import string

import pytest

from server import KEYS

BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase


def decoded(token):
    """The 33 bytes of a token, after the design: 8-byte groups as 11 digits, the last byte as 2."""
    digits, data = token[3:], b""
    for start, length in ((0, 11), (11, 11), (22, 11), (33, 11), (44, 2)):
        number = 0
        for digit in digits[start : start + length]:
            number = number * 62 + BASE62.index(digit)
        data += number.to_bytes(8 if length == 11 else 1, "big")
    return data


def encoded(data):
    text = ""
    for start in range(0, 33, 8):
        group = data[start : start + 8]
        number, digits = int.from_bytes(group, "big"), ""
        for _ in range(11 if len(group) == 8 else 2):
            number, digit = divmod(number, 62)
            digits = BASE62[digit] + digits
        text += digits
    return "cl1" + text


@pytest.fixture(scope="module")
def link(shop):
    return shop.link(shop.put())


@pytest.fixture(scope="module")
def dead(shop, link):
    """Asserts that a token is answered like any made-up one, through every door."""
    made_up = encoded(bytes([0]) + bytes(32))
    measure = shop.public.get(f"/v1/shared/{made_up}")
    measure.problem(404, "link-not-found")
    page = shop.public.get(f"/s/{made_up}")
    assert page.status == 404

    def dead(token, everywhere=False):
        answer = shop.public.get(f"/v1/shared/{token}")
        answer.problem(404, "link-not-found")
        assert answer.without_request_id() == measure.without_request_id(), token
        if everywhere:
            assert shop.public.get(f"/s/{token}").body == page.body
            shop.public("POST", "/v1/resolve", {"token": token}, KEYS["storefront"]).problem(404, "link-not-found")
            shop.public("POST", "/v1/resolve", {"url": f"{shop.url}/s/{token}"}, KEYS["storefront"]).problem(404, "link-not-found")

    yield dead
    assert shop.shared(link).status == 200


def test_a_token_is_33_bytes_in_base62(link):
    assert encoded(decoded(link["token"])) == link["token"]
    assert decoded(link["token"])[0] >> 3 & 3 == 0


def test_modes_stand_in_the_header(shop):
    tokens = [shop.link(audience="internal", within="shop", access=access)["token"] for access in ("read-only", "full")]
    assert [decoded(token)[0] >> 3 & 3 for token in tokens] == [1, 2]


def test_every_flipped_bit_is_dead(link, dead):
    data = decoded(link["token"])
    for bit in range(264):
        changed = bytearray(data)
        changed[bit // 8] ^= 0x80 >> bit % 8
        dead(encoded(bytes(changed)), everywhere=bit % 40 == 0)


def test_every_replaced_character_is_dead(link, dead):
    token = link["token"]
    for place, character in enumerate(token):
        for other in (BASE62[(BASE62.find(character) + 1) % 62], character.swapcase(), "-", "_", "~"):
            if other != character:
                dead(token[:place] + other + token[place + 1 :])


def test_other_spellings_are_dead(link, dead):
    token = link["token"]
    spellings = [
        token + "0",
        token[:-1],
        token[:-2],
        token + token,
        token + "=",
        token + "==",
        token + ".",
        token + ")",
        "%20" + token,
        token + "%20",
        token + "%00",
        token + "%0A",
        token + "+",
        token.upper(),
        token.lower(),
        token[::-1],
        token[3:],
        "cl2" + token[3:],
        "CL1" + token[3:],
        "cl1" + "z" * 46,
        "cl1" + "0" * 46,
        "cl1" + "A" * 44,
        "%63" + token[1:],
        token[:-1] + f"%{ord(token[-1]):02X}",
        token[:10] + "%E2%80%8B" + token[10:],
        token + "%F0%9F%9B%92",
        "cl1" + "%EF%BC%90" * 46,
        "null",
        "undefined",
        "*",
        ":token",
        "%7Btoken%7D",
        "a" * 3000,
    ]
    for spelling in spellings:
        dead(spelling)


def test_one_number_has_one_text(link, dead):
    """A group whose digits exceed 8 bytes must not wrap around to the same number."""
    token = link["token"]
    number = sum(BASE62.index(digit) * 62 ** (10 - place) for place, digit in enumerate(token[3:14])) + 2**64
    dead("cl1" + "".join(BASE62[number // 62 ** (10 - place) % 62] for place in range(11)) + token[14:])
    last = BASE62.index(token[-2]) * 62 + BASE62.index(token[-1]) + 256
    while last < 62 * 62:
        dead(token[:-2] + BASE62[last // 62] + BASE62[last % 62])
        last += 256


@pytest.mark.parametrize(
    "path",
    [
        "/v1/shared/{}/",
        "/v1/shared//{}",
        "/v1//shared/{}",
        "//v1/shared/{}",
        "/s/{}/",
        "/s//{}",
        "//s/{}",
        "/S/{}",
        "/v1/Shared/{}",
        "/s/{}/x",
        "/s/./{}",
        "/v1/../s/{}",
        "/s%2F{}",
        "/s/{}%2F",
        "/s/{};x=1",
    ],
)
def test_other_paths_are_dead(shop, link, path):
    assert shop.public.get(path.format(link["token"])).status == 404


@pytest.mark.parametrize("query", ["?utm_source=chat&utm_medium=x", "?fbclid=a%20b", "?", "?gclid=1&gclid=2", "?token=other", "?a[]=%ff"])
def test_added_parameters_are_ignored(shop, link, query):
    plain = shop.shared(link)
    answer = shop.public.get(f"/v1/shared/{link['token']}{query}")
    assert answer.status == 200 and answer.body == plain.body
    assert shop.public.get(f"/s/{link['token']}{query}").body == shop.page(link).body
    assert shop.public("POST", "/v1/resolve", {"url": link["url"] + query}, KEYS["storefront"]).ok()["linkId"] == link["id"]


def test_ids_are_no_tokens(shop, link, dead):
    dead(link["id"])
    dead(link["cartId"])
    dead(encoded(decoded(link["token"])[:17] + bytes(16)), everywhere=True)


def test_resolve_takes_either_a_token_or_an_address(shop, link):
    ask = lambda body: shop.public("POST", "/v1/resolve", body, KEYS["storefront"])
    for url in (
        f"{shop.url}/x/{link['token']}",
        link["url"] + "/",
        link["url"] + "/x",
        "javascript:alert(1)",
        link["token"],
        "",
    ):
        assert ask({"url": url}).status in (404, 422), url
    for body in ({}, {"token": 1}, {"token": None}, {"token": link["token"], "url": link["url"]}, {"token": link["token"], "x": 1}):
        ask(body).problem(422, "invalid-input")


def test_a_token_is_bound_to_tenant_and_host(prepare):
    server = prepare({"tenant": "one"})
    server.start()
    link = server.link()
    settings = server.settings
    for changes in ({"tenant": "two"}, {"public": settings["public"] | {"url": "https://staging.shop.example"}}):
        server.stop()
        server.configure(settings | changes)
        server.start()
        server.shared(link).problem(404, "link-not-found")
    server.stop()
    server.configure(settings | {"public": settings["public"] | {"url": "http://127.0.0.1:9"}})
    server.start()
    assert server.shared(link, Host="another.example").status == 200


def test_a_link_never_gains_power_through_its_record(start):
    server = start()
    link = server.link(audience="internal", within="shop")
    server.stop()
    with sqlite3.connect(server.database) as connection:
        assert connection.execute("UPDATE link SET access = 'full'").rowcount == 1
    server.start()
    answer = server.resolve(link)
    assert answer.status != 200 or answer.json["access"] == "read-only"


def test_another_servers_token_is_dead(start, link):
    start().shared(link).problem(404, "link-not-found")


def test_guessing_is_limited_and_good_tokens_are_not(start):
    server = start({"limits": {"badTokens": "20/min"}})
    link = server.link()
    statuses = [server.public.get(f"/v1/shared/{encoded(bytes([0, number]) + bytes(31))}").status for number in range(40)]
    assert statuses[:20] == [404] * 20 and 429 in statuses[20:22] and statuses[-1] == 429
    limited = server.public.get(f"/v1/shared/{encoded(bytes(33))}", X_Forwarded_For="203.0.113.9")
    limited.problem(429, "too-many-requests")
    assert int(limited.headers["Retry-After"]) > 0
    assert server.public.get(f"/s/{encoded(bytes(33))}").status == 429
    assert server.shared(link).status == server.page(link).status == server.resolve(link).status == 200
    assert server.public.get("/v1/shared/garbage").status == 429


def test_guesses_through_a_trusted_proxy_count_for_the_guesser(start):
    server = start({"limits": {"badTokens": "5/min", "trustedProxies": ["127.0.0.1"]}})
    guess = lambda address: server.public.get("/v1/shared/garbage", X_Forwarded_For=address).status
    assert [guess("203.0.113.9") for _ in range(8)][-1] == 429
    assert guess("203.0.113.10") == 404
    assert guess("203.0.113.10, 203.0.113.9") == 429
