# SPDX-License-Identifier: Apache-2.0
"""Accepting by the button on a link's page: the login comes in a cookie, and the page's own form token stands in for the origin."""

import re
import time
from urllib.parse import urlencode

import pytest

from logins import ANNA, BERT, CARL, EVA, OLGA, expired_login, shopper
from server import KEYS
from together import accept, grants, internal, set_access, withdraw

FORM = "application/x-www-form-urlencoded"
FIELD = re.compile(rb'<form class="accept" method="post" action="([^"]*)">.*?<input type="hidden" name="form" value="([^"]*)">')


def cookie(person):
    return {"Cookie": f"theme=dark; shop_login={person if isinstance(person, str) else person.login}"}


def page(shop, link, person=None):
    return shop.public("GET", f"/s/{link['token']}", headers=cookie(person) if person else {})


def form(shop, link, person):
    """The token in the form of the link's page, as this person sees it."""
    answer = page(shop, link, person)
    found = FIELD.search(answer.body)
    assert answer.status == 200 and found, str(answer)
    assert found[1].decode() == f"/s/{link['token']}/accept"
    return found[2].decode()


def post(shop, link, body="", person=None, bearer=None, kind=FORM, **headers):
    """Sends the form; a browser's `Origin` under `no-referrer` is `null`."""
    body = (urlencode(body) if isinstance(body, dict) else body).encode()
    sent = {"Content-Type": kind, "Origin": "null"} | (cookie(person) if person else {}) | headers
    sent = {name.replace("_", "-"): value for name, value in sent.items() if value is not None}
    return shop.public("POST", f"/s/{link['token']}/accept", body, bearer, sent)


def led_back(answer, link):
    assert answer.status == 303, str(answer)
    assert answer.headers["Location"] == f"/s/{link['token']}"
    assert answer.headers["Cache-Control"] == "no-store" and answer.body == b""


def shown(answer, status, *texts):
    """Asserts a page for people with this status."""
    assert answer.status == status, str(answer)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store" and "default-src 'none'" in answer.headers["Content-Security-Policy"]
    for text in texts:
        assert text.encode() in answer.body, answer.body.decode()


def holders(shop, link, owner=ANNA):
    return [held["personId"] for held in grants(shop, link["cartId"], owner)]


@pytest.fixture
def link(shop):
    return internal(shop, shop.put(), access="full")


def test_the_button_accepts(shop, link):
    eva = shopper()
    led_back(post(shop, link, {"form": form(shop, link, eva)}, eva), link)
    assert holders(shop, link) == [eva.subject]
    after = page(shop, link, eva)
    assert after.status == 200 and b'class="accept"' not in after.body


def test_once_more_changes_nothing(shop, link):
    eva = shopper()
    token = form(shop, link, eva)
    for _ in range(3):
        led_back(post(shop, link, {"form": token}, eva), link)
    assert holders(shop, link) == [eva.subject]
    assert shop.public.get(f"/v1/links/{link['id']}", ANNA.login).ok()["accepts"] == 1


OWN = [{"Origin": "null"}, {"Origin": None}, {"Origin": "null", "Sec_Fetch_Site": "same-origin"}, {"Origin": None, "Sec_Fetch_Site": "none"}]


@pytest.mark.parametrize("headers", OWN, ids=str)
def test_the_pages_own_form_is_known_by_its_token(shop, link, headers):
    eva = shopper()
    led_back(post(shop, link, {"form": form(shop, link, eva)}, eva, **headers), link)
    assert holders(shop, link) == [eva.subject]


FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "https://evil.example", "Sec_Fetch_Site": "same-origin"},
    {"Origin": "null", "Sec_Fetch_Site": "cross-site"},
    {"Origin": "null", "Sec_Fetch_Site": "same-site"},
    {"Origin": None, "Sec_Fetch_Site": "cross-site"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_another_site_is_refused_even_with_the_right_token(shop, link, headers):
    eva = shopper()
    shown(post(shop, link, {"form": form(shop, link, eva)}, eva, **headers), 403, "didn&#39;t work", 'href="."')
    assert holders(shop, link) == []


def test_only_this_persons_form_of_this_link_counts(shop, link):
    eva, other = shopper(), shopper()
    right = form(shop, link, eva)
    flipped = right[:-1] + ("A" if right[-1] != "A" else "B")
    wrong = ["", "x", right + "0", right[:-1], " " + right, right.swapcase(), flipped, "0" * 22, eva.login, link["token"]]
    wrong += [form(shop, link, other), form(shop, internal(shop, link["cartId"]), eva)]
    for token in wrong:
        shown(post(shop, link, {"form": token}, eva), 403, "didn&#39;t work", "Try again", 'href="."')
    shown(post(shop, link, "", eva), 403)
    assert holders(shop, link) == []
    led_back(post(shop, link, {"form": right}, eva), link)


def test_the_refusal_speaks_the_readers_language(shop, link):
    shown(post(shop, link, {"form": "x"}, shopper(), Accept_Language="es"), 403, "Volver a intentarlo")


def test_the_form_holds_after_a_restart(start):
    server, eva = start(), shopper()
    link = internal(server, server.put())
    token = form(server, link, eva)
    assert server.stop() == 0
    server.start()
    assert form(server, link, eva) == token
    led_back(post(server, link, {"form": token}, eva), link)


def test_our_own_origin_and_a_bearer_need_no_token(shop, link):
    eva, carl = shopper(), shopper()
    led_back(post(shop, link, "", eva, Origin=shop.url), link)
    led_back(post(shop, link, "", None, carl.login, Origin="https://evil.example"), link)
    assert sorted(holders(shop, link)) == sorted([eva.subject, carl.subject])


def test_who_is_not_logged_in_is_led_to_the_log_in_button(shop, link):
    token = form(shop, link, EVA)
    led_back(post(shop, link, {"form": token}), link)
    led_back(post(shop, link, {"form": token}, "a.b.c"), link)
    led_back(post(shop, link, {"form": token}, expired_login(EVA)), link)
    led_back(post(shop, link, "", expired_login(EVA), Origin=shop.url), link)
    assert holders(shop, link) == []
    # A bad header is never "nobody".
    shown(post(shop, link, {"form": token}, EVA, "a.b.c"), 401)
    assert holders(shop, link) == []


def test_services_accept_nothing(shop, link):
    for key in KEYS.values():
        shown(post(shop, link, "", None, key), 403)
    assert holders(shop, link) == []


def test_who_may_not(shop):
    link = internal(shop, shop.put(OLGA), OLGA, within="business-unit")
    for person in (CARL, EVA):
        assert page(shop, link, person).status == 403
        shown(post(shop, link, "", person, Origin=shop.url), 403)
    # The owner needs no grant of his own cart, and isn't offered one.
    assert FIELD.search(page(shop, link, OLGA).body) is None
    led_back(post(shop, link, "", OLGA, Origin=shop.url), link)
    assert holders(shop, link, OLGA) == []
    led_back(post(shop, link, {"form": form(shop, link, BERT)}, BERT), link)
    assert holders(shop, link, OLGA) == [BERT.subject]


def test_an_external_link_is_not_accepted(shop):
    link = shop.link()
    assert FIELD.search(page(shop, link, EVA).body) is None
    shown(post(shop, link, "", EVA, Origin=shop.url), 403)
    assert holders(shop, link) == []


def ordered(shop, link):
    shop.set_state(link["cartId"], "ordered")


ENDS = {
    "revoked": lambda shop, link: shop.revoke(link),
    "paused": lambda shop, link: shop.change(link, paused=True).ok(),
    "ordered": ordered,
    "deleted": lambda shop, link: shop.delete(link["cartId"]),
}


@pytest.mark.parametrize("end", ENDS)
def test_a_link_that_ended_is_not_accepted(shop, link, end):
    eva = shopper()
    token = form(shop, link, eva)
    ENDS[end](shop, link)
    shown(post(shop, link, {"form": token}, eva), 410)
    if end != "deleted":
        assert holders(shop, link) == []


def test_an_expired_link_is_not_accepted(shop):
    link, eva = internal(shop, shop.put(), expiresIn=2), shopper()
    token = form(shop, link, eva)
    time.sleep(2.1)
    shown(post(shop, link, {"form": token}, eva), 410)
    assert holders(shop, link) == []


def test_without_a_place_left(shop):
    link, first, second = internal(shop, shop.put(), maxAccepts=1), shopper(), shopper()
    tokens = [form(shop, link, person) for person in (first, second)]
    led_back(post(shop, link, {"form": tokens[0]}, first), link)
    shown(post(shop, link, {"form": tokens[1]}, second), 409)
    assert holders(shop, link) == [first.subject]
    assert FIELD.search(page(shop, link, second).body) is None


def test_the_owners_later_decision_wins(shop, link):
    eva, bert = shopper(), shopper()
    token = form(shop, link, eva)
    withdraw(shop, accept(shop, link, eva).ok(201))
    shown(post(shop, link, {"form": token}, eva), 403)
    assert FIELD.search(page(shop, link, eva).body) is None
    token = form(shop, link, bert)
    set_access(shop, accept(shop, link, bert).ok(201), "read-only").ok()
    led_back(post(shop, link, {"form": token}, bert), link)
    assert [(held["personId"], held["access"]) for held in grants(shop, link["cartId"])] == [(bert.subject, "read-only")]
    assert FIELD.search(page(shop, link, bert).body) is None


ODD = [
    ("form=a&form=b", FORM, 400),
    ("form[]=a", FORM, 400),
    ("form=%zz", FORM, 400),
    ("form=a&access=full", FORM, 422),
    ("form=" + "x" * 5000, FORM, 413),
    ("form=a", "text/plain", 415),
    ("form=a", "multipart/form-data; boundary=x", 415),
    ('{"form":"a"}', "application/json", 415),
    ("", None, 415),
]


@pytest.mark.parametrize("body, kind, status", ODD, ids=lambda value: str(value)[:20])
def test_odd_forms_are_refused_in_words_and_change_nothing(shop, link, body, kind, status):
    eva = shopper()
    answer = post(shop, link, body, eva, kind=kind, Origin=shop.url) if kind else no_kind(shop, link, eva)
    shown(answer, status)
    assert (answer.headers["Connection"] == "close") == (status == 413)
    assert holders(shop, link) == []


def no_kind(shop, link, person):
    return shop.public("POST", f"/s/{link['token']}/accept", headers=cookie(person) | {"Origin": shop.url})


@pytest.mark.parametrize("token", ["x", "cl1" + "0" * 46, "cl1" + "z" * 46, "%2F%2Fevil.example", "evil.example%0d%0aX-Evil:1"])
def test_what_is_no_token_leads_nowhere(shop, token):
    for person in (None, EVA):
        answer = post(shop, {"token": token}, "", person, Origin=shop.url)
        shown(answer, 404)
        assert answer.headers["Location"] is None and b"evil" not in answer.everything
    # The login has ended, and the token was never one.
    answer = post(shop, {"token": token}, "", "a.b.c", Origin=shop.url)
    assert answer.status in (303, 401) and b"evil" not in answer.everything
    assert (answer.headers["Location"] or "/s/" + token) == "/s/" + token


def test_looking_accepts_nothing(shop, link):
    for method in ("GET", "HEAD", "PUT", "DELETE"):
        answer = shop.public(method, f"/s/{link['token']}/accept", headers=cookie(EVA) | {"Origin": shop.url})
        if method in ("GET", "HEAD"):
            led_back(answer, link)
        else:
            assert answer.status == 405 and answer.headers["Allow"] == "GET, HEAD, POST"
    assert holders(shop, link) == []


def test_strangers_get_no_form_and_a_page_with_one_is_not_kept(shop, link):
    assert b"<form" not in page(shop, link).body
    answer = page(shop, link, shopper())
    assert FIELD.search(answer.body) and answer.headers["Cache-Control"] == "no-store" and "Cookie" in answer.headers["Vary"]


def test_nothing_of_it_stands_in_the_log(shop, link):
    eva = shopper()
    token = form(shop, link, eva)
    for body in ({"form": token}, {"form": token + "x"}, {token: "x"}, f"form={token}&form={token}"):
        post(shop, link, body, eva)
    post(shop, link, {"form": token}, eva, Origin="https://evil.example")
    log = shop.log.read_text()
    assert '"/s/{token}/accept"' in log.replace("\\/", "/")
    for secret in (token, link["token"], eva.login, eva.user):
        assert secret not in log
