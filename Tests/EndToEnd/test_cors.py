# SPDX-License-Identifier: Apache-2.0
"""Pages of the shop's origins may call /v1 from a browser, and no others: over the wire, with bearer logins only."""

import http.client
import json

import pytest

from logins import ANNA
from server import KEYS, Server

SHOP = "https://shop.example"
LOCAL = "http://127.0.0.1:3000"
ORIGINS = [SHOP, LOCAL]
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
ORDER = {"audience": "external", "access": "read-only"}


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("cors"), {"shop": {"origins": ORIGINS}})
    yield server.start()
    assert server.stop() == 0


def preflight(service, origin, path="/v1/carts/some/links"):
    return service.public("OPTIONS", path, headers={"Origin": origin} | PREFLIGHT)


def allowed(answer):
    """The origin that may read the answer; in no case with credentials."""
    assert "Access-Control-Allow-Credentials" not in answer.headers
    return answer.headers.get("Access-Control-Allow-Origin")


@pytest.mark.parametrize("origin", ORIGINS)
def test_a_page_of_the_shop_makes_a_link(service, origin):
    cart = service.put(ANNA)
    asked = preflight(service, origin, f"/v1/carts/{cart}/links")
    assert asked.status == 204 and not asked.body and allowed(asked) == origin
    assert "POST" in asked.headers["Access-Control-Allow-Methods"] and "Idempotency-Key" in asked.headers["Access-Control-Allow-Headers"]
    assert int(asked.headers["Access-Control-Max-Age"]) > 0
    for path in ("links/preview", "links"):
        made = service.public("POST", f"/v1/carts/{cart}/{path}", ORDER, ANNA.login, {"Origin": origin})
        assert made.status in (200, 201) and allowed(made) == origin
        assert {"ETag", "Location", "Retry-After", "Sunset"} <= set(made.headers["Access-Control-Expose-Headers"].split(", "))


def test_refusals_may_be_read_too(service):
    cart, origin = service.put(ANNA), {"Origin": SHOP}
    link = service.link(cart)
    service.revoke(link).ok(204)
    answers = [
        (401, service.public("GET", f"/v1/carts/{cart}/links", headers=origin)),
        (401, service.public("GET", f"/v1/carts/{cart}/links", bearer="nonsense", headers=origin)),
        (404, service.public("GET", "/v1/carts/none", bearer=ANNA.login, headers=origin)),
        (405, service.public("DELETE", f"/v1/carts/{cart}/links", headers=origin)),
        (410, service.public("GET", f"/v1/shared/{link['token']}", headers=origin)),
        (413, service.public("POST", f"/v1/carts/{cart}/links", b" " * 70_000, ANNA.login, origin)),
        (422, service.public("POST", f"/v1/carts/{cart}/links", {}, ANNA.login, origin)),
    ]
    for status, answer in answers:
        answer.problem(status)
        assert allowed(answer) == SHOP, status


def test_too_many_bad_tokens_may_be_read_too(start):
    server = start({"shop": {"origins": ORIGINS}, "limits": {"badTokens": "1/min"}})
    answers = [server.public.get("/v1/shared/nonsense", Origin=SHOP) for _ in range(3)]
    assert answers[-1].problem(429) and allowed(answers[-1]) == SHOP and answers[-1].headers["Retry-After"]


OTHERS = [
    "null", "https://evil.example", "http://shop.example", "https://shop.example:8443", "https://shop.example.evil.example",
    "https://evilshop.example", "https://SHOP.example", "https://shop.example/", "https://evil.example#https://shop.example", "http://127.0.0.1:30000",
]  # fmt: skip


@pytest.mark.parametrize("origin", OTHERS)
def test_another_origin_gets_no_permission(service, origin):
    link = service.link()
    refused = preflight(service, origin)
    assert refused.problem(403, "not-allowed-here") and allowed(refused) is None
    for answer in (refused, service.shared(link, Origin=origin), service.shared(link)):
        assert allowed(answer) is None and "Origin" in answer.headers["Vary"]


def test_the_log_names_the_origin_and_what_to_change(start):
    server = start({"shop": {"origins": ORIGINS}})
    preflight(server, "https://new.shop.example")
    preflight(server, "https://shop.example/s/cl1" + "0" * 46)
    preflight(server, "x" * 4000)
    assert server.stop() == 0
    lines = [json.loads(line) for line in server.log.read_text().splitlines()]
    told = [line for line in lines if "shop.origins" in line["message"]]
    assert [line["origin"] for line in told] == ["https://new.shop.example", "not an origin", "not an origin"]
    assert {line["level"] for line in told} == {"notice"}


def test_options_without_a_preflights_headers_is_answered_as_ever(service):
    for headers in ({}, {"Origin": SHOP}, {"Access-Control-Request-Method": "POST"}):
        answer = service.public("OPTIONS", "/v1/resolve", headers=headers)
        assert answer.problem(405) and answer.headers["Allow"] == "POST"


def test_the_cookie_gives_a_page_of_the_shop_nothing(service):
    cart = service.put(ANNA)
    answer = service.public("POST", f"/v1/carts/{cart}/links", ORDER, headers={"Origin": SHOP, "Cookie": f"shop_login={ANNA.login}"})
    answer.problem(403, "permission-denied")


def test_the_dialogs_script_is_for_every_page_and_nothing_else_is(service):
    for name in ("cart-share.js", "cart-share.es.js"):
        script = service.public.get(f"/assets/{name}", Origin="https://any.example", Accept_Encoding="gzip")
        assert script.status == 200 and allowed(script) == "*" and script.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert script.headers["Content-Encoding"] == "gzip" and script.headers["ETag"]
        again = service.public.get(f"/assets/{name}", If_None_Match=script.headers["ETag"])
        assert again.status == 304 and allowed(again) == "*"
    link = service.link()
    for path in ("/assets/page.js", "/assets/page.css", "/assets/card.png", "/robots.txt", "/health/live", f"/s/{link['token']}"):
        assert allowed(service.public.get(path, Origin=SHOP)) is None, path


def test_admins_routes_are_for_no_page(service):
    answer = service.admin("GET", "/admin/v1/links", None, KEYS["ops"], {"Origin": SHOP})
    assert answer.status == 200 and allowed(answer) is None


def test_an_event_stream_may_be_read(service):
    cart = service.put(ANNA)
    connection = http.client.HTTPConnection("127.0.0.1", service.public.port, timeout=5)
    connection.request("GET", f"/v1/carts/{cart}/events", headers={"Origin": SHOP, "Authorization": f"Bearer {ANNA.login}"})
    assert allowed(connection.getresponse()) == SHOP
    connection.close()
