# SPDX-License-Identifier: Apache-2.0
"""What happens to a link happens to the grants that came through it; and revocations of many at once."""

import time

import pytest

from logins import ANNA, shopper, somebody
from together import accept, add, enter, grant, grants, internal, known_carts, read


def test_a_pause_suspends_and_resuming_restores(shop):
    cart_id, eva = shop.put(), shopper()
    link = internal(shop, cart_id, access="full")
    held = accept(shop, link, eva).ok(201)
    pauses = [
        lambda paused: shop.change(link, paused=paused).ok(),
        lambda paused: shop.administer("POST", f"links/{link['id']}/{'pause' if paused else 'resume'}").ok(204),
    ]
    for pause in pauses:
        pause(True)
        read(shop, cart_id, eva).problem(404, "cart-not-found")
        add(shop, cart_id, eva).problem(404, "cart-not-found")
        accept(shop, link, shopper()).problem(410, "link-gone")
        assert known_carts(shop, eva) == {}
        pause(False)
        assert add(shop, cart_id, eva).status == 201
        assert grants(shop, cart_id) == [held]


def test_narrowing_narrows(shop):
    cart_id, eva = shop.put(), shopper()
    link = internal(shop, cart_id, access="full")
    accept(shop, link, eva).ok(201)
    shop.change(link, access="read-only").ok()
    assert known_carts(shop, eva) == {cart_id: "read-only"}
    add(shop, cart_id, eva).problem(403, "permission-denied")
    assert [held["access"] for held in grants(shop, cart_id)] == ["read-only"]
    assert accept(shop, link, shopper()).ok(201)["access"] == "read-only"
    shop.change(link, access="full").invalid("/access")


ENDS = {
    "the owner": lambda shop, link: shop.revoke(link),
    "an admin": lambda shop, link: shop.administer("DELETE", f"links/{link['id']}"),
    "an admin in bulk": lambda shop, link: shop.administer(
        "POST", "revocations", {"selector": {"linkId": link["id"]}, "reason": "test"}
    ),
    "the owner, who keeps no grants": lambda shop, link: shop.public(
        "DELETE", f"/v1/links/{link['id']}?keepGrants=false", bearer=ANNA.login
    ),
}


@pytest.mark.parametrize("who", ENDS)
def test_revoking_withdraws_what_came_through_the_link(shop, who):
    cart_id, eva, other, direct = shop.put(), shopper(), shopper(), shopper()
    link, rest = internal(shop, cart_id, access="full"), internal(shop, cart_id)
    accept(shop, link, eva).ok(201)
    accept(shop, rest, other).ok(201)
    grant(shop, cart_id, direct).ok(201)
    ENDS[who](shop, link).ok(200, 204)
    read(shop, cart_id, eva).problem(404, "cart-not-found")
    accept(shop, link, eva).problem(410, "link-gone")
    # Revoking was a decision: an older link doesn't undo it.
    accept(shop, rest, eva).problem(403, "grant-withdrawn")
    assert {held["personId"] for held in grants(shop, cart_id)} == {other.subject, direct.subject}
    assert accept(shop, internal(shop, cart_id), eva).status == 201


def test_revoking_can_keep_the_grants(shop):
    cart_id, eva = shop.put(), shopper()
    link = internal(shop, cart_id, access="full")
    held = accept(shop, link, eva).ok(201)
    path = f"/v1/links/{link['id']}"
    shop.public("DELETE", path + "?keepGrants=yes", bearer=ANNA.login).problem(400, "malformed-request")
    shop.public("DELETE", path + "?keepGrants=true&keepGrants=false", bearer=ANNA.login).problem(400, "malformed-request")
    assert [shop.public("DELETE", path + "?keepGrants=true", bearer=ANNA.login).status for _ in range(2)] == [204, 204]
    accept(shop, link, shopper()).problem(410, "link-gone")
    assert add(shop, cart_id, eva).status == 201
    kept = {name: value for name, value in held.items() if name != "viaLink"}
    assert grants(shop, cart_id) == [kept]


