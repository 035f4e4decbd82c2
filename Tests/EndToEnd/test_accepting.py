# SPDX-License-Identifier: Apache-2.0
"""Accepting an internal link: who may, what it gives, and that the owner's later decision wins."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import carts
from logins import ANNA, BERT, CARL, DORA, EVA, OLGA, Person, shopper, somebody
from server import KEYS
from together import accept, add, audited, enter, grant, grants, internal, known_carts, read, remove, set_access, withdraw


def own_link(shop, link, owner=ANNA):
    """The link as its owner sees it now."""
    return shop.public.get(f"/v1/links/{link['id']}", owner.login).ok()


# What accepting gives


@pytest.mark.parametrize("access", ["read-only", "full"])
def test_accepting_makes_a_grant_and_once_more_changes_nothing(shop, access):
    eva = shopper()
    link = internal(shop, shop.put(cart=carts.with_canaries()), access=access)
    assert shop.shared(link, eva).ok()["viewer"] == {"relation": "guest", "canEdit": False}
    read(shop, link["cartId"], eva).problem(404, "cart-not-found")

    made = accept(shop, link, eva)
    held = made.ok(201)
    assert held == {
        "id": held["id"],
        "cartId": link["cartId"],
        "personId": eva.subject,
        "access": access,
        "viaLink": link["id"],
        "createdAt": held["createdAt"],
    }
    assert made.headers["Cache-Control"] == "no-store"
    assert accept(shop, link, eva).ok(200) == held
    assert grants(shop, link["cartId"]) == [held] and own_link(shop, link)["accepts"] == 1

    member = {"relation": "member", "canEdit": access == "full"}
    assert shop.shared(link, eva).ok()["viewer"] == member
    seen = read(shop, link["cartId"], eva)
    assert seen.ok()["viewer"] == member and seen.headers["Cache-Control"] == "no-store"
    assert not {"customer", "payment", "shippingAddress", "coupons", "note", "custom"} & seen.json["cart"].keys()
    assert b"kanarie@" not in seen.body and known_carts(shop, eva) == {link["cartId"]: access}
    assert add(shop, link["cartId"], eva).status == (201 if access == "full" else 403)


def test_a_further_link_raises_and_never_lowers(shop):
    cart_id, eva = shop.put(), shopper()
    looking, editing = internal(shop, cart_id), internal(shop, cart_id, access="full")
    first = accept(shop, looking, eva).ok(201)
    raised = accept(shop, editing, eva).ok(201)
    assert (raised["id"], raised["access"], raised["viaLink"]) == (first["id"], "full", editing["id"])
    assert accept(shop, looking, eva).ok(200) == raised
    # Each link carries what it gave: without the second the first still holds.
    shop.revoke(editing)
    assert known_carts(shop, eva) == {cart_id: "read-only"}
    shop.revoke(looking)
    assert known_carts(shop, eva) == {}


def test_reading_has_no_side_effects(shop):
    link = internal(shop, shop.put())
    for viewer in (None, EVA):
        for method, path in (("GET", "/v1/shared/"), ("HEAD", "/v1/shared/"), ("GET", "/s/"), ("HEAD", "/s/")):
            shop.public(method, path + link["token"], bearer=viewer and viewer.login)
    shop.resolve(link, EVA).ok()
    assert grants(shop, link["cartId"]) == [] and own_link(shop, link)["accepts"] == 0


def test_the_maker_accepts_his_own_link_without_effect(shop):
    link = internal(shop, shop.put(), access="full", maxAccepts=1)
    assert accept(shop, link, ANNA).ok(200) == {"cartId": link["cartId"], "access": "owner"}
    assert grants(shop, link["cartId"]) == [] and own_link(shop, link)["accepts"] == 0
    assert accept(shop, link, EVA).status == 201


def test_a_locked_carts_links_go_on(shop):
    link, eva = internal(shop, shop.put(), access="full"), shopper()
    shop.set_state(link["cartId"], "locked")
    assert accept(shop, link, eva).status == 201
    assert read(shop, link["cartId"], eva).ok()["viewer"] == {"relation": "member", "canEdit": False}


# Who may not

WITHIN_UNIT = {
    "anonymous": (None, 401, "login-required"),
    "other unit": (CARL, 403, "not-a-member"),
    "same unit's name in another company": (DORA, 403, "not-a-member"),
    "a customer": (EVA, 403, "not-a-member"),
    "the same person without his company": (Person("bert"), 403, "not-a-member"),
    "a login without a unit": (Person("bert", "acme"), 403, "not-a-member"),
}


@pytest.mark.parametrize("name", WITHIN_UNIT)
def test_only_the_audience_accepts(shop, name):
    person, status, code = WITHIN_UNIT[name]
    link = internal(shop, shop.put(OLGA), OLGA, within="business-unit")
    accept(shop, link, person).problem(status, code)
    assert grants(shop, link["cartId"], OLGA) == []


def test_a_persons_link_is_accepted_by_that_person_alone(shop):
    link = internal(shop, shop.put(OLGA), OLGA, within="person", personId=BERT.subject)
    for other in (CARL, EVA, Person("bert"), Person("mallory", "acme", "sales", "bert")):
        accept(shop, link, other).problem(403, "not-a-member")
    assert accept(shop, link, BERT).status == 201


def test_nobody_accepts_an_external_link(shop):
    link = shop.link()
    for person in (None, EVA):
        accept(shop, link, person).problem(403, "permission-denied")
    assert grants(shop, link["cartId"]) == []


def test_services_accept_nothing(shop):
    link = internal(shop, shop.put())
    for key in KEYS.values():
        shop.public("POST", f"/v1/shared/{link['token']}/accept", {}, key).problem(403, "permission-denied")
    assert grants(shop, link["cartId"]) == []


def test_a_page_of_another_site_accepts_nothing_with_the_cookie(shop):
    link = internal(shop, shop.put())
    cookie = {"Cookie": f"shop_login={EVA.login}"}
    for origin in ({}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        accept(shop, link, None, **cookie, **origin).problem(403, "permission-denied")
    assert grants(shop, link["cartId"]) == []
    assert accept(shop, link, None, **cookie, Origin=shop.url).status == 201


@pytest.mark.parametrize("token", ["x", "cl1" + "0" * 46, "cl1" + "z" * 46])
def test_a_token_that_no_key_made_is_unknown(shop, token):
    accept(shop, {"token": token}, EVA).problem(404, "link-not-found")


BODIES = [
    (b'{"access": "full"}', "application/json", 422, "invalid-input"),
    (b"[]", "application/json", 400, "malformed-request"),
    (b"{", "application/json", 400, "malformed-json"),
    (b"{}", "text/plain", 415, "unsupported-media-type"),
    (b"access=full", "application/x-www-form-urlencoded", 415, "unsupported-media-type"),
]


@pytest.mark.parametrize("body, kind, status, code", BODIES, ids=str)
@pytest.mark.parametrize("deed", ["accept", "take-over"])
def test_nothing_is_asked_in_the_body(shop, deed, body, kind, status, code):
    link = internal(shop, shop.put())
    answer = shop.public("POST", f"/v1/shared/{link['token']}/{deed}", body, EVA.login, {"Content-Type": kind})
    answer.problem(status, code)
    assert grants(shop, link["cartId"]) == []


def test_an_empty_body_will_do(shop):
    link = internal(shop, shop.put())
    assert shop.public("POST", f"/v1/shared/{link['token']}/accept", None, EVA.login).status == 201


# Places


def test_of_a_hundred_at_once_exactly_seven_find_a_place(shop):
    link = internal(shop, shop.put(), maxAccepts=7)
    people = [shopper() for _ in range(100)]
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda person: accept(shop, link, person), people))
    assert sorted({answer.status for answer in answers}) == [201, 409]
    winners = [person.subject for person, answer in zip(people, answers, strict=True) if answer.status == 201]
    assert len(winners) == 7
    for answer in answers:
        if answer.status != 201:
            answer.problem(409, "accept-limit-reached")
    assert sorted(held["personId"] for held in grants(shop, link["cartId"])) == sorted(winners)
    assert own_link(shop, link)["accepts"] == 7


def test_one_person_at_a_hundred_windows_takes_one_place(shop):
    link, eva = internal(shop, shop.put(), maxAccepts=2), shopper()
    with ThreadPoolExecutor(25) as pool:
        answers = list(pool.map(lambda _: accept(shop, link, eva), range(100)))
    assert sorted(answer.status for answer in answers) == [200] * 99 + [201]
    assert len({answer.json["id"] for answer in answers}) == 1 and own_link(shop, link)["accepts"] == 1


def test_who_leaves_and_comes_back_finds_his_place_kept(shop):
    link, eva = internal(shop, shop.put(), maxAccepts=1), shopper()
    first = accept(shop, link, eva).ok(201)
    assert withdraw(shop, first, by=eva).status == 204
    accept(shop, link, shopper()).problem(409, "accept-limit-reached")
    again = accept(shop, link, eva).ok(201)
    assert again["id"] != first["id"] and own_link(shop, link)["accepts"] == 1


# The owner's later decision


def test_who_was_withdrawn_comes_back_only_through_a_link_made_afterwards(shop):
    cart_id, eva = shop.put(), shopper()
    through, other = internal(shop, cart_id), internal(shop, cart_id, access="full")
    withdraw(shop, accept(shop, through, eva).ok(201))
    for link in (through, other):
        accept(shop, link, eva).problem(403, "grant-withdrawn")
    read(shop, cart_id, eva).problem(404, "cart-not-found")
    assert own_link(shop, other)["accepts"] == 0
    assert accept(shop, through, shopper()).status == 201
    assert accept(shop, internal(shop, cart_id), eva).status == 201


def test_who_was_lowered_stays_lowered_through_every_older_link(shop):
    cart_id, eva = shop.put(), shopper()
    through, other = internal(shop, cart_id, access="full"), internal(shop, cart_id, access="full")
    set_access(shop, accept(shop, through, eva).ok(201), "read-only").ok()
    for link in (through, other):
        assert accept(shop, link, eva).ok(200)["access"] == "read-only"
    add(shop, cart_id, eva).problem(403, "permission-denied")
    assert accept(shop, internal(shop, cart_id, access="full"), eva).ok(201)["access"] == "full"


# What happens to the link happens to what it gave


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
    "the owner, who keeps no grants": lambda shop, link: shop.public("DELETE", f"/v1/links/{link['id']}?keepGrants=false", bearer=ANNA.login),
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
    assert known_carts(shop, eva) == {} and own_link(shop, link)["status"] == "paused"
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


# The audit


def test_the_audit_names_who_and_never_what(shop):
    cart_id, eva = shop.put(cart=carts.with_canaries()), shopper()
    link = internal(shop, cart_id, access="full")
    held = accept(shop, link, eva).ok(201)
    set_access(shop, held, "read-only").ok()
    withdraw(shop, held)
    rows = audited(shop, cart_id)
    told = [(row["actor"], row["action"], row.get("before"), row.get("after")) for row in rows if row["action"].startswith("grant")]
    assert told == [
        (eva.subject, "grant.accepted", None, "full"),
        (ANNA.subject, "grant.changed", f"{eva.subject} full", f"{eva.subject} read-only"),
        (ANNA.subject, "grant.withdrawn", eva.subject, None),
    ]
    assert link["token"] not in str(rows) and not carts.leaks(str(rows).encode())


def test_who_left_the_company_accepts_nothing_any_more(shop):
    person = somebody()
    link = internal(shop, shop.put(OLGA), OLGA, within="company")
    remove(shop, person)
    accept(shop, link, person).problem(403, "not-a-member")
