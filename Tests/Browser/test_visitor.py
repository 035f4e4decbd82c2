# SPDX-License-Identifier: Apache-2.0
"""The watch that every browser test stands under does see what it is there to see."""

import pytest

from visitor import Visitor

TOKEN = "cl1" + "a" * 46
STRICT = {"Content-Security-Policy": "default-src 'none'", "Referrer-Policy": "no-referrer"}
QUIET = {"Referrer-Policy": "no-referrer"}


@pytest.fixture
def wrongs(chromium, shop):
    """What is found wrong with a page that was made up."""

    def wrongs(body, headers=QUIET):
        visitor = Visitor(chromium, shop.url)
        made_up = f"<!doctype html><html lang=en><title>Made up</title><link rel=icon href=data:,>{body}"
        visitor.context.route("**/made-up", lambda route: route.fulfill(body=made_up, content_type="text/html", headers=headers))
        visitor.context.route("**/assets/made-up*", lambda route: route.fulfill(body="", content_type="text/css"))
        visitor.open("/made-up").wait_for_load_state("networkidle")
        found = visitor.wrongs()
        visitor.context.close()
        return found

    return wrongs


@pytest.mark.parametrize(
    "body, said",
    [
        ('<link rel="stylesheet" href="/assets/made-up?t=%s">' % TOKEN, "the token in a sub-resource"),
        ('<img src="https://elsewhere.example/x.png">', "a request outside: image"),
        ("<script>console.error('oh dear')</script>", "console: oh dear"),
        ("<script>nowhere()</script>", "script error"),
    ],
)
def test_a_wrong_is_seen_and_no_token_repeated(wrongs, body, said):
    found = wrongs(body)
    assert any(fault.startswith(said) for fault in found), found
    assert TOKEN not in str(found)


def test_a_breach_of_the_content_security_policy_is_seen(wrongs):
    assert any("Content Security Policy" in fault for fault in wrongs("<style>p { color: red }</style>", STRICT))


def test_a_referer_is_seen(wrongs):
    link = '<link rel="stylesheet" href="/assets/made-up">'
    assert any(fault.startswith("a Referer") for fault in wrongs(link, {"Referrer-Policy": "unsafe-url"}))
    assert wrongs(link) == []
