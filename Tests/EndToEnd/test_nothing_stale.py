# SPDX-License-Identifier: Apache-2.0
"""Held answers and changes: the first request that starts after a change was answered sees it, in every form that was held."""

import shutil
import time

import pytest

import carts
from hot import Hot, hot, refused, shows, text
from logins import ANNA, EVA, shopper, somebody
from server import KEYS, ROOT, Server
from test_keys import generate, promote, reload, slot_of
from together import accept, add, enter, internal, known, remove, take_over
from wire import Counts, Wire, request


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("stale")).start()
    yield server
    server.kill()


def each(change):
    return lambda shop, links: [change(shop, link) for link in links]


def whole(change):
    return lambda shop, links: change(shop, links[0])


ENDINGS = {
    "revoked by the owner": each(lambda shop, link: shop.revoke(link).ok(204)),
    "revoked by an admin": each(lambda shop, link: shop.administer("DELETE", f"links/{link['id']}").ok(204)),
    "paused by the owner": each(lambda shop, link: shop.change(link, paused=True).ok()),
    "paused by an admin": each(lambda shop, link: shop.administer("POST", f"links/{link['id']}/pause").ok(204)),
    "ordered": whole(lambda shop, link: shop.set_state(link["cartId"], "ordered")),
    "deleted": whole(lambda shop, link: shop.delete(link["cartId"]).ok(204)),
    "deleted and pushed anew": whole(lambda shop, link: (shop.delete(link["cartId"]).ok(204), shop.put(cart_id=link["cartId"]))),
    "given to another owner": whole(lambda shop, link: shop.put(EVA, cart_id=link["cartId"], transferOwner=True)),
}


@pytest.mark.parametrize("name", ENDINGS)
def test_what_has_ended_opens_no_more(shop, name):
    ended, other = hot(shop), hot(shop, 1)
    ENDINGS[name](shop, ended.links)
    refused(ended.asked_again(), 410)
    refused(ended.asked_again(), 410)
    assert [answer.status for *_, answer in other.asked_again()] == [200, 200, 304] * 2, "another cart's links"


SELECTORS = {
    "linkId": lambda links, owner: links[0]["id"],
    "cartId": lambda links, owner: links[0]["cartId"],
    "ownerId": lambda links, owner: owner.user,
    "personId": lambda links, owner: owner.subject,
    "companyId": lambda links, owner: owner.company,
    "businessUnitId": lambda links, owner: owner.unit,
    "label": lambda links, owner: links[0]["label"],
    "createdBy": lambda links, owner: links[0]["createdBy"],
    "createdBefore": lambda links, owner: time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 60)),
    "createdAfter": lambda links, owner: links[0]["createdAt"],
    "keySlot": lambda links, owner: 0,
    "all": lambda links, owner: True,
}


@pytest.mark.parametrize("name", SELECTORS)
def test_what_was_revoked_in_bulk_opens_no_more(shop, name):
    owner = somebody(company=f"company-{name}", unit=f"unit-{name}")
    held = hot(shop, 1 if name == "linkId" else 6, person=owner, label=f"label-{name}")
    value = slot_of(shop, held.links[0]) if name == "keySlot" else SELECTORS[name](held.links, owner)
    order = {"selector": {name: value}, "reason": "test"}
    counted = shop.administer("POST", "revocations", order | {"dryRun": True}).ok()["revoked"]
    assert counted >= len(held.links)
    assert [answer.status for *_, answer in held.asked_again()][:1] == [200], "a dry run changes nothing"
    assert shop.administer("POST", "revocations", order | {"expect": counted}).ok()["revoked"] == counted
    refused(held.asked_again(), 410)


PAUSES = {
    "by the owner": lambda shop, link, paused: shop.change(link, paused=paused).ok(),
    "by an admin": lambda shop, link, paused: shop.administer("POST", f"links/{link['id']}/{'pause' if paused else 'resume'}").ok(204),
}


@pytest.mark.parametrize("name", PAUSES)
def test_what_is_resumed_opens_again(shop, name):
    held = hot(shop)
    for _ in range(2):
        for paused, statuses in (True, {410}), (False, {200, 304}):
            [PAUSES[name](shop, link, paused) for link in held.links]
            assert {answer.status for *_, answer in held.asked_again()} == statuses


