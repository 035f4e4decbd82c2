# SPDX-License-Identifier: Apache-2.0
"""`serve --demo` in a browser without a script: log in by clicking, accept, log out."""

import html
import re
from http.cookies import SimpleCookie
from urllib.parse import quote, urlencode

import pytest

from client import Client
from test_readme import demo  # noqa: F401: a fixture

NAME = "cartlink_demo_login"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Visitor:
    """Someone at the demo with a browser that keeps cookies."""

    def __init__(self, folder, moved):
        self.url = moved("http://127.0.0.1:8080")
        self.client, self.jar = Client(int(self.url.rsplit(":", 1)[1])), {}
        self.links = re.findall(r"/s/cl1[0-9A-Za-z]{46}", (folder / "output").read_text())
        self.log = folder / "log"

    def __call__(self, method, path, fields=None, **headers):
        sent = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
        if self.jar:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        answer = self.client(method, path, fields and urlencode(fields).encode(), None, sent | (FORM if fields else {}))
        for name, morsel in SimpleCookie(answer.headers["Set-Cookie"] or "").items():
            self.jar.pop(name, None)
            if morsel["max-age"] != "0":
                self.jar[name] = morsel.value
        return answer

    def log_in(self, person, back=None, **headers):
        fields = {"person": person} | ({} if back is None else {"return": back})
        return self("POST", "/demo/login", fields, **({"Origin": self.url} | headers))


@pytest.fixture
def visitor(demo):
    return Visitor(*demo)


def test_the_whole_story_by_clicking(visitor):
    link = visitor.links[2]
    asked = visitor("GET", link)
    assert asked.status == 200
    (to,) = {html.unescape(href) for href in re.findall(r'href="([^"]*demo[^"]*)"', asked.body.decode()) if "/demo/login" in href}
    assert to == f"{visitor.url}/demo/login?return=" + quote(visitor.url + link, safe="").replace("127.0.0.1", "127%2E0%2E0%2E1")
    choice = visitor("GET", to.removeprefix(visitor.url))
    assert choice.status == 200 and choice.headers["Cache-Control"] == "no-store"
    assert f'name="return" value="{link}"'.encode() in choice.body
    for person in ("Olivia", "Carlos", "Dana", "Erik"):
        assert f'value="{person.lower()}">{person}</button>'.encode() in choice.body
    assert b"Log out" not in choice.body

    logged_in = visitor.log_in("carlos", link)
    assert (logged_in.status, logged_in.headers["Location"]) == (303, link)
    form = re.search(rb'action="([^"]*/accept)">.*?<input type="hidden" name="form" value="([^"]*)"', visitor("GET", link).body)
    accepted = visitor("POST", form[1].decode(), {"form": form[2].decode()}, Origin="null", Sec_Fetch_Site="same-origin")
    assert (accepted.status, accepted.headers["Location"]) == (303, link)
    assert b"/accept" not in visitor("GET", link).body
    assert {cart["cartId"]: cart["access"] for cart in visitor("GET", "/v1/carts").ok()["carts"]}["demo-cart"] == "full"

    assert b"You are Carlos now." in visitor("GET", "/demo/login").body
    logged_out = visitor.log_in("nobody", link)
    assert (logged_out.status, logged_out.headers["Location"], visitor.jar) == (303, link, {})
    assert b"Log in" in visitor("GET", link).body
    visitor("GET", "/v1/carts").problem(401, "login-required")


@pytest.mark.parametrize("person, status", [("olivia", 200), ("carlos", 200), ("dana", 403), ("erik", 403)])
def test_each_is_who_the_button_says(visitor, person, status):
    visitor.log_in(person, visitor.links[1])
    assert visitor("GET", visitor.links[1]).status == status


def test_the_cookie(visitor):
    morsel = SimpleCookie(visitor.log_in("dana").headers["Set-Cookie"])[NAME]
    assert {name: morsel[name] for name in ("path", "samesite", "httponly", "secure", "max-age", "domain")} == {
        "path": "/",
        "samesite": "Lax",
        "httponly": True,
        "secure": "",
        "max-age": "28800",
        "domain": "",
    }
    ended = SimpleCookie(visitor.log_in("nobody").headers["Set-Cookie"])[NAME]
    assert (ended.value, ended["max-age"], ended["path"]) == ("", "0", "/")


