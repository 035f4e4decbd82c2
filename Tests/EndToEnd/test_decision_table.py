# SPDX-License-Identifier: Apache-2.0
"""Spryker's decision table for opening a cart's link, replayed against ours row by row.

A row says what Spryker answers, what ours does and, where the two differ in effect, in what ours is better. Spryker's "302 to the cart,
shared" is our explicit accept; its "302 to the preview" is our page.
"""

import time
from dataclasses import dataclass, field

import pytest

from logins import ANNA, BERT, CARL, DORA, OLGA, Person
from together import accept, grants, internal, set_access, withdraw

PREVIEW, READ_ONLY, FULL = "external", "read-only", "full"
KINDS = {"any": (PREVIEW, READ_ONLY, FULL), "internal": (READ_ONLY, FULL), PREVIEW: (PREVIEW,), READ_ONLY: (READ_ONLY,), FULL: (FULL,)}
VISITORS = {
    "anonymous": None,
    "anyone logged in": DORA,
    "maker": OLGA,
    "other unit": CARL,
    "same unit's name in another company": DORA,
    "same unit": BERT,
    "customer without company user": Person("nemo"),
}


@dataclass(frozen=True)
class Row:
    link: str
    visitor: str
    state: str
    # What Spryker does, and the grant that it leaves.
    spryker: str
    # Ours: status of the page, of the machine's view and of accepting, and the access afterwards.
    page: int
    view: int
    accept: int
    access: str | None = None
    better: str = ""
    accept_code: str | None = field(default=None)

    def __str__(self):
        return f"{self.link}-{self.visitor}-{self.state}".replace(" ", "_")


GONE, EXPLICIT = "tells a link that ended from one that never was", "nothing changes until the person says so"
RIGHT_STATUS = "says that the link is for others, not that it doesn't exist"
TABLE = [
    Row("any", "anonymous", "unknown", "404", 404, 404, 404),
    Row("any", "same unit", "unknown", "404", 404, 404, 404),
    Row("any", "anonymous", "expired", "404", 410, 410, 410, better=GONE),
    Row("any", "same unit", "expired", "404", 410, 410, 410, better=GONE),
    Row(PREVIEW, "anonymous", "fresh", "302 to a preview with the whole cart", 200, 200, 403, better="filtered by a policy"),
    Row(PREVIEW, "anyone logged in", "fresh", "302 to a preview with the whole cart", 200, 200, 403, better="filtered by a policy"),
    Row(PREVIEW, "anonymous", "deleted", "302, then 404", 410, 410, 410, better=GONE),
    Row(PREVIEW, "anonymous", "ordered", "302, then 404", 410, 410, 410, better=GONE),
    Row(PREVIEW, "anonymous", "locked", "302, then 404", 200, 200, 403, better="a cart that waits for approval can still be looked at"),
    Row("internal", "anonymous", "fresh", "404 as a preview, else 302 to the login", 200, 401, 401, better="no redirect to forge"),
    Row("internal", "maker", "fresh", "302, no grant", 200, 200, 200),
    Row("internal", "other unit", "fresh", "404", 403, 403, 403, better=RIGHT_STATUS),
    Row("internal", "same unit's name in another company", "fresh", "404", 403, 403, 403, better=RIGHT_STATUS),
    Row("internal", "same unit", "deleted", "404", 410, 410, 410, better=GONE),
    Row("internal", "same unit", "ordered", "404", 410, 410, 410, better=GONE),
    Row(READ_ONLY, "same unit", "locked", "404", 200, 200, 201, READ_ONLY, better="a cart that waits for approval can still be shared"),
    Row(FULL, "same unit", "locked", "404", 200, 200, 201, FULL, better="a cart that waits for approval can still be shared"),
    Row(READ_ONLY, "same unit", "fresh", "302, grant READ_ONLY", 200, 200, 201, READ_ONLY, better=EXPLICIT),
    Row(FULL, "same unit", "fresh", "302, grant FULL_ACCESS", 200, 200, 201, FULL, better=EXPLICIT),
    Row(READ_ONLY, "same unit", "has read-only", "302, stays READ_ONLY", 200, 200, 200, READ_ONLY),
    Row(FULL, "same unit", "has read-only", "302, raised to FULL_ACCESS", 200, 200, 201, FULL, better=EXPLICIT),
    Row(READ_ONLY, "same unit", "has full", "302, stays FULL_ACCESS", 200, 200, 200, FULL),
    Row(FULL, "same unit", "has full", "302, stays FULL_ACCESS", 200, 200, 200, FULL),
    Row("internal", "same unit", "was removed", "302, shared again", 200, 200, 403, None, "the owner's decision wins", "grant-withdrawn"),
    Row(READ_ONLY, "same unit", "dismissed it", "302, shared again", 200, 200, 201, READ_ONLY),
    Row(FULL, "same unit", "dismissed it", "302, shared again", 200, 200, 201, FULL),
    Row(FULL, "same unit", "was lowered", "302, raised again", 200, 200, 200, READ_ONLY, "the owner's decision wins"),
    Row(READ_ONLY, "same unit", "was lowered", "302, stays READ_ONLY", 200, 200, 200, READ_ONLY),
    Row("internal", "customer without company user", "fresh", "404", 403, 403, 403, better=RIGHT_STATUS),
]