LEAVINGS = {
    "deleted": lambda shop, person: remove(shop, person).ok(204),
    "deactivated": lambda shop, person: enter(shop, person, active=False).ok(),
    "in another company now": lambda shop, person: enter(shop, person, companyId="umbrella").ok(),
}


@pytest.mark.parametrize("way", LEAVINGS)
def test_links_of_who_left_the_company_open_no_more(shop, way):
    owner = known(shop)
    held = hot(shop, person=owner)
    LEAVINGS[way](shop, owner)
    refused(held.asked_again(), 410)


def test_a_former_owners_links_open_no_more(shop):
    customer, cart_id = shopper(), shop.put()
    held = hot(shop, cart_id=cart_id)
    offer = internal(shop, cart_id, ANNA, "full", within="person", personId=customer.subject, allowTakeOver=True)
    accept(shop, offer, customer).ok(201)
    assert {answer.status for *_, answer in held.asked_again()} == {200, 304}
    take_over(shop, offer, customer).ok()
    refused(held.asked_again(), 410)


def other_cart():
    lines = [{"id": "i1", "sku": "NEW-9", "name": "Novelty", "quantity": 3, "unitPrice": 100, "total": 300}]
    return carts.plain(items=lines)


def test_a_pushed_cart_is_shown_at_once(shop):
    held = hot(shop)
    pinned = Hot(shop, [shop.link(held.links[0]["cartId"], snapshot=True)])
    shop.put(cart_id=held.links[0]["cartId"], cart=other_cart())
    shows(held.asked_again(), "Novelty")
    assert [answer.status for *_, answer in pinned.asked_again()] == [200, 200, 304] * 2
    assert all("Novelty" not in text(answer) for *_, answer in pinned.asked_again())


EDITS = {
    "added": (lambda shop, cart_id: add(shop, cart_id, ANNA, quantity=77).ok(201), '"incomplete":true'),
    "changed": (
        lambda shop, cart_id: shop.public("PATCH", f"/v1/carts/{cart_id}/items/i1", {"quantity": 77}, ANNA.login).ok(),
        '"quantity":77',
    ),
    "removed": (lambda shop, cart_id: shop.public("DELETE", f"/v1/carts/{cart_id}/items/i1", None, ANNA.login).ok(204), '"items":[]'),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edited_item_is_shown_at_once(shop, name):
    held = hot(shop)
    edit, words = EDITS[name]
    edit(shop, held.links[0]["cartId"])
    found = held.asked_again()
    shows(found, words, pages=False)
    assert {answer.status for _, _, _, answer in found} == {200}, "who knows what was there before gets what is there now"


def test_states_come_and_go(shop):
    held = hot(shop)
    cart_id = held.links[0]["cartId"]
    shop.set_state(cart_id, "locked")
    assert {answer.status for *_, answer in held.asked_again()} == {200, 304}
    shop.put(cart_id=cart_id, cart=other_cart())
    shows(held.asked_again(), "Novelty")


def test_a_guests_cart_that_gets_its_first_owner_stays_open(shop):
    cart_id = shop.put(owner=None)
    body = {"audience": "external", "access": "read-only"}
    held = Hot(shop, [shop.public("POST", f"/v1/carts/{cart_id}/links", body, KEYS["issuer"]).ok(201) for _ in range(6)])
    shop.put(EVA, cart_id=cart_id, cart=other_cart())
    shows(held.asked_again(), "Novelty")


@pytest.mark.parametrize("by", [-3600, 3600], ids=["shortened", "extended"])
def test_another_expiry_is_told_at_once(shop, by):
    held = hot(shop, expiresIn=86_400)
    ends = time.gmtime(time.time() + 86_400 + by)
    [shop.change(link, expiresAt=time.strftime("%Y-%m-%dT%H:%M:%SZ", ends)).ok() for link in held.links]
    for _, prefix, kind, answer in held.asked_again():
        assert answer.header("Sunset") == time.strftime("%a, %d %b %Y %H:%M:%S GMT", ends), (prefix, kind)


def test_expiry_needs_no_change(shop):
    """Asked all the time: open to the end, and gone with it."""
    cart_id, end = shop.put(), int(time.time()) + 2
    ends = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(end))
    links = [shop.link(cart_id, expiresAt=ends) for _ in range(4)] + [internal(shop, cart_id, expiresAt=ends)]
    statuses = {"/v1/shared/": {True: 401, False: 200}, "/s/": {True: 200, False: 200}}
    codings, seen = ["", "Accept-Encoding: gzip"], set()
    with Wire(shop.public.port) as wire:
        while time.time() < end + 0.2:
            for link in links:
                for prefix in statuses:
                    for line in codings:
                        sent = time.time()
                        answer = wire.ask(request("GET", prefix + link["token"], *([line] if line else [])))
                        if sent >= end:
                            assert answer.status == 410, (prefix, link["audience"], sent - end)
                        elif time.time() < end:
                            assert answer.status == statuses[prefix][link["audience"] == "internal"]
                        seen.add((prefix, link["audience"], answer.status))
        assert len(seen) == 8, seen


