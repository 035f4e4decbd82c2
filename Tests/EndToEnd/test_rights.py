# SPDX-License-Identifier: Apache-2.0
"""Every route with every wrong credential, what RFC 6750 asks for, and the rules for cookies."""

import json
from dataclasses import dataclass

import pytest
from joserfc import jwk, jwt

from logins import ANNA, BERT, EVA, claims, expired_login, login, signed
from server import KEYS, SCOPES

LINK = {"audience": "external", "access": "read-only"}


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    who: str
    body: dict | None = None

    def __str__(self):
        return f"{self.method} {self.path}"


ROUTES = [
    Route("PUT", "/v1/carts/{cart}", "carts:write", {"owner": ANNA.owner, "cart": {"items": []}}),
    Route("PUT", "/v1/carts/{cart}/state", "carts:write", {"state": "locked"}),
    Route("DELETE", "/v1/carts/{cart}", "carts:write"),
    Route("POST", "/v1/resolve", "links:resolve", {"token": "x"}),
    Route("GET", "/v1/carts/{cart}", "owner or carts:read"),
    Route("GET", "/v1/carts", "person"),
    Route("POST", "/v1/carts/{cart}/links", "owner or links:issue", LINK),
    Route("GET", "/v1/carts/{cart}/links", "owner or links:issue"),
    Route("GET", "/v1/links/{link}", "owner or links:issue"),
    Route("PATCH", "/v1/links/{link}", "owner or links:issue", {"label": "x"}),
    Route("DELETE", "/v1/links/{link}", "owner or links:issue"),
    Route("POST", "/v1/carts/{cart}/grants", "owner or links:issue", {"personId": "user:x", "access": "full"}),
    Route("GET", "/v1/carts/{cart}/grants", "owner or links:issue"),
    Route("PATCH", "/v1/grants/some-grant", "owner or links:issue", {"access": "full"}),
    Route("DELETE", "/v1/grants/some-grant", "owner or links:issue"),
    Route("POST", "/v1/carts/{cart}/items", "person", {"sku": "x", "quantity": 1}),
    Route("PATCH", "/v1/carts/{cart}/items/i1", "person", {"quantity": 1}),
    Route("DELETE", "/v1/carts/{cart}/items/i1", "person"),
    Route("GET", "/v1/carts/{cart}/comments", "person"),
    Route("POST", "/v1/carts/{cart}/comments", "person", {"text": "x"}),
    Route("DELETE", "/v1/carts/{cart}/comments/some-comment", "person"),
    Route("PUT", "/v1/company-users/someone", "directory:write", {"userId": "x", "companyId": "acme", "active": False}),
    Route("DELETE", "/v1/company-users/someone", "directory:write"),
    Route("GET", "/v1/shared/{token}", "anyone"),
    Route("GET", "/s/{token}", "anyone"),
    Route("POST", "/s/{token}/seen", "anyone"),
]
ADMIN_ROUTES = [
    Route("GET", "/admin/v1/links", "admin"),
    Route("DELETE", "/admin/v1/links/{link}", "admin"),
    Route("POST", "/admin/v1/links/{link}/pause", "admin"),
    Route("POST", "/admin/v1/links/{link}/resume", "admin"),
    Route("POST", "/admin/v1/revocations", "admin", {"selector": {"linkId": "{link}"}, "reason": "x"}),
    Route("POST", "/admin/v1/inspect", "admin", {"token": "{token}"}),
    Route("GET", "/admin/v1/audit", "admin"),
    Route("GET", "/admin/v1/keys", "admin"),
    Route("GET", "/admin/v1/webhooks", "admin"),
    Route("GET", "/admin/v1/webhooks/dead-letters", "admin"),
    Route("POST", "/admin/v1/webhooks/dead-letters/msg_x/retry", "admin"),
]
PRIVATE = [route for route in ROUTES if route.who != "anyone"]
by_name = dict(ids=str)


@pytest.fixture(scope="module")
def link(shop):
    return shop.link(shop.put())


@pytest.fixture(autouse=True)
def nothing_changes(shop, link):
    """Whatever a test of this file tries, the link and its cart stay as they were."""
    yield
    assert shop.shared(link).status == 200
    assert shop.public.get(f"/v1/links/{link['id']}", ANNA.login).ok() | {"opens": link["opens"]} == link
    assert shop.public.get(f"/v1/carts/{link['cartId']}", ANNA.login).ok()["state"] == "open"
    assert len(shop.public.get(f"/v1/carts/{link['cartId']}/links", ANNA.login).ok()["links"]) == 1
    assert shop.public.get(f"/v1/carts/{link['cartId']}/grants", ANNA.login).ok()["grants"] == []


def call(listener, route, link, bearer=None, headers=None):
    places = {"cart": link["cartId"], "link": link["id"], "token": link["token"]}
    body = route.body and json.dumps(route.body).replace("{link}", link["id"]).replace("{token}", link["token"]).encode()
    return listener(route.method, route.path.format(**places), body, bearer, headers)


@pytest.mark.parametrize("route", PRIVATE, **by_name)
def test_no_credentials(shop, link, route):
    answer = call(shop.public, route, link)
    answer.problem(401, "login-required", "key-invalid")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


