# SPDX-License-Identifier: Apache-2.0
"""Makes logins.json: tokens and keys of another implementation (PyPI's joserfc) for the tests of Logins.

Run `python3 make_fixtures.py` in this folder; it needs joserfc 1.6 or later. Keys are made anew and private parts are not
kept, so every run writes another file. All keys and secrets are for tests only.
"""

import base64
import hashlib
import hmac
import json
import pathlib

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from joserfc import jws, jwt
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

NOW = 1_800_000_000
ISSUER = "https://id.shop.example"
AUDIENCE = "shop"
ALGORITHMS = ["ES256", "RS256", "PS256", "EdDSA", "HS256", "ES384"]
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
ED25519_ORDER = 2**252 + 27742317777372353535851937790883648493


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def claims(**changes):
    base = {
        "iss": ISSUER, "aud": AUDIENCE, "sub": "ann", "company_id": "acme", "business_unit_id": "paris",
        "company_user_id": "acme-ann", "iat": NOW - 10, "nbf": NOW - 10, "exp": NOW + 600,
    }
    base.update(changes)
    return base


def token(alg, kid, key, **header):
    fields = {"alg": alg, "typ": "JWT", "kid": kid, **header}
    if kid is None:
        del fields["kid"]
    return jwt.encode(fields, claims(), key, algorithms=ALGORITHMS)


def by_hand(header, sign, payload=None):
    """A token whose signature our own function makes, for what a good library refuses to write."""
    start = b64(json.dumps(header).encode()) + "." + b64(json.dumps(payload or claims()).encode())
    return start + "." + b64(sign(start.encode()))


def public(key, kid, **members):
    entry = {**key.as_dict(private=False), "kid": kid, **members}
    return {name: value for name, value in entry.items() if value is not None}


es, es_next = (ECKey.generate_key("P-256") for _ in range(2))
p384 = ECKey.generate_key("P-384")
rs, ps, rsa_plain = (RSAKey.generate_key(2048) for _ in range(3))
rsa_3 = RSAKey.import_key(
    rsa.generate_private_key(3, 2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
)
rsa_4096 = RSAKey.generate_key(4096)
rsa_1024 = RSAKey.generate_key(1024)
ed = OKPKey.generate_key("Ed25519")
x25519 = OKPKey.generate_key("X25519")
secret = hashlib.sha256(b"a secret for tests only").digest() + b"!"
shared = OctKey.import_key(secret)

good_keys = [
    public(es, "es", alg="ES256", use="sig"),
    public(rs, "rs", alg="RS256", use="sig"),
    public(ps, "ps", alg="PS256", key_ops=["verify"]),
    public(ed, "ed", alg="EdDSA"),
    public(rsa_plain, "rsa"),
    public(rsa_3, "rsa-e3", alg="RS256"),
    public(rsa_4096, "rsa-4096", alg="RS256"),
]

valid = {
    "es256": token("ES256", "es", es),
    "rs256": token("RS256", "rs", rs),
    "ps256": token("PS256", "ps", ps),
    "eddsa": token("EdDSA", "ed", ed),
    "rs256 by a key without alg": token("RS256", "rsa", rsa_plain),
    "ps256 by a key without alg": token("PS256", "rsa", rsa_plain),
    "rs256 with exponent 3": token("RS256", "rsa-e3", rsa_3),
    "rs256 of 4096 bits": token("RS256", "rsa-4096", rsa_4096),
    "es256 access token": token("ES256", "es", es, typ="at+jwt"),
    "es256 with keys in the header": token(
        "ES256", "es", es, jku="https://evil.example/keys", x5u="https://evil.example/chain", jwk=public(es_next, "es"), x5c=["MIIB"],
    ),
}

# What a fixture is refused for, by name of the fault.
rs_private = rs.private_key
ps_private = ps.private_key
es_private = es.private_key
sha256 = hashes.SHA256()
rs_header = {"alg": "RS256", "kid": "rs"}
ps_header = {"alg": "PS256", "kid": "ps"}
es_header = {"alg": "ES256", "kid": "es"}


def es_parts(data):
    return utils.decode_dss_signature(es_private.sign(data, ec.ECDSA(sha256)))


def es_der(data):
    return utils.encode_dss_signature(*es_parts(data))


def es_raw(change, size=32):
    def sign(data):
        r, s = change(*es_parts(data))
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")

    return sign


def ed_malleated(data):
    raw = ed.private_key.sign(data)
    s = int.from_bytes(raw[32:], "little") + ED25519_ORDER
    return raw[:32] + s.to_bytes(32, "little")


def pss(salt, mgf=None, digest=None):
    digest = digest or sha256
    return lambda data: ps_private.sign(data, padding.PSS(padding.MGF1(mgf or digest), salt), digest)


def pkcs1(digest):
    return lambda data: rs_private.sign(data, padding.PKCS1v15(), digest)


refused = {}


def refuse(name, fault, text):
    refused[name] = {"fault": fault, "token": text}


def hmac_with(key):
    return lambda data: hmac.new(key, data, "sha256").digest()


rs_public = rs.public_key
spki = serialization.PublicFormat.SubjectPublicKeyInfo
rsa_texts = {
    "pem": rs_public.public_bytes(serialization.Encoding.PEM, spki),
    "pem without last newline": rs_public.public_bytes(serialization.Encoding.PEM, spki).strip(),
    "pkcs1 pem": rs_public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.PKCS1),
    "der": rs_public.public_bytes(serialization.Encoding.DER, spki),
    "jwk": json.dumps(public(rs, "rs", alg="RS256", use="sig")).encode(),
    "modulus": base64.urlsafe_b64decode(rs.as_dict()["n"] + "=="),
    "nothing": b"",
}
for name, text in rsa_texts.items():
    refuse(f"hs256 over the rsa key as {name}", "algorithmNotAllowed", by_hand({"alg": "HS256", "kid": "rs"}, hmac_with(text)))