def test_a_retired_keys_links_open_no_more(start):
    server = start()
    held = hot(server)
    first = slot_of(server, held.links[0])
    promote(server, generate(server))
    new = hot(server, 1)
    assert {answer.status for *_, answer in held.asked_again()} == {200, 304}
    assert server.with_admin_key("keys", "retire", str(first), "--expect", "6").returncode == 0
    refused(held.asked_again(), 404)
    assert {answer.status for *_, answer in new.asked_again()} == {200, 304}


def test_a_key_that_was_taken_out_of_the_file_opens_nothing_after_sighup(start):
    """What is held under it is not asked for, and holds again when the key is back."""
    server = start()
    old = server.key_file.read_bytes()
    held = hot(server)
    promote(server, generate(server))
    both = server.key_file.read_bytes()
    lines = both.splitlines(keepends=True)
    server.key_file.write_bytes(b"".join(line for line in lines if line not in old.splitlines(keepends=True) and b"verifying" not in line))
    reload(server)
    refused(held.asked_again(), 404)
    server.key_file.write_bytes(both)
    reload(server)
    assert {answer.status for *_, answer in held.asked_again()} == {200, 304}


def test_another_policy_rules_after_sighup(start, tmp_path):
    folder = shutil.copytree(ROOT / "config/policies", tmp_path / "policies")
    server = start({"carts": {"policies": str(folder)}})
    held = hot(server)
    pinned = Hot(server, [server.link(held.links[0]["cartId"], snapshot=True)])
    file = folder / "cartlink.policy"
    before = file.read_text()
    dropped = [
        "items[].name public drop drop show" if line.startswith("items[].name ") else line for line in before.splitlines()
    ]
    assert before != "\n".join(dropped) + "\n"
    for text_now, is_there in ("\n".join(dropped) + "\n", False), (before, True):
        file.write_text(text_now)
        reload(server)
        for _, prefix, kind, answer in held.asked_again() + pinned.asked_again():
            assert answer.status == (304 if is_there and kind == "known" else 200)
            assert answer.status == 304 or (">Mug<" in text(answer) or '"Mug"' in text(answer)) == is_there, (prefix, kind)


def test_what_was_revoked_stays_so_after_a_kill(start):
    server = start()
    held, kept = hot(server, 3), hot(server, 1)
    [server.revoke(link).ok(204) for link in held.links]
    server.kill()
    server.start()
    statuses = {link["id"]: server.shared(link).status for link in held.links + kept.links}
    assert statuses == {link["id"]: 410 for link in held.links} | {kept.links[0]["id"]: 200}


def test_after_a_change_the_router_answers_once(shop):
    held = hot(shop, 1)
    before = Counts.of(shop)
    held.asked_again()
    between = Counts.of(shop)
    assert between - before == Counts(0, 6)
    shop.put(cart_id=held.links[0]["cartId"], cart=other_cart())
    held.asked_again()
    assert (Counts.of(shop) - between).routed >= 1
