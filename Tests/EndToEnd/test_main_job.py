# SPDX-License-Identifier: Apache-2.0
"""The main job: push, share, view, resolve, revoke; and what a stranger sees on the way."""

import json
from datetime import datetime
from email.utils import parsedate_to_datetime

import pytest

import carts
from logins import ANNA, EVA
from server import KEYS


def parsed(time):
    return datetime.fromisoformat(time.replace("Z", "+00:00"))


@pytest.fixture
def link(shop):
    return shop.link(shop.put(cart=carts.with_canaries()))


def test_a_link_lives_from_push_to_revocation_and_stays_dead_after_a_crash(start):
    server = start()
    cart_id = server.put(cart=carts.with_canaries())
    link = server.link(cart_id, label="for the team")
    before = server.shared(link)

    assert before.ok()["cart"] == carts.for_guests()
    assert server.page(link).status == 200
    resolved = server.resolve(link).ok()
    assert (resolved["cartId"], resolved["linkId"], resolved["audience"], resolved["access"]) == (
        cart_id,
        link["id"],
        "external",
        "read-only",
    )

    assert server.administer("DELETE", f"links/{link['id']}?reason=asked").status == 204

    def dead():
        server.shared(link).problem(410, "link-gone")
        server.shared(link, If_None_Match=before.headers["ETag"]).problem(410, "link-gone")
        server.resolve(link).problem(410, "link-gone")
        assert server.page(link).status == 410

    dead()
    server.kill()
    server.start()
    dead()
    assert server.shared(server.link(cart_id)).status == 200
    assert server.stop() == 0


def test_a_new_link_says_all_about_itself(shop):
    cart_id = shop.put()
    answer = shop.ask_link(cart_id, audience="external", access="read-only", label="for Bo")
    link = answer.ok(201)

    assert answer.headers["Location"].endswith(f"/v1/links/{link['id']}")
    expected = {"cartId": cart_id, "audience": "external", "access": "read-only", "label": "for Bo", "showPrices": True, "status": "active"}
    assert expected.items() <= link.items()
    assert link["url"] == f"{shop.url}/s/{link['token']}"
    assert link["token"].startswith("cl1") and len(link["token"]) == 49 and link["token"].isalnum()
    assert link["createdBy"]
    assert (link["allowTakeOver"], link["accepts"]) == (False, 0)
    assert (link["card"], link["snapshot"], link["opens"]) == ("neutral", False, {"people": 0, "robots": 0, "lastAt": None})
    assert "maxAccepts" not in link
    lifetime = parsed(link["expiresAt"]) - parsed(link["createdAt"])
    assert abs(lifetime.total_seconds() - 7 * 86400) < 2


def test_every_link_that_works_is_in_the_lists(shop):
    cart_id = shop.put()
    links = [shop.link(cart_id), shop.link(cart_id, audience="internal", within="shop")]
    ids = {link["id"] for link in links}

    assert len(ids) == 2
    listed = shop.public.get(f"/v1/carts/{cart_id}/links", ANNA.login).ok()["links"]
    assert {link["id"] for link in listed} == ids
    assert all(shop.public.get(f"/v1/links/{link['id']}", ANNA.login).ok()["token"] == link["token"] for link in links)
    seen_by_admin = shop.administer("GET", f"links?cartId={cart_id}").ok()["links"]
    assert {link["id"] for link in seen_by_admin} == ids
    assert all("token" not in link and "url" not in link and link["ownerId"] and "keySlot" in link for link in seen_by_admin)


def test_a_stranger_gets_the_guest_projection_and_no_canary(shop, link):
    answer = shop.shared(link)
    shared = answer.ok()

    assert shared["cart"] == carts.for_guests()
    assert shared["link"] == {"audience": "external", "access": "read-only", "expiresAt": link["expiresAt"]}
    assert shared["viewer"] == {"relation": "guest", "canEdit": False}
    assert all(removed["path"] and removed["reason"] for removed in shared["redaction"]["removed"])
    assert set(shared) == {"cart", "link", "viewer", "redaction"}
    assert link["cartId"] not in answer.everything.decode()


@pytest.mark.parametrize(
    "agent", ["Mozilla/5.0", "WhatsApp/2.23", "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"]
)
@pytest.mark.parametrize("path", ["/v1/shared/{}", "/s/{}", "/v1/shared/{}?fields=customer&callback=x", "/v1/shared/{}?debug=1"])
@pytest.mark.parametrize("accept", ["*/*", "text/html", "text/csv"])
def test_no_stranger_finds_a_canary(shop, link, path, agent, accept):
    answer = shop.public.get(path.format(link["token"]), User_Agent=agent, Accept=accept, Range="bytes=0-50000", Purpose="prefetch")

    assert answer.status in (200, 206, 400, 404, 406)
    assert carts.leaks(answer.everything) == []


