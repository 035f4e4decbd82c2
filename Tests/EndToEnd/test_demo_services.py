# SPDX-License-Identifier: Apache-2.0
"""What the demo's storefront does on its server: logins for the script, shared carts, prices, stories, and the administrator's key."""

import json
import re
from base64 import urlsafe_b64decode

import pytest

from demo_server import FORM, DemoServer
from event_stream import EventStream

CART = "demo-cart"
PATHS = [
    ("GET", "/"),
    ("GET", "/demo"),
    ("GET", "/demo/demo.js"),
    ("GET", "/demo/demo.css"),
    ("GET", "/demo/stories"),
    ("POST", "/demo/again"),
    ("POST", "/demo/console"),
    ("POST", "/demo/resolve"),
    ("POST", "/demo/session"),
]


@pytest.fixture
def started(tmp_path):
    made = []

    def started(change=lambda text: text):
        made.append(DemoServer(tmp_path / f"demo-{len(made)}", change))
        return made[-1].start()

    yield started
    for server in made:
        server.kill()


@pytest.fixture
def demo(started):
    return started()


def own(demo):
    return {"Origin": demo.url}


def session(demo, person):
    return demo.public("POST", "/demo/session", headers=demo.as_person(person) | own(demo))


def done(demo):
    return demo.public.get("/demo/stories").ok()["done"]


def token(address):
    return address.rsplit("/", 1)[1]


def test_without_demo_there_is_nothing_of_it(shop):
    for method, path in PATHS:
        shop.public(method, path, headers={"Origin": shop.url}).problem(404, "not-found")


def test_the_bare_address_leads_to_the_shop(demo):
    answer = demo.public.get("/")
    assert (answer.status, answer.headers["Location"]) == (302, "/demo")


def test_a_session_is_a_short_login_of_who_was_chosen(demo):
    given = session(demo, "carlos").ok()
    assert given["person"] == {"id": "carlos", "name": "Carlos", "part": "works in Olivia's unit", "personId": "company-user:acme-carlos"}
    part = given["login"].split(".")[1]
    claims = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    assert given["expiresIn"] == claims["exp"] - claims["iat"] == 300
    assert [cart["name"] for cart in demo.public.get("/v1/carts", given["login"]).ok()["carts"]] == ["Meeting room"]


def test_other_pages_get_nothing(demo):
    """Another origin's page, one that hides its origin, and one whose name leads to this machine."""
    port = demo.ports[0]
    origins = [None, "null", "https://evil.example", f"http://localhost:{port}", f"{demo.url}.evil.example", f"http://evil.example:{port}"]
    for path in ("/demo/session", "/demo/console", "/demo/resolve", "/demo/again"):
        for origin in origins:
            headers = demo.as_person("olivia") | {"Sec-Fetch-Site": "same-origin"} | ({"Origin": origin} if origin else {})
            body = {"token": token(demo.links[0])} if path == "/demo/resolve" else {}
            answer = demo.public("POST", path, body, headers=headers)
            answer.problem(403, "permission-denied")
            assert demo.admin_key.encode() not in answer.everything


def test_a_page_whose_name_leads_here_gets_nothing(demo):
    """DNS rebinding: to the browser of such a page the demo is of the page's own origin; only Host tells."""
    port = demo.ports[0]
    for host in (f"evil.example:{port}", "evil.example", f"localhost:{port}", "127.0.0.1", f"0.0.1:{port}", str(port), ""):
        for path in ("/demo/session", "/demo/console", "/demo/resolve", "/demo/again"):
            body = {"token": token(demo.links[0])} if path == "/demo/resolve" else {}
            answer = demo.public("POST", path, body, headers=demo.as_person("olivia") | own(demo) | {"Host": host})
            assert answer.status in (400, 403) and demo.admin_key.encode() not in answer.everything, (host, path)
        for origin in ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "same-origin"}, own(demo)):
            answer = demo.public("POST", "/demo/login", b"person=olivia", None, FORM | origin | {"Host": host})
            assert answer.status in (400, 403) and answer.headers["Set-Cookie"] is None, (host, origin)
    assert demo.public("POST", "/demo/login", b"person=olivia", None, FORM | {"Sec-Fetch-Site": "same-origin"}).status == 303


