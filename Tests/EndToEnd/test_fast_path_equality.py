# SPDX-License-Identifier: Apache-2.0
"""What is held is answered in front of the router: the same bytes as the router's, for every request that may be answered there."""

import email.utils
import random
import time

import pytest

import carts
import formats
import readers
from logins import OLGA
from server import Server
from wire import Counts, Wire, request, robots_counted

SEEDS, REQUESTS = range(4), 120
# Makes a request the router's and changes nothing else: it only says that the reader isn't fetching ahead.
ROUTED = "X-Moz: none"


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("fast")).start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def links(shop):
    """Tokens of links of every kind that strangers may open."""
    chosen = random.Random(7)
    made = [shop.link(**fields) for fields in ({}, {"showPrices": False}, {"snapshot": True}, {"card": "items"}, {"expiresIn": 3600})]
    made.append(shop.link(shop.put(cart=carts.with_canaries()), snapshot=True, card="items", showPrices=False))
    made.append(shop.link(shop.put(cart={"currency": "JPY", "items": []})))
    made.append(shop.link(shop.put(OLGA), OLGA))
    for format in formats.FORMATS:
        for fields in ({}, {"showPrices": False, "snapshot": True}):
            made.append(shop.link(shop.put(cart=format.public(chosen), format=format.name), **fields))
    locked = shop.put()
    made.append(shop.link(locked))
    shop.set_state(locked, "locked")
    lines = [{"id": f"i{n}", "sku": f"S-{n}", "name": "N" * 40, "quantity": n + 1, "unitPrice": 5, "total": 5} for n in range(300)]
    made.append(shop.link(shop.put(cart=carts.plain(items=lines))))
    return [link["token"] for link in made]


def known(chosen, tag):
    """A list of tags that may or may not name one that the answer has."""
    tag = tag or '"none"'
    gzip = tag[:-1] + '.gz"'
    return chosen.choice(
        [tag, gzip, "W/" + tag, "W/" + gzip, f'"a", {tag}', f'"a" ,\t"b",{gzip} ', "*", '"other"', tag[1:-1], "", " , ,"]
        + [f"w/{tag}", '"a", *', f"{tag}, {gzip}", f"{gzip}, {tag}", tag.upper(), '"' + "x" * 400 + '",' + tag]
    )


def asked(chosen, token, tags):
    """A request that the fast path may answer, as its parts."""
    path = chosen.choice(["/v1/shared/", "/s/"]) + token
    lines = list(chosen.choice(readers.BROWSERS + readers.ROBOTS))
    language = readers.some(chosen, readers.LANGUAGES)
    for name, value in (
        ("Accept-Language", language),
        ("Accept-Encoding", readers.some(chosen, readers.CODINGS)),
        ("Cookie", readers.some(chosen, readers.COOKIES, 0.3)),
        ("If-None-Match", known(chosen, tags.get((path, language))) if chosen.random() < 0.4 else None),
    ):
        if value is not None:
            lines.append(f"{name}: {value}")
    lines += chosen.sample(readers.OTHERS, chosen.randrange(4))
    lines = [readers.varied(chosen, line) for line in lines]
    chosen.shuffle(lines)
    return chosen.choice(["GET", "GET", "HEAD"]), path, lines, readers.some(chosen, readers.HOSTS, 0.3) or "Host: shop"


def timed(wire, data):
    """The answer, whose date must be now."""
    began = time.time()
    answer = wire.ask(data)
    assert began - 2 <= email.utils.parsedate_to_datetime(answer.date).timestamp() <= time.time() + 1
    return answer


def test_a_held_answer_is_the_routers_byte_for_byte(shop, links):
    chosen = random.Random(1)
    tags = {}
    with Wire(shop.public.port) as wire:
        for path in [prefix + token for token in links for prefix in ("/v1/shared/", "/s/")]:
            for language in [None, *readers.LANGUAGES]:
                lines = [] if language is None else [f"Accept-Language: {language}"]
                tags[path, language] = wire.ask(request("GET", path, *lines)).header("ETag")
        seen = set()
        for seed in SEEDS:
            chosen = random.Random(seed)
            asks = [asked(chosen, token, tags) for token in chosen.choices(links, k=REQUESTS)]
            warm, routed = ([request(*ask[:2], *extra, *ask[2], host=ask[3]) for ask in asks] for extra in ([], [ROUTED]))
            [wire.ask(each) for each in warm]
            before, robots = Counts.of(shop), robots_counted(shop)
            fast_answers = [timed(wire, each) for each in warm]
            between, robots_between = Counts.of(shop), robots_counted(shop)
            routed_answers = [timed(wire, each) for each in routed]
            after, robots_after = Counts.of(shop), robots_counted(shop)
            logged = shop.log.read_text().count('"request"')
            assert between - before == Counts(0, len(asks)), "not all came from the fast path"
            assert after - between == Counts(len(asks), len(asks)), "not all came from the router"
            assert logged >= after.routed
            assert robots_between - robots == robots_after - robots_between > 0
            for ask, fast, slow in zip(asks, fast_answers, routed_answers, strict=True):
                assert fast.steady == slow.steady, (seed, ask)
                seen.add((fast.status, ask[0], fast.header("Content-Encoding"), ask[1][:3]))
        assert len(seen) == 12, "every method and path with 200, 200 in gzip and 304"