def test_keeping_grants_gives_nobody_more_than_he_had(shop):
    cart_id, eva = shop.put(), shopper()
    link = internal(shop, cart_id, access="full")
    accept(shop, link, eva).ok(201)
    shop.change(link, access="read-only").ok()
    shop.public("DELETE", f"/v1/links/{link['id']}?keepGrants=true", bearer=ANNA.login).ok(204)
    assert known_carts(shop, eva) == {cart_id: "read-only"}
    add(shop, cart_id, eva).problem(403, "permission-denied")


def test_keeping_grants_lifts_no_pause_of_an_admin(shop):
    cart_id, eva = shop.put(), shopper()
    link = internal(shop, cart_id, access="full")
    accept(shop, link, eva).ok(201)
    shop.administer("POST", f"links/{link['id']}/pause").ok(204)
    path = f"/v1/links/{link['id']}"
    shop.public("DELETE", path + "?keepGrants=true", bearer=ANNA.login).problem(403, "permission-denied")
    assert known_carts(shop, eva) == {} and shop.public.get(f"/v1/links/{link['id']}", ANNA.login).ok()["status"] == "paused"
    shop.public("DELETE", path, bearer=ANNA.login).ok(204)
    assert grants(shop, cart_id) == []


def test_an_expired_link_makes_no_more_grants_and_takes_none(shop):
    cart_id, eva = shop.put(), shopper()
    link = internal(shop, cart_id, access="full", expiresIn=1)
    accept(shop, link, eva).ok(201)
    time.sleep(1.1)
    accept(shop, link, shopper()).problem(410, "link-gone")
    assert add(shop, cart_id, eva).status == 201 and known_carts(shop, eva) == {cart_id: "full"}


# Many at once, by an administrator

SELECTORS = {
    "cartId": lambda cart_id, owner, holder: cart_id,
    "ownerId": lambda cart_id, owner, holder: owner.user,
    "personId of the owner": lambda cart_id, owner, holder: owner.subject,
    "companyId": lambda cart_id, owner, holder: owner.company,
}


@pytest.mark.parametrize("name", SELECTORS)
def test_an_administrators_revocation_counts_and_withdraws_grants_direct_ones_too(shop, name):
    company = somebody().user
    owner, holders = somebody(company), [somebody(company) for _ in range(3)]
    cart_id = shop.put(owner)
    link = internal(shop, cart_id, owner, within="company")
    for holder in holders[:2]:
        accept(shop, link, holder).ok(201)
    enter(shop, holders[2]).ok(201)
    grant(shop, cart_id, holders[2], by=owner).ok(201)

    selector = {name.split()[0]: SELECTORS[name](cart_id, owner, holders[0])}
    order = {"selector": selector, "reason": "test"}
    counted = shop.administer("POST", "revocations", order | {"dryRun": True}).ok()
    assert (counted["revoked"], counted["withdrawnGrants"], counted["dryRun"]) == (1, 3, True)
    assert len(grants(shop, cart_id, owner)) == 3
    shop.administer("POST", "revocations", order | {"expect": 0}).problem(409, "count-differs")
    assert len(grants(shop, cart_id, owner)) == 3
    done = shop.administer("POST", "revocations", order | {"expect": 1}).ok()
    assert (done["revoked"], done["withdrawnGrants"], done["dryRun"]) == (1, 3, False)
    assert grants(shop, cart_id, owner) == [] and [known_carts(shop, holder) for holder in holders] == [{}] * 3
    again = shop.administer("POST", "revocations", order | {"expect": 1}).ok()
    assert (again["revoked"], again["withdrawnGrants"]) == (0, 0)


def test_a_person_who_is_revoked_loses_what_he_holds(shop):
    cart_id, eva, other = shop.put(), shopper(), shopper()
    link = internal(shop, cart_id)
    accept(shop, link, eva).ok(201)
    accept(shop, link, other).ok(201)
    order = {"selector": {"personId": eva.subject}, "reason": "test", "expect": 0}
    assert shop.administer("POST", "revocations", order).ok()["withdrawnGrants"] == 1
    assert [held["personId"] for held in grants(shop, cart_id)] == [other.subject]
    accept(shop, link, eva).problem(403, "grant-withdrawn")