for name in ["none", "None", "NONE", "nOnE", "", "es256", "ES256 ", "ES384", "RS512", "HS512", "Ed25519", "ES256K"]:
    refuse(f"alg '{name}' without signature", "algorithmNotAllowed", by_hand({"alg": name, "kid": "es"}, lambda data: b""))
    refuse(f"alg '{name}' with a good signature", "algorithmNotAllowed", by_hand({"alg": name, "kid": "es"}, es_raw(lambda r, s: (r, s))))
refuse("no alg", "algorithmNotAllowed", by_hand({"kid": "es"}, es_raw(lambda r, s: (r, s))))
for name, value in {"null": None, "number": 256, "array": ["ES256"], "true": True}.items():
    refuse(f"alg is {name}", "algorithmNotAllowed", by_hand({"alg": value, "kid": "es"}, es_raw(lambda r, s: (r, s))))

# A good signature by the key, but not by the key's algorithm.
refuse("ps256 by an rs256 key", "algorithmNotAllowed", token("PS256", "rs", RSAKey.import_key(rs.as_dict(private=True))))
refuse("rs256 by a ps256 key", "algorithmNotAllowed", token("RS256", "ps", RSAKey.import_key(ps.as_dict(private=True))))
refuse("es256 header, ed25519 key", "algorithmNotAllowed", by_hand({"alg": "ES256", "kid": "ed"}, ed.private_key.sign))
refuse("eddsa header, p-256 key", "algorithmNotAllowed", by_hand({"alg": "EdDSA", "kid": "es"}, es_raw(lambda r, s: (r, s))))

refuse("rs256 header over a pss signature", "badSignature", by_hand({"alg": "RS256", "kid": "rsa"}, lambda data: rsa_plain.private_key.sign(data, padding.PSS(padding.MGF1(sha256), 32), sha256)))
refuse("ps256 header over a pkcs1 signature", "badSignature", by_hand({"alg": "PS256", "kid": "rsa"}, lambda data: rsa_plain.private_key.sign(data, padding.PKCS1v15(), sha256)))
refuse("signed by another key of the set", "badSignature", token("ES256", "es", es_next))
for size in [0, 20, 31, 33, 64]:
    refuse(f"pss salt of {size}", "badSignature", by_hand(ps_header, pss(size)))
