# SPDX-License-Identifier: Apache-2.0
"""No token, login, key or personal data in logs, metrics, error bodies, or where they don't belong in the data folder."""

import json
import re

import pytest

import carts
from logins import ANNA, BERT, EVA, OLGA, expired_login
from server import KEYS, Server

FORM = "application/x-www-form-urlencoded"
TOKEN, JWT = re.compile(rb"cl1[0-9A-Za-z]{20,}"), re.compile(rb"eyJ[A-Za-z0-9_-]{10,}")


def secrets(data):
    """What of all that must stay secret the bytes hold."""
    found = TOKEN.findall(data) + JWT.findall(data) + [key.encode() for key in KEYS.values() if key.encode() in data]
    return found + carts.leaks(data)


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """A stopped server after a little of everything, all the errors it answered, and its metrics."""
    server = Server(tmp_path_factory.mktemp("secrets")).start()
    try:
        yield server, *a_little_of_everything(server)
    finally:
        server.kill()


def a_little_of_everything(server):
    public, service = server.public, KEYS["storefront"]
    cart_id = server.put(cart=carts.with_canaries())
    link, internal = (
        server.link(cart_id, label="kanarie"),
        server.link(server.put(OLGA, carts.with_canaries()), OLGA, audience="internal", access="full"),
    )
    token, odd = link["token"], b'kanarie\r\n\x1b[31m"}{'.hex()
    errors = [
        server.shared(internal),
        server.shared(internal, EVA),
        public.get(f"/v1/shared/{token[:-1]}"),
        public.get(f"/s/{token}x"),
        public.get(f"/v1/shared/{token}/x"),
    ]
    for body in (
        b'{"cart":{"customer":{"email":"kanarie@example.com"',
        b'{"cart":{"note":"kanarie","note":"kanarie"}}',
        {"colour": "kanarie", "cart": {}},
        {"cart": {}, "owner": {"userId": "kanarie 5550917364"}},
    ):
        errors.append(public("PUT", "/v1/carts/other", body, service))
    errors += [
        public.get("/v1/carts", expired_login(ANNA)),
        public.get("/v1/carts", ANNA.login[:-3]),
        public.get("/v1/carts", service[:-1] + "f"),
        public.get(f"/v1/carts?access_token={ANNA.login}"),
        public.get(f"/v1/shared/{token}?access_token={ANNA.login}&email=kanarie@example.com"),
        public.get(f"/nope/{token}"),
        public.get("/kanarie/" + token),
        public("PUT", f"/s/{token}"),
        public("POST", f"/s/{token}/accept", f"form={token}&{ANNA.login}=kanarie".encode(), ANNA.login, {"Content-Type": FORM}),
        public("BREW", f"/s/{token}"),
        public("GET", f"/s/{token}", headers={"X-Long": token * 400}),
        public.get(f"/s/{token}" + "x" * 9000),
        public("GET", "/v1/carts", headers={"Authorization": f"Basic {token}"}),
        public("POST", "/v1/resolve", {"token": token[:-1] + "-"}, service),
        public("POST", "/v1/resolve", {"url": f"https://evil.example/s/{token}x"}, service),
        server.ask_link(cart_id, audience="external", access="read-only", label={"kanarie": token}),
        server.ask_link("kanarie", audience="external", access="read-only"),
        server.change(link, access="kanarie"),
        server.administer("GET", "links?status=kanarie"),
    ]
    for viewer in (None, ANNA, EVA, BERT, OLGA):
        for one in (link, internal):
            server.shared(one, viewer), server.page(one, viewer), server.resolve(one, viewer)
    public(
        "GET",
        f"/s/{token}?kanarie=1",
        headers={
            "User-Agent": "kanarie",
            "Referer": f"https://x.example/{token}",
            "X-Request-Id": f"kanarie-{token}",
            "Cookie": f"shop_login={ANNA.login}",
            "X-Odd": odd,
        },
    )
    for inspected in ({"url": link["url"]}, {"token": token[:-1] + "-"}):
        assert not TOKEN.search(server.administer("POST", "inspect", inspected).everything)
    server.with_admin_key("inspect", link["url"])
    server.administer("DELETE", f"links/{link['id']}?reason=done")
    errors += [server.shared(link), server.page(link)]
    metrics = server.admin.get("/metrics")
    assert server.stop() == 0
    return errors, metrics


def test_errors_repeat_no_secret(session):
    for answer in session[1]:
        assert answer.status >= 400 or b"html" in answer.headers["Content-Type"].encode(), answer
        assert secrets(answer.everything) == [], answer


def test_the_log_holds_no_secret(session):
    for file in (session[0].log, session[0].output):
        for line in file.read_bytes().splitlines():
            assert secrets(line) == [], line[:200]


def test_log_lines_are_json_and_name_the_route(session):
    server = session[0]
    lines = [json.loads(line) for line in server.log.read_text().splitlines()]
    text = server.log.read_text()
    assert len(lines) > 50 and "/v1/shared/{token}" in text and "/s/{token}" in text and "/v1/carts/{cartId}" in text
    assert "/v1/carts/cart-" not in text and "/v1/carts/other" not in text


def test_metrics_hold_no_secret_and_few_series(session):
    metrics = session[2]
    assert metrics.status == 200 and metrics.headers["Content-Type"].startswith("text/plain")
    assert secrets(metrics.body) == [] and b"BREW" not in metrics.body and b"/nope" not in metrics.body
    assert len([line for line in metrics.body.splitlines() if not line.startswith(b"#")]) < 1000


def test_the_audit_holds_no_secret(session):
    server = session[0]
    server.start()
    for accept in ("application/json", "application/x-ndjson"):
        audit = server.admin.get("/admin/v1/audit", KEYS["ops"], Accept=accept)
        assert audit.status == 200 and secrets(audit.body) == []
    server.stop()


def test_the_data_folder_holds_no_working_link(session):
    server = session[0]
    for file in (server.folder / "data").rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert TOKEN.findall(data) + JWT.findall(data) == [] and not any(key.encode() in data for key in KEYS.values()), file.name