def test_a_logged_in_stranger_is_a_guest_and_the_service_sees_no_person(shop, link):
    assert shop.shared(link, EVA).ok()["cart"] == carts.for_guests()
    assert carts.leaks(shop.shared(link, EVA).everything) == []
    answer = shop.public.get(f"/v1/carts/{link['cartId']}", KEYS["storefront"])
    text = json.dumps(answer.ok()["cart"])
    assert "@" not in text and "4111111111111111" not in text and "zahlkanarie" not in text.lower()
    assert not {"customer", "shippingAddress", "billingAddress", "payment"} & answer.json["cart"].keys()


def test_the_owner_sees_everything_but_payment_and_only_when_logged_in(shop, link):
    full = {name: value for name, value in carts.with_canaries().items() if name not in ("payment", "internalRemark")}
    for item in full["items"]:
        del item["supplier"]
    for answer in (shop.shared(link, ANNA), shop.public.get(f"/v1/carts/{link['cartId']}", ANNA.login)):
        own = answer.ok()["cart"]
        assert own["customer"] == full["customer"] and own["shippingAddress"] == full["shippingAddress"]
        assert own["note"] == full["note"] and own["custom"] == full["custom"] and own["totals"] == full["totals"]
        assert "zahlkanarie" not in answer.body.decode().lower() and "internalRemark" not in own
        assert "payment" in json.dumps(answer.json["redaction"])
        assert answer.headers["Cache-Control"] == "no-store"
    assert shop.shared(link, ANNA).json["viewer"]["relation"] == "owner"
    assert shop.shared(link).ok()["cart"] == carts.for_guests()


def test_what_was_withheld_leaves_no_trace_in_the_answer(shop, link):
    before = shop.shared(link)
    other = carts.with_canaries(customer={"email": "other@example.com"}, note="much longer than before " * 50, coupons=[], payment=None)
    shop.put(cart=other, cart_id=link["cartId"])
    after = shop.shared(link)

    assert before.body == after.body
    assert {n: v for n, v in before.headers.items() if n not in ("Date", "X-Request-Id")} == {
        n: v for n, v in after.headers.items() if n not in ("Date", "X-Request-Id")
    }


def test_a_changed_cart_is_seen_at_the_next_request(shop, link):
    before = shop.shared(link)
    shop.put(cart=carts.plain(), cart_id=link["cartId"])
    after = shop.shared(link, If_None_Match=before.headers["ETag"])

    assert after.status == 200 and after.headers["ETag"] != before.headers["ETag"]
    assert len(after.json["cart"]["items"]) == 1


def test_conditional_and_head_requests_agree_with_get(shop, link):
    for path in (f"/v1/shared/{link['token']}", f"/s/{link['token']}"):
        full, head = shop.public.get(path), shop.public("HEAD", path)
        assert head.status == 200 and head.body == b""
        assert {n: v for n, v in head.headers.items() if n not in ("Date", "X-Request-Id")} == {
            n: v for n, v in full.headers.items() if n not in ("Date", "X-Request-Id")
        }
    etag = shop.shared(link).headers["ETag"]
    assert etag.strip('"') and etag.endswith('"')
    for condition in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        unchanged = shop.shared(link, If_None_Match=condition)
        assert (unchanged.status, unchanged.body, unchanged.headers["ETag"]) == (304, b"", etag), condition
    assert shop.shared(link, If_None_Match='"other"').status == 200


def test_sunset_is_when_the_link_ends(shop, link):
    sunset = parsedate_to_datetime(shop.shared(link).headers["Sunset"])
    assert abs((sunset - parsed(link["expiresAt"])).total_seconds()) <= 1


def test_the_page_shows_the_cart_and_nothing_personal(shop):
    odd = carts.with_canaries()
    odd["items"][0]["name"] = "</title><script>alert(1)</script> & \u202eMug"
    link = shop.link(shop.put(cart=odd))
    page = shop.page(link, Accept_Language="en")
    text = page.body.decode()

    assert page.status == 200 and page.headers["Content-Type"].lower().replace(" ", "") == "text/html;charset=utf-8"
    assert text.count("<script") == text.count('<script src="/assets/page.js" defer></script>') == 1 and "&lt;script&gt;" in text
    assert "Cup" in text and "contact, delivery and payment data are hidden" in text.lower()
    assert carts.leaks(page.everything) == []
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert not any(
        f'{attribute}="' in text and link["token"] in text.split(f'{attribute}="')[1].split('"')[0] for attribute in ("src", "srcset")
    )


def test_opening_changes_nothing(shop, link):
    before = shop.public.get(f"/v1/links/{link['id']}", ANNA.login).ok()
    for _ in range(5):
        shop.shared(link), shop.page(link), shop.public("HEAD", f"/s/{link['token']}")
    assert shop.public.get(f"/v1/links/{link['id']}", ANNA.login).ok() | {"opens": before["opens"]} == before


def test_money_and_numbers_keep_their_text_and_order(shop):
    cart = b'{"totals":{"items":1.50e3},"items":[],"currency":"EUR","locale":"de-\\u0044E"}'
    body = b'{"owner":{"userId":"anna"},"cart":' + cart + b"}"
    shop.public("PUT", "/v1/carts/exact", body, KEYS["storefront"]).ok(200, 201)
    assert b'{"totals":{"items":1.50e3},"items":[],"currency":"EUR",' in shop.shared(shop.link("exact")).body