refuse("pss with sha-1 masks", "badSignature", by_hand(ps_header, pss(32, mgf=hashes.SHA1())))
refuse("pss with sha-512", "badSignature", by_hand(ps_header, pss(32, digest=hashes.SHA512())))
refuse("pkcs1 with sha-1", "badSignature", by_hand(rs_header, pkcs1(hashes.SHA1())))
refuse("pkcs1 with sha-512", "badSignature", by_hand(rs_header, pkcs1(hashes.SHA512())))
refuse("rsa signature behind a zero byte", "badSignature", by_hand(rs_header, lambda data: b"\0" + pkcs1(sha256)(data)))
refuse("rsa signature without its last byte", "badSignature", by_hand(rs_header, lambda data: pkcs1(sha256)(data)[:-1]))
refuse("rsa signature plus a byte", "badSignature", by_hand(rs_header, lambda data: pkcs1(sha256)(data) + b"\0"))
refuse("rsa signature of zeros", "badSignature", by_hand(rs_header, lambda data: bytes(256)))
refuse("rsa signature of one", "badSignature", by_hand(rs_header, lambda data: bytes(255) + b"\1"))
refuse("es256 in der", "badSignature", by_hand(es_header, es_der))
refuse("es256 with r and s of 33 bytes", "badSignature", by_hand(es_header, es_raw(lambda r, s: (r, s), 33)))
refuse("es256 with r = s = 0", "badSignature", by_hand(es_header, lambda data: bytes(64)))
refuse("es256 with r = 0", "badSignature", by_hand(es_header, es_raw(lambda r, s: (0, s))))
refuse("es256 with s = 0", "badSignature", by_hand(es_header, es_raw(lambda r, s: (r, 0))))
refuse("es256 with r = s = n", "badSignature", by_hand(es_header, es_raw(lambda r, s: (P256_ORDER, P256_ORDER))))
refuse("es256 with r = s = 1", "badSignature", by_hand(es_header, es_raw(lambda r, s: (1, 1))))
refuse("es256 with r and s swapped", "badSignature", by_hand(es_header, es_raw(lambda r, s: (s, r))))
refuse("es256 without signature", "badSignature", by_hand(es_header, lambda data: b""))
refuse("es256 cut to 63 bytes", "badSignature", by_hand(es_header, lambda data: es_raw(lambda r, s: (r, s))(data)[:63]))
refuse("ed25519 with s + L", "badSignature", by_hand({"alg": "EdDSA", "kid": "ed"}, ed_malleated))
refuse("ed25519 of zeros", "badSignature", by_hand({"alg": "EdDSA", "kid": "ed"}, lambda data: bytes(64)))

good_sign = es_raw(lambda r, s: (r, s))
for name, header in {
    "crit exp": {"crit": ["exp"], "exp": NOW + 600},
    "crit unknown": {"crit": ["http://example.invalid/undefined"], "http://example.invalid/undefined": True},
    "crit empty": {"crit": []},
    "crit null": {"crit": None},
    "crit b64": {"crit": ["b64"], "b64": True},
    "b64 false": {"b64": False},
    "b64 null": {"b64": None},
    "typ logout+jwt": {"typ": "logout+jwt"},
    "typ id_token+jwt": {"typ": "id_token+jwt"},
    "typ secevent+jwt": {"typ": "secevent+jwt"},
    "typ dpop+jwt": {"typ": "dpop+jwt"},
    "typ JOSE": {"typ": "JOSE"},
    "typ empty": {"typ": ""},
}.items():
    refuse(name, "unsupportedHeader", by_hand({**es_header, **header}, good_sign))

