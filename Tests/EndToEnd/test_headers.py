# SPDX-License-Identifier: Apache-2.0
"""The headers of every kind of answer."""

import re

import pytest

from logins import ANNA, EVA, OLGA
from server import KEYS

COMMON = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-site",
}


@pytest.fixture(scope="module")
def kinds(shop):
    """One answer of every kind under /v1 and /s."""
    link, internal, gone = shop.link(), shop.link(person=OLGA, audience="internal"), shop.link()
    shop.revoke(gone)
    token, cart = link["token"], link["cartId"]
    key, get_ = KEYS["storefront"], shop.public.get
    etag = get_(f"/v1/shared/{token}").headers["ETag"]
    return {
        "guest": get_(f"/v1/shared/{token}"),
        "guest head": shop.public("HEAD", f"/v1/shared/{token}"),
        "unchanged": shop.shared(link, If_None_Match=etag),
        "owner": shop.shared(link, ANNA),
        "page": shop.page(link),
        "page for the owner": shop.page(link, ANNA),
        "page head": shop.public("HEAD", f"/s/{token}"),
        "internal page": shop.page(internal),
        "page for an outsider": shop.page(internal, EVA),
        "dead page": shop.page(gone),
        "no page": get_("/s/x"),
        "gone": shop.shared(gone),
        "not found": get_("/v1/shared/x"),
        "login required": shop.shared(internal),
        "outside": shop.shared(internal, EVA),
        "bad login": get_("/v1/carts", "x"),
        "own carts": get_("/v1/carts", ANNA.login),
        "created": shop.ask_link(cart, audience="external", access="read-only"),
        "pushed": shop.public("PUT", "/v1/carts/h", {"cart": {}}, key),
        "deleted": shop.delete("h"),
        "no scope": shop.public("PUT", "/v1/carts/h", {"cart": {}}, KEYS["issuer"]),
        "no route": get_("/v1/nope"),
        "method": shop.public("DELETE", "/v1/resolve"),
        "bad json": shop.public("POST", "/v1/resolve", b"{", key),
        "invalid": shop.public("POST", "/v1/resolve", {}, key),
        "media type": shop.public("POST", "/v1/resolve", b"x", key, {"Content-Type": "text/plain"}),
        "too large": shop.public("POST", "/v1/resolve", b"x" * 66_000, key),
        "login in query": get_(f"/v1/shared/{token}?access_token=x"),
        "stale": shop.public("PUT", f"/v1/carts/{cart}", {"cart": {}}, key, {"If-Match": '"0"'}),
        "uri too long": get_("/v1/shared/" + "a" * 9000),
        "headers too large": get_("/v1/carts", X="a" * 9000),
    }


def test_every_kind_of_answer_has_the_headers_of_privacy(kinds):
    missing = {
        f"{name} ({answer.status}): {header}: {answer.headers[header]}"
        for name, answer in kinds.items()
        for header, value in COMMON.items()
        if answer.headers[header] != value
    }
    assert missing == set()


def test_no_answer_may_be_kept_by_a_shared_cache(kinds):
    for name, answer in kinds.items():
        expected = {"guest", "guest head", "unchanged", "page", "page head"}
        if name in expected:
            assert answer.headers["Cache-Control"] == "private, no-cache", name
        elif "owner" in name or answer.status in (200, 201):
            assert "no-store" in answer.headers["Cache-Control"] or name == "internal page", name
        else:
            assert (
                "no-store" in (answer.headers["Cache-Control"] or "no-store") or answer.headers["Cache-Control"] == "private, no-cache"
            ), name
        assert "public" not in (answer.headers["Cache-Control"] or "") and "Age" not in answer.headers, name


def test_answers_name_their_type_and_no_software(kinds):
    for name, answer in kinds.items():
        if answer.body:
            assert re.match(r"(application/(problem\+)?json|text/html; ?charset=utf-8)", answer.headers["Content-Type"], re.I), name
        assert (
            "Server" not in answer.headers and "Set-Cookie" not in answer.headers and "Location" not in answer.headers or name == "created"
        ), name
        if "html" in (answer.headers["Content-Type"] or ""):
            policy = answer.headers["Content-Security-Policy"]
            assert all(word in policy for word in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action")), name
            assert "unsafe" not in policy, name


CONSOLE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)


def test_the_console_has_them_too(shop):
    page = shop.admin.get("/")
    assert page.headers["Content-Security-Policy"] == CONSOLE_POLICY
    kinds = {"/": "text/html", "/console/console.css": "text/css", "/console/console.js": "text/javascript"}
    for path, kind in kinds.items():
        answer = shop.admin.get(path)
        assert answer.status == 200 and answer.headers["Content-Type"] == f"{kind}; charset=utf-8", path
        assert {name: answer.headers[name] for name in COMMON} == COMMON, path
        assert answer.headers["Cache-Control"] == "no-cache" and "Set-Cookie" not in answer.headers, path
        assert shop.admin.get(path, If_None_Match=answer.headers["ETag"]).status == 304, path
    for answer in (shop.admin.get("/console/other.js"), shop.admin.get("/other")):
        answer.problem(404, "not-found")
    me = shop.administer("GET", "me")
    assert me.ok() == {"name": "ops", "scopes": ["admin"]} and me.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://shop.example.evil.example", "http://shop.example"])
def test_other_origins_may_not_read(shop, origin):
    link = shop.link()
    assert "Access-Control-Allow-Origin" not in shop.shared(link, Origin=origin).headers
    assert (
        "Access-Control-Allow-Credentials"
        not in shop.public("OPTIONS", "/v1/resolve", headers={"Origin": origin, "Access-Control-Request-Method": "POST"}).headers
    )
