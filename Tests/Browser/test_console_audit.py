# SPDX-License-Identifier: Apache-2.0
"""The console's lists: the audit and its export, the keys, the webhooks."""

import json
import re
from datetime import datetime, timedelta, timezone

import pytest
from playwright.sync_api import expect

from logins import shopper
from staff import KEY

ENTRIES = ".view .audit > li"


@pytest.fixture
def history(shop):
    """A cart of somebody new: pushed, a link made, paused and revoked by an administrator."""
    owner = shopper()
    link = shop.link(shop.put(owner), owner)
    shop.administer("POST", f"links/{link['id']}/pause?reason=looked%20odd").ok(204)
    shop.administer("DELETE", f"links/{link['id']}?reason=was%20odd").ok(204)
    return link, owner


@pytest.fixture
def auditing(support):
    staff = support(timezone_id="UTC")
    staff.inside()
    page = staff.view("audit")
    expect(page.locator(ENTRIES).first).to_be_visible()

    def search(**fields):
        page.get_by_role("button", name="Clear").click()
        for name, value in fields.items():
            page.get_by_label(name.replace("_", " "), exact=True).fill(value)
        page.get_by_role("button", name="Search", exact=True).click()
        expect(page.locator("form[aria-busy]")).to_have_count(0)
        return page

    search.staff = staff
    return search


def test_the_audit_is_searched_by_link_cart_and_actor(auditing, history):
    link, owner = history
    of_the_link = ["Link revoked", "Link paused", "Link made"]
    expect(auditing(Link_id=link["id"]).locator(f"{ENTRIES} strong")).to_have_text(of_the_link)
    expect(auditing(Cart_id=link["cartId"]).locator(f"{ENTRIES} strong")).to_have_text([*of_the_link, "Cart pushed"])
    page = auditing(Who=owner.subject)
    expect(page.locator(f"{ENTRIES} strong")).to_have_text(["Link made"])
    page = auditing(Link_id=link["id"], Who="admin:ops")
    newest = page.locator(ENTRIES).first
    for text in ("was odd", "admin:ops", "paused", "revoked", link["id"], link["cartId"]):
        expect(newest).to_contain_text(text)
    assert link["token"] not in page.content()


def test_the_audit_is_searched_by_time(auditing, history):
    link, _ = history
    now = datetime.now(timezone.utc)
    at = lambda minutes: (now + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M")
    expect(auditing(Link_id=link["id"], From=at(-5), Until=at(5)).locator(ENTRIES)).to_have_count(3)
    expect(auditing(Link_id=link["id"], Until=at(-5)).locator(ENTRIES)).to_have_count(0)
    expect(auditing(Link_id=link["id"], From=at(5)).locator(ENTRIES)).to_have_count(0)


def test_the_newest_rows_come_first_and_more_on_demand(auditing, shop):
    owner = shopper()
    cart = shop.put(owner)
    for _ in range(55):
        shop.link(cart, owner)
    page = auditing(Cart_id=cart)
    expect(page.locator(".view .count")).to_have_text("The newest 50 entries; there are more")
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(".view .count")).to_have_text("56 entries")
    expect(page.locator(f"{ENTRIES} strong").last).to_have_text("Cart pushed")


def test_the_audit_is_exported_as_the_chain_runs(auditing, history):
    link, _ = history
    page = auditing(Cart_id=link["cartId"])
    with page.expect_download() as saved:
        page.get_by_role("button", name="Export as NDJSON").click()
    assert re.fullmatch(r"cartlink-audit-\d{4}-\d\d-\d\d\.ndjson", saved.value.suggested_filename)
    rows = [json.loads(line) for line in saved.value.path().read_text().splitlines()]
    assert [row["action"] for row in rows] == ["cart.pushed", "link.issued", "link.paused", "link.revoked"]
    assert all(row["code"] and row["atMilliseconds"] for row in rows)
    expect(page.get_by_role("status").filter(has_text="4 entries were saved")).to_be_visible()
    assert KEY not in saved.value.url