for name, header in {
    "no kid": {"alg": "ES256"},
    "unknown kid": {"alg": "ES256", "kid": "gone"},
    "empty kid": {"alg": "ES256", "kid": ""},
    "kid of other case": {"alg": "ES256", "kid": "ES"},
    "kid with a zero byte": {"alg": "ES256", "kid": "es\0"},
    "kid as a path": {"alg": "ES256", "kid": "../../../../dev/null"},
    "kid as sql": {"alg": "ES256", "kid": "' OR 1=1 --"},
    "kid of 4 kB": {"alg": "ES256", "kid": "e" * 4096},
    "no kid, but a jwk": {"alg": "ES256", "jwk": public(es, "es")},
    "unknown kid, but a jku": {"alg": "ES256", "kid": "gone", "jku": "https://evil.example/jwks.json"},
}.items():
    refuse(name, "unknownKey", by_hand(header, good_sign))
for name, kid in {"kid is a number": 1, "kid is null": None, "kid is an array": ["es"]}.items():
    refuse(name, "malformed", by_hand({"alg": "ES256", "kid": kid}, good_sign))
refuse("kid of 10 kB", "malformed", by_hand({"alg": "ES256", "kid": "e" * 10_240}, good_sign))
refuse("typ is a number", "malformed", by_hand({**es_header, "typ": 1}, good_sign))

head, body, signature = valid["es256"].split(".")
refuse("4 segments", "malformed", f"{head}.{body}.{signature}.{signature}")
refuse("5 segments", "malformed", f"{head}.{body}.{signature}.{signature}.{signature}")
refuse("2 segments", "malformed", f"{head}.{body}")
refuse("1 segment", "malformed", head)
refuse("dots only", "malformed", "..")
refuse("nothing", "malformed", "")
refuse("a dot behind", "malformed", valid["es256"] + ".")
refuse("a dot before", "malformed", "." + valid["es256"])
refuse("no header", "malformed", f".{body}.{signature}")
refuse("no claims", "malformed", f"{head}..{signature}")
refuse("flattened json", "malformed", json.dumps({"protected": head, "payload": body, "signature": signature}))
refuse("general json", "malformed", json.dumps({"payload": body, "signatures": [{"protected": head, "signature": signature}]}))
refuse("detached payload", "malformed", f"{head}..{signature}")
refuse("padded header", "malformed", f"{head}=.{body}.{signature}")
refuse("padded signature", "malformed", f"{head}.{body}.{signature}==")
refuse("space before", "malformed", " " + valid["es256"])
refuse("newline behind", "malformed", valid["es256"] + "\n")
refuse("bearer before", "malformed", "Bearer " + valid["es256"])
standard = base64.b64encode(base64.urlsafe_b64decode(signature + "==")).decode().rstrip("=")
if standard == signature:
    raise SystemExit("the signature has no - or _ by chance: run again")
refuse("standard base64", "malformed", f"{head}.{body}.{standard}")

key_sets = {
    "good": {"keys": good_keys},
    "one": {"keys": [public(es, "es", alg="ES256")]},
    "overlap": {"keys": [public(es, "es", alg="ES256"), public(es_next, "es-next", alg="ES256")]},
    "next": {"keys": [public(es_next, "es-next", alg="ES256")]},
}
rotated = {"es": token("ES256", "es", es), "es-next": token("ES256", "es-next", es_next)}

