# SPDX-License-Identifier: Apache-2.0
"""What owners and admins may change about a link."""

from logins import ANNA, BERT, OLGA


def test_the_owner_narrows_but_never_widens(shop):
    link = shop.link(person=OLGA, audience="internal", access="full")
    assert shop.change(link, OLGA, access="read-only").ok()["access"] == "read-only"
    assert shop.shared(link, BERT).ok()["link"]["access"] == "read-only"
    assert shop.resolve(link).ok()["access"] == "read-only"
    shop.change(link, OLGA, access="full").invalid("/access")
    shop.change(shop.link(person=OLGA), OLGA, access="full").problem(422, "invalid-input", "external-links-are-read-only")


def test_the_owner_changes_label_and_life(shop):
    link = shop.link()
    assert shop.change(link, label="new").ok()["label"] == "new"
    assert shop.change(link, paused=True).ok()["status"] == "paused"
    shop.shared(link).problem(410, "link-gone")
    assert shop.change(link, paused=False).ok()["status"] == "active"
    assert shop.shared(link).status == 200
    for fields, pointer in (
        ({"expiresAt": "2099-01-01T00:00:00Z"}, "/expiresAt"),
        ({"paused": "yes"}, "/paused"),
        ({"audience": "internal"}, "/audience"),
    ):
        shop.change(link, **fields).invalid(pointer)


def test_each_holder_of_a_pause_lifts_only_its_own(shop):
    link = shop.link()
    pause, resume = (lambda name=name: shop.administer("POST", f"links/{link['id']}/{name}").status for name in ("pause", "resume"))
    assert pause() == 204 and shop.change(link, paused=True).status == 200
    shop.change(link, paused=False)
    shop.shared(link).problem(410, "link-gone")
    shop.change(link, paused=True)
    assert resume() == 204
    shop.shared(link).problem(410, "link-gone")
    shop.change(link, paused=False)
    assert shop.shared(link).status == 200
    assert pause() == pause() == 204
    assert shop.public.get(f"/v1/links/{link['id']}", ANNA.login).ok()["status"] == "paused"
    assert resume() == 204 and shop.shared(link).status == 200


def test_admins_take_many_links_back_after_a_dry_run(shop):
    cart_id = shop.put()
    links, other = [shop.link(cart_id) for _ in range(3)], shop.link()
    revoke = {"selector": {"cartId": cart_id}, "reason": "test"}
    dry = shop.administer("POST", "revocations", revoke | {"dryRun": True}).ok()
    assert (dry["revoked"], dry["dryRun"]) == (3, True) and shop.shared(links[0]).status == 200
    shop.administer("POST", "revocations", revoke).problem(422, "invalid-input")
    shop.administer("POST", "revocations", revoke | {"expect": 2}).problem(409, "count-differs")
    assert shop.shared(links[0]).status == 200
    assert shop.administer("POST", "revocations", revoke | {"expect": 3}).ok()["revoked"] == 3
    assert [shop.shared(link).status for link in links] == [410] * 3 and shop.shared(other).status == 200
    assert shop.administer("POST", "revocations", revoke | {"expect": 3}).ok()["revoked"] == 0
    assert shop.administer("POST", "revocations", {"selector": {"linkId": other["id"]}, "reason": "test"}).ok()["revoked"] == 1
