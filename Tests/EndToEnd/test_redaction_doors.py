# SPDX-License-Identifier: Apache-2.0
"""One link, asked for in every way: the same redaction, the same document, and nothing changes."""

import gzip
from random import Random

import pytest

import carts
from formats import FORMATS
from logins import ANNA, EVA, expired_login, login
from seeded_carts import marked
from server import KEYS

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ROBOTS = [
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "meta-externalagent/1.1",
    "WhatsApp/2.24.1 A",
    "Twitterbot/1.0",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "TelegramBot (like TwitterBot)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "Google-Chat/1.0",
    "SkypeUriPreview Preview/0.5 skype-url-preview@example.com",
    "http.rb/5.1.1 (Mastodon/4.2.1; +https://social.example/)",
    "curl/8.0",
    "",
]
WISHES = [
    *({"User-Agent": agent} for agent in ROBOTS),
    *({"Accept": kind} for kind in ("text/html", "text/csv", "application/xml;q=0.9", "application/json", "image/*", "", "x")),
    *({"Range": unit} for unit in ("bytes=0-99", "bytes=-1", "bytes=0-0,5-9", "bytes=99999999-", "lines=1-2")),
    {"Range": "bytes=0-99", "If-Range": '"x"'},
    {"Purpose": "prefetch", "Sec-Purpose": "prefetch;prerender", "X-Moz": "prefetch"},
    {"Accept-Encoding": "gzip, br, zstd, deflate"},
    {"X-HTTP-Method-Override": "DELETE", "X-Method-Override": "PUT"},
    {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Host": "evil.example", "X-Real-IP": "127.0.0.1", "X-Original-URL": "/v1/carts"},
    {"Cookie": "theme=dark; session=abc; shop_login="},
    {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
    {"If-None-Match": '"0"'},
    {"On-Behalf-Of": "user:anna"},
    {"Expect": ""},
]
QUERIES = ["?callback=f", "?format=csv", "?fields=customer,note", "?as=owner", "?debug=1&utm_source=x", "?viewer=owner&a=b", "?", "?%00"]
SUFFIXES = ["/", "//", "/.", "/..", "/../", "/%2e%2e/", ".json", ".csv", ";v=1", "%20", "%00", "/customer", "/cart", "#x", "/accept/.."]

# A service that opens a link is a stranger like any other.
BEARERS = {expired_login(ANNA): 401, login(ANNA, aud="other-shop"): 401, "x": 401, KEYS["ops"]: 200, KEYS["storefront"]: 200}


@pytest.fixture(scope="module", params=FORMATS, ids=str)
def case(request, shop):
    """A link to a cart with marks in all that is withheld, and what of it must stay the same."""
    cart, marks = marked(request.param, Random("doors"), "text")
    link = shop.link(shop.put(cart=cart, format=request.param.name))

    def state():
        link_now = shop.public.get(f"/v1/links/{link['id']}", ANNA.login).ok()
        audit = shop.administer("GET", f"audit?cartId={link['cartId']}").ok()
        cart_now = shop.public.get(f"/v1/carts/{link['cartId']}", ANNA.login)
        # What is counted of looks is all that they change.
        return link_now | {"opens": None}, audit, cart_now.headers["ETag"], cart_now.body

    return link, marks, state


def whole(answer, plain):
    """A part or a compressed form of the plain document counts as the document."""
    headers, body = answer.headers, answer.body
    if headers["Content-Encoding"] == "gzip" and gzip.decompress(body) == plain.body:
        return document(plain)
    if (answer.status == 206 and body in plain.body) or (answer.status == 416 and not body):
        assert headers["Content-Range"].endswith(f"/{len(plain.body)}")
        return document(plain)
    return document(answer)


def document(answer):
    return answer.status, answer.headers["Content-Type"], answer.headers["ETag"], answer.headers["Cache-Control"], answer.body


@pytest.mark.parametrize("door", ["s", "v1/shared"])
def test_robots_people_and_all_wishes_get_one_document_and_change_nothing(shop, case, door):
    link, marks, state = case
    before, path = state(), f"/{door}/{link['token']}"
    plain = shop.public.get(path, User_Agent=BROWSER)
    assert plain.status == 200 and carts.leaks(plain.everything, marks) == []
    others = {str(wish): whole(shop.public("GET", path, headers=wish), plain) for wish in WISHES}
    others |= {query: document(shop.public.get(path + query)) for query in QUERIES}
    assert {name for name, other in others.items() if other != document(plain)} == set()
    # The page has two languages, so the comparison can fail.
    assert (document(shop.public.get(path, Accept_Language="es")) != document(plain)) == (door == "s")
    for wish in WISHES:
        head = shop.public("HEAD", path, headers=wish)
        if head.headers["Content-Encoding"] is None:
            assert (*document(head)[:4], head.headers["Content-Length"]) == (*document(plain)[:4], str(len(plain.body))), wish
    assert state() == before


@pytest.mark.parametrize("door", ["s", "v1/shared"])
def test_other_spellings_and_methods_open_no_other_view_and_change_nothing(shop, case, door):
    link, marks, state = case
    before, path = state(), f"/{door}/{link['token']}"
    plain = document(shop.public.get(path))
    for suffix in SUFFIXES:
        answer = shop.public.get(path + suffix)
        assert answer.status in (400, 404, 405) or document(answer) == plain, (suffix, answer)
        assert carts.leaks(answer.everything, marks) == []
    for prefix in ("//", "/./", "/x/..//"):
        answer = shop.public.get(prefix + path[1:])
        assert answer.status in (400, 404) or document(answer) == plain, (prefix, answer)
    for method in ("OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"):
        for body in (None, {}, {"access": "full", "viewer": "owner"}):
            answer = shop.public(method, path, body)
            assert answer.status in (204, 404, 405, 501) and carts.leaks(answer.everything, marks) == [], (method, answer)
    assert state() == before


def test_one_browser_sees_its_own_data_only_while_its_login_lasts(shop, case):
    """Anna, then Eva, then nobody, then a login that ended, was for another shop, or is none, and Anna again."""
    link, marks, _ = case
    anna = ANNA.login
    ended = [expired_login(ANNA), login(ANNA, aud="other-shop"), login(ANNA, iss="else"), anna[:-4], "x", ""]
    for door in ("s", "v1/shared"):
        path = f"/{door}/{link['token']}"
        stranger, own = shop.public.get(path), shop.public("GET", path, headers={"Cookie": f"shop_login={anna}"})
        for value in (anna, EVA.login, None, *ended, anna):
            cookie = {} if value is None else {"Cookie": f"shop_login={value}"}
            expected = own if value == anna else stranger
            fresh = shop.public("GET", path, headers=cookie)
            assert fresh.status == 200 and document(fresh) == document(expected)
            # A browser asks whether what it kept is still good, whoever is logged in by now.
            for kept in (stranger, own):
                answer = shop.public("GET", path, headers=cookie | {"If-None-Match": kept.headers["ETag"]})
                assert answer.status == (304 if kept is expected else 200) and answer.body == (b"" if kept is expected else expected.body)
        assert carts.leaks(stranger.everything, marks) == [] and own.body != stranger.body
        assert carts.leaks(own.body, marks) != [] or door == "s"
        assert (own.headers["Cache-Control"], stranger.headers["Cache-Control"]) == ("no-store", "private, no-cache")


def test_a_bad_login_in_the_header_is_an_error_that_shows_nothing(shop, case):
    link, marks, _ = case
    for bearer, status in BEARERS.items():
        for path in (f"/v1/shared/{link['token']}", f"/s/{link['token']}"):
            answer = shop.public.get(path, bearer)
            assert answer.status == status and carts.leaks(answer.everything, marks) == [], (bearer, answer)