es_public = public(es, "bad")
n, e = (rs.as_dict()[name] for name in ["n", "e"])
other_y = public(es_next, "bad")["y"]
bad_keys = {
    "rsa of 1024 bits": public(rsa_1024, "bad", alg="RS256"),
    "p-384": public(p384, "bad", alg="ES384"),
    "p-384 called es256": public(p384, "bad", alg="ES256"),
    "p-384 called p-256": public(p384, "bad", crv="P-256"),
    "x25519": public(x25519, "bad"),
    "oct": {"kty": "oct", "k": b64(secret), "kid": "bad", "alg": "HS256"},
    "no kty": {**es_public, "kty": None},
    "kty ec in lower case": {**es_public, "kty": "ec"},
    "no kid": {name: value for name, value in es_public.items() if name != "kid"},
    "empty kid": {**es_public, "kid": ""},
    "kid is a number": {**es_public, "kid": 7},
    "for encryption": {**es_public, "use": "enc"},
    "use is null": {**es_public, "use": None},
    "for signing only": {**es_public, "key_ops": ["sign"]},
    "key_ops is a text": {**es_public, "key_ops": "verify"},
    "key_ops is empty": {**es_public, "key_ops": []},
    "alg is a number": {**es_public, "alg": 256},
    "alg is null": {**es_public, "alg": None},
    "alg of another type": {**es_public, "alg": "RS256"},
    "alg none": {**es_public, "alg": "none"},
    "alg hs256": {**es_public, "alg": "HS256"},
    "point off the curve": {**es_public, "y": other_y},
    "coordinate of 31 bytes": {**es_public, "x": b64(b"\1" * 31)},
    "coordinate of 33 bytes": {**es_public, "x": b64(b"\0" + base64.urlsafe_b64decode(es_public["x"] + "=="))},
    "no y": {name: value for name, value in es_public.items() if name != "y"},
    "padded x": {**es_public, "x": es_public["x"] + "="},
    "rsa without exponent": {"kty": "RSA", "n": n, "kid": "bad"},
    "rsa with exponent 0": {"kty": "RSA", "n": n, "e": b64(b"\0"), "kid": "bad"},
    "rsa with exponent 1": {"kty": "RSA", "n": n, "e": b64(b"\1"), "kid": "bad"},
    "rsa with exponent 2": {"kty": "RSA", "n": n, "e": b64(b"\2"), "kid": "bad"},
    "rsa with an exponent of 33 bits": {"kty": "RSA", "n": n, "e": b64(b"\1\0\0\0\1"), "kid": "bad"},
    "rsa with an even modulus": {"kty": "RSA", "n": b64(b"\xff" * 255 + b"\xfe"), "e": e, "kid": "bad"},
    "rsa of 2047 bits": {"kty": "RSA", "n": b64(b"\x7f" + b"\xff" * 255), "e": e, "kid": "bad"},
    "rsa of 8200 bits": {"kty": "RSA", "n": b64(b"\xff" * 1025), "e": e, "kid": "bad"},
    "rsa with n as a number": {"kty": "RSA", "n": 65537, "e": e, "kid": "bad"},
    "ed25519 of 31 bytes": {"kty": "OKP", "crv": "Ed25519", "x": b64(b"\1" * 31), "kid": "bad"},
    "ed448": {"kty": "OKP", "crv": "Ed448", "x": b64(b"\1" * 57), "kid": "bad"},
    "a text": "key",
    "null": None,
    "an array": [es_public],
}

output = {
    "now": NOW,
    "issuer": ISSUER,
    "audience": AUDIENCE,
    "secret": b64(secret),
    "hs256": jwt.encode({"alg": "HS256", "typ": "JWT"}, claims(), shared, algorithms=ALGORITHMS),
    "keySets": {name: json.dumps(value) for name, value in key_sets.items()},
    "badKeys": {name: json.dumps(value) for name, value in bad_keys.items()},
    "keyWithPrivateMember": json.dumps({**public(es, "es"), "d": b64(bytes(range(32)))}),
    "rsa1024Token": by_hand({"alg": "RS256", "kid": "bad"}, lambda data: rsa_1024.private_key.sign(data, padding.PKCS1v15(), sha256)),
    "valid": valid,
    "refused": refused,
    "rotated": rotated,
}
pathlib.Path(__file__).with_name("logins.json").write_text(json.dumps(output, indent=1, ensure_ascii=True) + "\n")
print(len(valid), "valid,", len(refused), "refused,", len(bad_keys), "bad keys")