def test_it_leads_to_links_and_to_the_shop_of_this_host_alone(visitor):
    """Table of what is asked for; all but the first ones lead to the log-in page."""
    link, port = visitor.links[0], visitor.url.rsplit(":", 1)[1]
    for back in (link, visitor.url + link):
        assert visitor.log_in("dana", back).headers["Location"] == link
    for back in ("/demo", "/demo?cart=demo-cart", "/demo?cart=demo-cart&open=share"):
        assert visitor.log_in("dana", back).headers["Location"] == back
        assert visitor.log_in("dana", visitor.url + back).headers["Location"] == back
    token = link.removeprefix("/s/")
    elsewhere = [
        "",
        "/",
        "//evil.example",
        f"//evil.example{link}",
        f"/\\evil.example{link}",
        f"\\\\evil.example{link}",
        "https:evil.example",
        f"https://evil.example{link}",
        f"http:{link}",
        f"http:/{link}",
        f"javascript:alert(1)//{link}",
        f"{visitor.url}.evil.example{link}",
        f"{visitor.url}0{link}",
        f"http://127.0.0.1:{int(port) + 1}{link}",
        f"http://127.0.0.1{link}",
        f"https://127.0.0.1:{port}{link}",
        f"http://user@127.0.0.1:{port}{link}",
        f"http://127.0.0.1:{port}@evil.example{link}",
        f"HTTP://127.0.0.1:{port}{link}",
        f" {link}",
        f"{link} ",
        f"{link}/",
        f"{link}/../../v1/carts",
        f"{link}?next=//evil.example",
        f"{link}#x",
        f"{link}\r\nSet-Cookie: a=b",
        f"/s//{token}",
        f"/s/../{token}",
        f"/s/{token[:-1]}-",
        "/s/",
        "/s/x",
        "/v1/carts",
        "/demo/login?return=//evil.example",
        "/demo/",
        "/demo.evil.example",
        "/demo//evil.example",
        "/demo#share=evil",
        "/demo?next=//evil.example",
        "/demo?cart=",
        "/demo?cart=//evil.example",
        "/demo?cart=demo-cart&open=evil",
        "/demo?cart=demo-cart\r\nSet-Cookie: a=b",
    ]
    for back in elsewhere:
        answer = visitor.log_in("dana", back)
        assert (answer.status, answer.headers["Location"]) == (303, "/demo/login"), back
        shown = visitor("GET", "/demo/login?return=" + quote(back, safe=""))
        assert shown.status == 200 and b'name="return"' not in shown.body and b"evil" not in shown.body, back


def test_a_step_of_the_stories_leads_to_its_place(visitor):
    """Table of the steps as the demo starts: where they need something that nobody made yet, they lead to where it can be made."""
    shop, anyone, unit, hers = "/demo?cart=demo-cart", visitor.links[0], visitor.links[2], visitor.links[3]
    places = {
        "make": f"{shop}&open=share", "open": anyone, "invite": f"{shop}&open=share", "accept": unit, "edit": shop,
        "lower": f"{shop}&open=share", "revoke": shop, "gone": shop, "take": hers,
    }  # fmt: skip
    for step, place in places.items():
        answer = visitor("POST", "/demo/login", {"person": "olivia", "step": step}, Origin=visitor.url)
        assert (answer.status, answer.headers["Location"]) == (303, place), step


def test_another_site_logs_nobody_in(visitor):
    for headers in (
        {"Origin": None},
        {"Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": "https://evil.example", "Sec_Fetch_Site": "cross-site"},
        {"Origin": "null", "Sec_Fetch_Site": "same-site"},
        {"Origin": None, "Sec_Fetch_Site": "none"},
        {"Origin": visitor.url + ".evil.example"},
    ):
        answer = visitor.log_in("dana", **headers)
        answer.problem(403, "permission-denied")
        assert answer.headers["Set-Cookie"] is None
    assert visitor.log_in("dana", Origin="null", Sec_Fetch_Site="same-origin").status == 303


def test_odd_requests_set_no_cookie(visitor):
    own = {"Origin": visitor.url}
    for fields, status in [
        ({"person": "mallory"}, 422),
        ({"person": ""}, 422),
        ({"person": "Carlos"}, 422),
        ({"return": visitor.links[0]}, 422),
        ({"person": "dana", "company": "acme"}, 422),
        ({"person": "dana", "step": "evil"}, 422),
    ]:
        answer = visitor("POST", "/demo/login", fields, **own)
        assert answer.status == status and answer.headers["Set-Cookie"] is None
    assert visitor("POST", "/demo/login", **own).status == 415
    assert visitor("GET", "/demo/login?return=a&return=b").status == 400
    assert visitor("PUT", "/demo/login").headers["Allow"] == "GET, HEAD, POST"


def test_no_login_stands_in_the_log(visitor):
    visitor.log_in("carlos", visitor.links[1])
    visitor("GET", "/demo/login?return=" + visitor.links[1])
    log = visitor.log.read_text()
    assert visitor.jar[NAME] not in log and visitor.links[1].removeprefix("/s/") not in log and "carlos" not in log


def test_without_demo_there_is_no_such_page(shop):
    for method in ("GET", "POST"):
        shop.public(method, "/demo/login").problem(404, "not-found")