def test_nobody_gets_no_session(demo):
    demo.public("POST", "/demo/session", headers=own(demo)).problem(401, "login-required")
    ended = {"Cookie": "cartlink_demo_login=eyJhbGciOiJIUzI1NiJ9.e30.x"}
    demo.public("POST", "/demo/session", headers=own(demo) | ended).problem(401, "login-invalid")
    demo.public("POST", "/demo/session", {"person": "olivia"}, headers=own(demo) | demo.as_person("carlos")).problem(422, "invalid-input")


def test_a_second_start_shows_the_same(demo):
    links, carts = demo.links, demo.public.get("/v1/carts", session(demo, "olivia").ok()["login"]).ok()
    assert len(set(links)) == 4 and len(carts["carts"]) == 2
    assert demo.stop() == 0
    demo.start()
    assert demo.links == links
    assert demo.public.get("/v1/carts", session(demo, "olivia").ok()["login"]).ok() == carts


def take_over(demo):
    dana = session(demo, "dana").ok()["login"]
    for deed, status in (("accept", 201), ("take-over", 200)):
        demo.public("POST", f"/v1/shared/{token(demo.links[3])}/{deed}", {}, dana).ok(status)
    return dana


def test_a_cart_that_went_to_dana_is_there_again_at_the_next_start(demo):
    take_over(demo)
    assert "take" in done(demo)
    first = demo.links
    assert demo.stop() == 0
    demo.start()
    assert demo.links[:3] == first[:3] and demo.links[3] != first[3]
    take_over(demo)


def test_starting_over_brings_the_cart_back_at_once(demo):
    dana = take_over(demo)
    since = demo.public("POST", "/demo/again", headers=own(demo)).ok()["now"]
    assert demo.public.get(f"/demo/stories?since={since}").ok()["done"] == []
    assert demo.public.get("/v1/carts", dana).ok()["carts"] == []
    demo.public.get("/demo/stories?since=yesterday").problem(400, "malformed-request")


def test_opening_a_link_in_the_shop(demo):
    """Table of who opens which of the printed links, and what the shop's server answers."""
    table = [
        (0, "olivia", "owner", True),
        (0, None, "guest", False),
        (0, "erik", "guest", False),
        (2, "carlos", "member", False),
        (3, "dana", "member", False),
    ]
    for link, person, relation, may_edit in table:
        headers = own(demo) | (demo.as_person(person) if person else {})
        found = demo.public("POST", "/demo/resolve", {"token": token(demo.links[link])}, headers=headers).ok()
        assert found["viewer"] == {"relation": relation, "canEdit": may_edit}, (link, person)
        assert found["allowTakeOver"] == (link == 3)
        assert found["cartId"] == ("demo-cart-for-dana" if link == 3 else CART)
    ask = lambda link, headers: demo.public("POST", "/demo/resolve", {"token": token(link)}, headers=headers)
    ask(demo.links[2], own(demo)).problem(401, "login-required")
    ask(demo.links[2], own(demo) | demo.as_person("erik")).problem(403, "not-a-member")
    ask("/s/cl1x", own(demo)).problem(404, "link-not-found")


def priced(demo, stream, login):
    """Reads the stream until the shop has pushed the edited cart; an edit and the push that follows soon may be told as one."""
    assert stream.next().name == "changed"
    while (cart := demo.public.get(f"/v1/carts/{CART}", login).ok()["cart"])["totals"].get("incomplete"):
        assert stream.next().name == "changed"
    return cart


def test_the_shop_prices_what_people_edit(demo):
    olivia = session(demo, "olivia").ok()["login"]
    stream = EventStream(demo, CART, olivia)
    add = lambda sku, **rest: demo.public("POST", f"/v1/carts/{CART}/items", {"sku": sku, "quantity": 2} | rest, olivia).ok(201)
    for sku in ("TEA-250", "SOMETHING-ELSE"):
        add(sku)
        cart = priced(demo, stream, olivia)
    assert [item["sku"] for item in cart["items"]] == ["KTL-17", "MUG-SET-6", "COF-1KG", "TEA-250"]
    tea = cart["items"][-1]
    assert (tea["name"], tea["unitPrice"], tea["total"]) == ("Black tea, 250 g", 890, 1780)
    assert cart["totals"] == {"items": 17740, "discount": -500, "shipping": 490, "tax": 4078, "grand": 21808}
    assert cart["note"] == "Please deliver before noon." and cart["customer"]["name"] == "Olivia Ortega"
    guest = demo.public.get(f"/v1/shared/{token(demo.links[0])}").ok()["cart"]
    assert guest["items"][-1]["name"] == "Black tea, 250 g" and guest["totals"] == {"items": 17740}


