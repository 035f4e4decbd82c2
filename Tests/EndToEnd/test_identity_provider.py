# SPDX-License-Identifier: Apache-2.0
"""Logins signed by an identity provider, checked with its key set."""

import concurrent.futures
import http.server
import json
import threading

import pytest
from joserfc import jwk, jwt

from logins import ANNA, COMPANY_CLAIMS, OLGA, Person, claims

ISSUER = {"issuer": "https://id.shop.example", "audience": "shop", "algorithms": ["ES256"], "claims": COMPANY_CLAIMS}


@pytest.fixture
def provider(start, tmp_path):
    """A shop whose logins are ES256, checked with a JWKS file."""
    key, other = (jwk.ECKey.generate_key("P-256", {"kid": kid, "alg": "ES256", "use": "sig"}) for kid in ("now", "stranger"))
    spoiled = {"kty": "EC", "crv": "P-256", "kid": "spoiled", "x": "AA", "y": "AA"}
    (tmp_path / "jwks.json").write_text(json.dumps({"keys": [spoiled, key.as_dict(private=False)]}))
    issuer = ISSUER | {"jwks": str(tmp_path / "jwks.json")}
    server = start({"identity": {"issuers": [issuer]}})

    def sign(header=None, signer=key, **changes):
        values = claims(OLGA, **({"iss": "https://id.shop.example", "aud": "shop"} | changes))
        return jwt.encode({"alg": "ES256", "kid": "now"} | (header or {}), values, signer)

    return server, sign, other, key


def test_es256_logins_from_a_key_set(provider):
    server, sign, other, key = provider
    cart_id = server.put(OLGA)
    read = lambda bearer: server.public.get(f"/v1/carts/{cart_id}", bearer)
    assert read(sign()).ok()["viewer"]["relation"] == "owner"
    assert read(sign(aud=["else", "shop"])).status == 200
    public = json.dumps(key.as_dict(private=False))
    confused = jwt.encode(
        {"alg": "HS256", "kid": "now"}, claims(OLGA, iss="https://id.shop.example", aud="shop"), jwk.OctKey.import_key(public)
    )
    wrong = {
        "no kid": jwt.encode({"alg": "ES256"}, claims(OLGA, iss="https://id.shop.example", aud="shop"), key),
        "unknown kid": sign({"kid": "../now"}),
        "stranger": sign(signer=other),
        "stranger's kid": sign({"kid": "stranger"}, other),
        "embedded key": sign({"jwk": other.as_dict(private=False)}, other),
        "confused": confused,
        "development": OLGA.login,
        "spoiled": sign({"kid": "spoiled"}),
    }
    for name, bearer in wrong.items():
        assert read(bearer).problem(401, "login-invalid"), name
    head, payload, signature = sign().split(".")
    for place in (0, 10, 85):
        changed = signature[:place] + ("A" if signature[place] != "A" else "B") + signature[place + 1 :]
        read(f"{head}.{payload}.{changed}").problem(401, "login-invalid")


class KeySetServer:
    """Serves a key set over HTTP and counts how often it was fetched."""

    def __init__(self, *keys):
        self.keys, self.fetches, outer = keys, 0, self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.fetches += 1
                body = json.dumps({"keys": [key.as_dict(private=False) for key in outer.keys]}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/jwks.json"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def new_key(kid):
    return jwk.ECKey.generate_key("P-256", {"kid": kid, "alg": "ES256", "use": "sig"})


def sign(key, person=OLGA, header=None, **changes):
    values = claims(person, **({"iss": ISSUER["issuer"], "aud": ISSUER["audience"]} | changes))
    return jwt.encode({"alg": "ES256", "kid": key.kid} | (header or {}), values, key)


def test_a_key_set_is_fetched_seldom_and_kept_while_it_cannot_be_had(start):
    key, stranger = new_key("now"), new_key("stranger")
    provider = KeySetServer(key)
    server = start({"identity": {"issuers": [ISSUER | {"jwks": provider.url}]}})
    read = lambda bearer: server.public.get("/v1/carts", bearer).status
    try:
        assert [read(sign(key)) for _ in range(20)] == [200] * 20 and provider.fetches == 1
        with concurrent.futures.ThreadPoolExecutor(8) as clients:
            unknown = list(clients.map(read, [sign(stranger)] * 100))
        assert unknown == [401] * 100 and provider.fetches <= 2
        assert read(sign(stranger, header={"jku": provider.url, "x5u": provider.url})) == 401 and provider.fetches <= 2
        provider.keys = []
    finally:
        provider.close()
    assert read(sign(key)) == 200


def test_a_new_key_is_found_without_a_restart(start):
    old, new = new_key("old"), new_key("new")
    provider = KeySetServer(old)
    server = start({"identity": {"issuers": [ISSUER | {"jwks": provider.url}]}})
    try:
        provider.keys = [old, new]
        assert [server.public.get("/v1/carts", sign(key)).status for key in (new, old)] == [200, 200]
    finally:
        provider.close()


def test_the_same_subject_of_two_issuers_is_two_people(prepare, tmp_path):
    key = new_key("now")
    (tmp_path / "jwks.json").write_text(json.dumps({"keys": [key.as_dict(private=False)]}))
    issuer = ISSUER | {"jwks": str(tmp_path / "jwks.json")}
    server = prepare()
    (development,) = server.settings["identity"]["issuers"]
    for prefixes in ((None, None), ("a-", "a-")):
        both = [one | ({"prefix": prefix} if prefix else {}) for one, prefix in zip((development, issuer), prefixes, strict=True)]
        server.configure(server.settings | {"identity": {"issuers": both}})
        assert server.run("check").returncode == 78
    server.configure(server.settings | {"identity": {"issuers": [development | {"prefix": "dev-"}, issuer | {"prefix": "id-"}]}})
    server.start()
    cart_id = server.put(Person("id-anna"))
    read = lambda bearer: server.public.get(f"/v1/carts/{cart_id}", bearer).status
    assert read(sign(key, ANNA)) == 200
    assert read(ANNA.login) == read(Person("id-anna").login) == 404