def hold(shop, link, access):
    """The visitor holds `access` already, through another link of the same cart."""
    return accept(shop, internal(shop, link["cartId"], OLGA, access, within="business-unit"), BERT).ok(201)


def bring_about(shop, link, state):
    """Puts link, cart and visitor into a row's state, and returns the link to open."""
    match state:
        case "unknown":
            return link | {"token": link["token"][:20] + ("A" if link["token"][20] != "A" else "B") + link["token"][21:]}
        case "expired":
            time.sleep(1.1)
        case "deleted":
            shop.delete(link["cartId"])
        case "ordered" | "locked":
            shop.set_state(link["cartId"], state)
        case "has read-only":
            hold(shop, link, "read-only")
        case "has full":
            hold(shop, link, "full")
        case "was removed":
            withdraw(shop, hold(shop, link, link["access"]), by=OLGA).ok(204)
        case "dismissed it":
            withdraw(shop, hold(shop, link, link["access"]), by=BERT).ok(204)
        case "was lowered":
            set_access(shop, hold(shop, link, "full"), "read-only", by=OLGA).ok()
    return link


CASES = [(row, kind) for row in TABLE for kind in KINDS[row.link]]


@pytest.mark.parametrize("row, kind", CASES, ids=[f"{kind}-{row}" for row, kind in CASES])
def test_a_row_of_the_table(shop, row, kind):
    cart_id, person = shop.put(OLGA), VISITORS[row.visitor]
    life = {"expiresIn": 1} if row.state == "expired" else {}
    if kind == PREVIEW:
        link = shop.link(cart_id, OLGA, **life)
    else:
        link = internal(shop, cart_id, OLGA, kind, within="business-unit", **life)
    link = bring_about(shop, link, row.state)

    before = None if row.state == "deleted" else grants(shop, cart_id, OLGA)
    assert (shop.page(link, person).status, shop.shared(link, person).status) == (row.page, row.view)
    if before is not None:
        assert grants(shop, cart_id, OLGA) == before, "to look changes nothing"
    answer = accept(shop, link, person)
    assert answer.status == row.accept, str(answer)
    if row.accept_code:
        answer.problem(row.accept, row.accept_code)
    if before is not None:
        after = {held["personId"]: held["access"] for held in grants(shop, cart_id, OLGA)}
        assert after == ({person.subject: row.access} if row.access else {})


def test_every_row_says_where_we_differ():
    """Where our page's status is another than Spryker's, or its grant, the row gives the reason."""
    for row in TABLE:
        theirs = 404 if row.spryker.startswith("404") or row.spryker.endswith("404") else 200
        if row.page != theirs or row.accept_code or row.state == "locked":
            assert row.better, row
    assert len(TABLE) - sum(1 for row in TABLE if row.better) >= 8


def test_the_tables_last_edge_an_owners_id_is_no_key(shop):
    """What can be computed opens nothing: neither a cart's id nor a link's."""
    link = shop.link(shop.put(ANNA))
    for token in (link["cartId"], link["id"], "cl1" + link["id"]):
        shop.public.get(f"/v1/shared/{token}").problem(404, "link-not-found")