def test_an_export_goes_on_past_one_page(auditing):
    """The first page is full, so a second is asked for from behind its last row."""
    staff, page = auditing.staff, auditing.staff.page
    row = lambda number: json.dumps({"sequence": number}) + "\n"

    def give(route):
        first = "cursor=" not in route.request.url
        route.fulfill(content_type="application/x-ndjson", body="".join(map(row, range(1, 1001))) if first else row(1001))

    staff.context.route(re.compile(r"/admin/v1/audit\?.*limit=1000"), give)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Export as NDJSON").click()
    assert [json.loads(line)["sequence"] for line in saved.value.path().read_text().splitlines()] == list(range(1, 1002))
    assert "cursor=1000" in staff.calls("audit")[-1].url


def test_keys_are_shown_and_only_shown(support, shop):
    shop.link()
    staff = support()
    staff.inside()
    page = staff.view("keys")
    expect(page.locator(".rows > li")).to_have_count(1)
    for text in ("signs new links", "Live links", "Fingerprint"):
        expect(page.locator(".rows > li")).to_contain_text(text)
    key = shop.administer("GET", "keys").ok()["keys"][0]
    expect(page.locator(".rows > li code")).to_have_text(key["fingerprint"])
    expect(page.locator("main").get_by_role("button")).to_have_text(["0"])


RECEIVER = {
    "id": "shop", "host": "hooks.shop.example", "events": ["link.created", "link.revoked"], "waiting": 3, "deadLetters": 2,
    "oldestWaitingAt": "2026-11-01T10:00:00Z", "lastFailure": {"at": "2026-11-01T10:05:00Z", "reason": "answered 500"},
}  # fmt: skip
LETTER = {
    "webhook": "shop", "type": "link.revoked", "linkId": "l" * 22, "cartId": "cart-9", "createdAt": "2026-11-01T10:00:00Z",
    "diedAt": "2026-11-02T10:00:00Z", "attempts": 12, "reason": "answered 500",
}  # fmt: skip


@pytest.fixture
def webhooks(support):
    """The page before answers that the test chooses: what is behind them is tested elsewhere."""

    def webhooks(receivers, letters=()):
        staff = support()
        staff.context.route(
            "**/admin/v1/webhooks", lambda route: route.fulfill(status=200 if receivers is not None else 404, json={"webhooks": receivers})
        )
        staff.context.route("**/admin/v1/webhooks/dead-letters?*", lambda route: route.fulfill(json={"deadLetters": list(letters)}))
        staff.context.route("**/dead-letters/*/retry", lambda route: route.fulfill(status=204))
        staff.inside()
        return staff, staff.view("webhooks")

    return webhooks


def test_webhooks_show_how_they_are_doing(webhooks):
    _, page = webhooks([RECEIVER])
    for text in ("hooks.shop.example", "link.created, link.revoked", "answered 500"):
        expect(page.locator(".rows > li")).to_contain_text(text)
    expect(page.get_by_role("heading", name="Undelivered for good")).to_be_hidden()


def test_dead_letters_are_sent_again(webhooks):
    staff, page = webhooks([RECEIVER], [LETTER | {"id": "one/1"}, LETTER | {"id": "two"}])
    again = page.get_by_role("button", name="Send again")
    expect(again).to_have_count(2)
    again.first.click()
    expect(again).to_have_count(1)
    expect(again).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="It will be sent again.")).to_be_visible()
    assert staff.calls("/dead-letters/one%2F1/retry", "POST")
    again.click()
    expect(again).to_have_count(0)


@pytest.mark.parametrize("receivers, words", [([], "None are configured."), (None, "This version of the service has no webhooks.")])
def test_no_webhooks_are_told(webhooks, receivers, words):
    _, page = webhooks(receivers)
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()