BAD_LOGINS = {
    "garbage": lambda: "x",
    "empty": lambda: "",
    "three dots": lambda: "a.b.c",
    "unknown service key": lambda: "k" * 40,
    "key with a changed end": lambda: KEYS["storefront"][:-1] + "g",
    "expired": lambda: expired_login(ANNA),
    "not yet valid": lambda: login(ANNA, nbf=4_000_000_000),
    "no expiry": lambda: login(ANNA, exp=None),
    "other issuer": lambda: login(ANNA, iss="else"),
    "no issuer": lambda: login(ANNA, iss=None),
    "other audience": lambda: login(ANNA, aud="else"),
    "no audience": lambda: login(ANNA, aud=None),
    "no subject": lambda: login(ANNA, sub=None),
    "odd subject": lambda: login(ANNA, sub="../anna"),
    "number as subject": lambda: login(ANNA, sub=7),
    "other key": lambda: jwt.encode({"alg": "HS256"}, claims(ANNA), jwk.OctKey.import_key("z" * 40)),
    "none": lambda: "eyJhbGciOiJub25lIn0." + login(ANNA).split(".")[1] + ".",
    "HS512": lambda: signed({"alg": "HS512"}, claims(ANNA), "sha512"),
    "HS512 said to be HS256": lambda: signed({"alg": "HS256"}, claims(ANNA), "sha512"),
    "crit": lambda: signed({"alg": "HS256", "crit": ["x"], "x": 1}, claims(ANNA)),
    "crit of a known name": lambda: signed({"alg": "HS256", "crit": ["alg"]}, claims(ANNA)),
    "no alg": lambda: signed({"typ": "JWT"}, claims(ANNA)),
    "cut signature": lambda: ANNA.login[:-4],
}


@pytest.mark.parametrize("name", BAD_LOGINS)
@pytest.mark.parametrize("route", [ROUTES[0], ROUTES[4], ROUTES[6], ROUTES[10], *ROUTES[-2:]], **by_name)
def test_bad_logins_are_never_anonymous(shop, link, route, name):
    answer = call(shop.public, route, link, BAD_LOGINS[name]())
    assert answer.status == 401
    if route.path[:3] == "/v1":
        answer.problem(401, "login-invalid", "key-invalid")
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"] and answer.headers["WWW-Authenticate"].startswith("Bearer ")


@pytest.mark.parametrize("route", PRIVATE, **by_name)
def test_expired_logins(shop, link, route):
    call(shop.public, route, link, expired_login(ANNA)).problem(401, "login-invalid", "key-invalid")


@pytest.mark.parametrize("header", ["Basic YW5uYTp4", "Bearer", "Bearer a b", "bearer\tx", "Token abc", "Bearer x, Bearer y"])
def test_other_schemes_are_no_login(shop, link, header):
    for route in (ROUTES[4], ROUTES[11]):
        assert call(shop.public, route, link, headers={"Authorization": header}).status in (400, 401)


def test_the_scheme_ignores_case(shop, link):
    assert shop.public.get("/v1/carts", Authorization=f"bearer {ANNA.login}").status == 200


@pytest.mark.parametrize("route", [route for route in PRIVATE if route.who.startswith("owner")], **by_name)
def test_other_people_learn_nothing(shop, link, route):
    """A stranger's answer about a real cart or link is the one about a made-up id."""
    # The halves of an id, the other way round, are an id again.
    made_up = {"cartId": "no-such-cart", "id": link["id"][11:] + link["id"][:11], "token": link["token"]}
    for stranger in (EVA, BERT):
        answer = call(shop.public, route, link, stranger.login)
        answer.problem(404, "cart-not-found" if "carts" in route.path else "link-not-found", "not-found")
        assert answer.without_request_id() == call(shop.public, route, made_up, stranger.login).without_request_id()


@pytest.mark.parametrize("route", [route for route in PRIVATE if "owner" not in route.who and route.who != "person"], **by_name)
def test_people_do_no_services_work(shop, link, route):
    answer = call(shop.public, route, link, ANNA.login)
    answer.problem(403, "scope-missing", "permission-denied")


FOREIGN = [(name, route) for name in SCOPES if name != "storefront" for route in PRIVATE if SCOPES[name][0] not in route.who]


@pytest.mark.parametrize("name, route", FOREIGN, **by_name)
def test_services_keep_to_their_scopes(shop, link, name, route):
    answer = call(shop.public, route, link, KEYS[name], {"On-Behalf-Of": ANNA.subject})
    if route.who == "person":
        assert answer.problem(answer.status)["code"] in ("login-required", "permission-denied", "scope-missing")
    else:
        answer.problem(403, "scope-missing")
        assert 'error="insufficient_scope"' in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("route", ADMIN_ROUTES, **by_name)
def test_the_admin_listener_wants_an_admin_key(shop, link, route):
    bare = call(shop.admin, route, link)
    bare.problem(401, "login-required", "key-invalid")
    assert bare.headers["WWW-Authenticate"] == "Bearer"
    invalid = call(shop.admin, route, link, "k" * 40)
    invalid.problem(401, "key-invalid", "login-invalid")
    assert 'error="invalid_token"' in invalid.headers["WWW-Authenticate"]
    call(shop.admin, route, link, KEYS["storefront"]).problem(403, "scope-missing")
    assert call(shop.admin, route, link, ANNA.login).status in (401, 403)
    assert call(shop.public, route, link, KEYS["ops"]).status == 404


@pytest.mark.parametrize("route", PRIVATE, **by_name)
def test_the_admin_listener_has_no_shop_routes(shop, link, route):
    assert call(shop.admin, route, link, KEYS["ops"]).status == 404


def test_metrics_and_health_need_no_key(shop):
    assert shop.admin.get("/metrics").status == shop.admin.get("/health/live").status == shop.public.get("/health/ready").status == 200
    assert shop.public.get("/metrics").status == 404
    assert len(shop.public.get("/health/ready").body) < 100


@pytest.mark.parametrize("route", ROUTES, **by_name)
def test_a_login_in_the_query_is_refused(shop, link, route):
    for bearer in (None, ANNA.login):
        answer = call(shop.public, Route(route.method, route.path + "?access_token=" + ANNA.login, route.who, route.body), link, bearer)
        assert answer.status == 400
        assert ANNA.login not in answer.everything.decode()