def test_carts_that_others_pushed_are_not_the_shops_business(demo):
    owner = {"userId": "olivia", "companyId": "acme", "businessUnitId": "buying", "companyUserId": "acme-olivia"}
    cart = {"currency": "EUR", "items": [], "totals": {"items": 0}}
    key = (demo.folder / "keys/demo/demo-storefront-key").read_text().strip()
    demo.public("PUT", "/v1/carts/another", {"owner": owner, "cart": cart}, key).ok(201)
    olivia = session(demo, "olivia").ok()["login"]
    demo.public("POST", "/v1/carts/another/items", {"sku": "TEA-250", "quantity": 1}, olivia).ok(201)
    stream = EventStream(demo, CART, olivia)
    demo.public("POST", f"/v1/carts/{CART}/items", {"sku": "TEA-250", "quantity": 1}, olivia).ok(201)
    # By the time the shop's own cart has its prices, it has looked at whatever it looks at.
    priced(demo, stream, olivia)
    assert demo.public.get("/v1/carts/another", olivia).ok()["cart"]["totals"] == {"items": 0, "incomplete": True}


KEY_OFFERED = b"Show the key"
TERMINAL = b"stands in the terminal"


def body(demo, **headers):
    """What the page shows, without the texts that its script may need."""
    page = demo.public.get("/demo", **headers)
    assert page.status == 200
    return page.body.split(b"<body", 1)[1].split(b">", 1)[1]


def key(demo, **headers):
    return demo.public("POST", "/demo/console", headers=own(demo) | headers)


def test_the_key_is_for_the_person_at_this_machine(demo):
    assert KEY_OFFERED in body(demo)
    assert key(demo).ok() == {"key": demo.admin_key}
    assert KEY_OFFERED not in body(demo, Host="evil.example")
    for name in ("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "CF-Connecting-IP"):
        assert KEY_OFFERED not in body(demo, **{name: "192.0.2.1"}), name
        key(demo, **{name: "for=192.0.2.1"}).problem(403, "not-allowed-here")


@pytest.mark.parametrize("listener", ["public", "admin"])
def test_the_key_is_not_shown_where_a_listener_is_open_to_others(started, listener):
    demo = started(lambda text: re.sub(rf"({listener}: {{ address: )127\.0\.0\.1", r"\g<1>0.0.0.0", text))
    assert demo.public.get("/health/live").status == 200 and "0.0.0.0" in (demo.folder / "config/demo/cartlink.yaml").read_text()
    assert KEY_OFFERED not in body(demo) and TERMINAL in body(demo)
    key(demo).problem(403, "not-allowed-here")


def test_the_key_is_not_shown_under_a_name_that_others_may_use(started):
    demo = started(lambda text: re.sub(r'url: "http://127\.0\.0\.1:(\d+)"', r'url: "http://links.shop.example:\1"', text))
    host = f"links.shop.example:{demo.ports[0]}"
    assert KEY_OFFERED not in body(demo, Host=host) and TERMINAL in body(demo, Host=host)
    demo.public("POST", "/demo/console", headers={"Origin": f"http://{host}", "Host": host}).problem(403, "not-allowed-here")


def test_no_secret_is_in_the_page_or_in_the_log(demo):
    page = demo.public.get("/demo", **demo.as_person("olivia"))
    login = session(demo, "olivia").ok()["login"]
    key(demo).ok()
    demo.public("POST", "/demo/resolve", {"token": token(demo.links[0])}, headers=own(demo)).ok()
    log = demo.log.read_text()
    for secret in [demo.admin_key, login] + [token(link) for link in demo.links]:
        assert secret.encode() not in page.everything and secret not in log
    assert page.headers["Cache-Control"] == "no-store" and "script-src 'self'" in page.headers["Content-Security-Policy"]
