# SPDX-License-Identifier: Apache-2.0
"""Logins signed by an identity provider, checked with its key set."""

import json

import pytest
from joserfc import jwk, jwt

from logins import COMPANY_CLAIMS, OLGA, claims


@pytest.fixture
def provider(start, tmp_path):
    """A shop whose logins are ES256, checked with a JWKS file."""
    key, other = (jwk.ECKey.generate_key("P-256", {"kid": kid, "alg": "ES256", "use": "sig"}) for kid in ("now", "stranger"))
    spoiled = {"kty": "EC", "crv": "P-256", "kid": "spoiled", "x": "AA", "y": "AA"}
    (tmp_path / "jwks.json").write_text(json.dumps({"keys": [spoiled, key.as_dict(private=False)]}))
    issuer = {
        "issuer": "https://id.shop.example",
        "audience": "shop",
        "algorithms": ["ES256"],
        "jwks": str(tmp_path / "jwks.json"),
        "claims": COMPANY_CLAIMS,
    }
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
