# SPDX-License-Identifier: Apache-2.0
"""Many links at once: nothing ends before it was counted, and never more than was counted."""

import pytest
from playwright.sync_api import expect

from installation import SETTINGS
from logins import shopper, somebody
from server import KEYS, Server
from staff import Held
from together import accept, internal


@pytest.fixture
def revoking(support):
    def revoking(**options):
        staff = support(**options)
        staff.inside()
        return staff, staff.view("revoke")

    return revoking


@pytest.fixture
def apart(tmp_path):
    """A shop of the test's own, where all links may end."""
    server = Server(tmp_path, SETTINGS).start()
    yield server
    server.kill()


def choose(page, which, field=None, value=None, why="a reason"):
    page.get_by_label("Which links").select_option(which)
    if field:
        page.get_by_label(field, exact=True).fill(value)
    page.get_by_label("Why", exact=True).fill(why)
    page.get_by_role("button", name="Count first").click()


def question(page):
    return page.get_by_role("group", name="Please confirm")


def shared(shop, links):
    return {shop.shared(link).status for link in links}


def test_the_owners_links_end_after_a_count(revoking, shop):
    owner, other = shopper(), shopper()
    cart = shop.put(owner)
    links, spared = [shop.link(cart, owner) for _ in range(3)], shop.link(shop.put(other), other)
    inside = internal(shop, cart, owner)
    accept(shop, inside, other).ok(201)
    staff, page = revoking()
    choose(page, "ownerId", "Owner id", owner.user, "moved away")
    expect(question(page)).to_contain_text("This would revoke 4 links and withdraw 1 grant. Nobody can undo it.")
    expect(question(page)).to_contain_text(f"Which links: of an owner {owner.user}.")
    expect(question(page).locator("li button")).to_have_text([inside["id"], *[link["id"] for link in links[::-1]]])
    assert shared(shop, links) == {200}
    question(page).get_by_role("button", name="Revoke 4 links and withdraw 1 grant").click()
    expect(page.get_by_role("status").filter(has_text="Done: 4 links revoked, 1 grant withdrawn.")).to_be_visible()
    assert shared(shop, links) == {410} and shop.shared(spared).status == 200
    orders = [request.post_data_json for request in staff.calls("revocations")]
    assert [order.get("dryRun", False) for order in orders] == [True, False] and orders[1]["expect"] == 4
    audit = shop.administer("GET", "audit?actor=admin:ops&order=newest-first&limit=1").ok()["entries"][0]
    assert (audit["action"], audit["reason"], audit["before"]) == ("links.revoked", "moved away", f"ownerId {owner.user}")


SELECTORS = {
    "cartId": ("Cart id", lambda link, owner: link["cartId"]),
    "personId": ("Person", lambda link, owner: owner.subject),
    "companyId": ("Company", lambda link, owner: owner.company),
    "businessUnitId": ("Business unit", lambda link, owner: owner.unit),
    "label": ("Label", lambda link, owner: "to be revoked"),
    "createdBy": ("Made by", lambda link, owner: owner.subject),
}


@pytest.mark.parametrize("which", SELECTORS)
def test_links_are_chosen_by_each_selector(revoking, shop, which):
    owner = somebody(company=f"company-{which}", unit=f"unit-{which}")
    label = "to be revoked" if which == "label" else "other"
    link = shop.link(shop.put(owner), owner, label=label)
    _, page = revoking()
    field, value = SELECTORS[which]
    choose(page, which, field, value(link, owner))
    expect(question(page).locator("li button")).to_have_text([link["id"]])


def test_links_are_chosen_by_age_key_and_altogether(revoking, apart):
    link = apart.link()
    _, page = revoking(home=apart)
    for which, field, value, hits in [
        ("createdBefore", "Made before", "2020-01-01T10:00", 0), ("createdAfter", "Made after", "2020-01-01T10:00", 1),
        ("keySlot", "Key slot", "5", 0), ("keySlot", "Key slot", "0", 1),
    ]:  # fmt: skip
        choose(page, which, field, value)
        if hits:
            expect(question(page)).to_contain_text("This would revoke 1 link and withdraw 0 grants.")
        else:
            expect(page.get_by_role("status").filter(has_text="There is nothing to revoke there.")).to_be_visible()
            expect(question(page)).to_have_count(0)
    assert apart.shared(link).status == 200


def test_all_links_need_a_word(revoking, apart):
    links = [apart.link(), apart.link()]
    _, page = revoking(home=apart)
    choose(page, "all")
    agree = question(page).get_by_role("button", name="Revoke 2 links and withdraw 0 grants")
    agree.click()
    expect(page.get_by_label("Type REVOKE to agree")).to_be_focused()
    assert shared(apart, links) == {200}
    page.get_by_label("Type REVOKE to agree").fill("revoke")
    agree.click()
    expect(page.get_by_role("status").filter(has_text="Done: 2 links revoked")).to_be_visible()
    assert shared(apart, links) == {410}


def test_more_than_were_counted_are_counted_anew(revoking, shop):
    owner = shopper()
    cart = shop.put(owner)
    first = shop.link(cart, owner)
    _, page = revoking()
    choose(page, "ownerId", "Owner id", owner.user)
    expect(question(page)).to_contain_text("1 link")
    second = shop.link(cart, owner)
    page.get_by_role("button", name="Revoke 1 link ").click()
    expect(question(page)).to_contain_text("There are more by now; nothing was changed. This would revoke 2 links")
    expect(question(page).locator(".question")).to_be_focused()
    assert shared(shop, [first, second]) == {200}
    page.get_by_role("button", name="Revoke 2 links ").click()
    expect(page.get_by_role("status").filter(has_text="Done: 2 links revoked")).to_be_visible()
    assert shared(shop, [first, second]) == {410}


def test_a_count_is_for_what_was_counted(revoking, shop):
    """Whoever changes what is chosen counts again."""
    owner = shopper()
    shop.link(shop.put(owner), owner)
    _, page = revoking()
    choose(page, "ownerId", "Owner id", owner.user)
    expect(question(page)).to_be_visible()
    page.get_by_label("Owner id", exact=True).press("x")
    expect(question(page)).to_have_count(0)


CHANGES = {
    "which": lambda page: page.get_by_label("Which links").select_option("cartId"),
    "why": lambda page: page.get_by_label("Why", exact=True).press("x"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_count_that_comes_back_after_a_change_asks_nothing(revoking, shop, change):
    """Else all links could end without the word, or under another selector than the one that is shown."""
    link = shop.link()
    staff, page = revoking()
    counts = Held(page, "**/admin/v1/revocations")
    choose(page, "all")
    CHANGES[change](page)
    counts.release()
    expect(page.locator("[aria-busy]")).to_have_count(0)
    expect(question(page)).to_have_count(0)
    assert [order.post_data_json["dryRun"] for order in staff.calls("revocations")] == [True]
    assert shop.shared(link).status == 200


def test_a_count_asked_for_after_a_change_is_the_one_that_is_shown(revoking, shop):
    owner = shopper()
    cart = shop.put(owner)
    link = shop.link(cart, owner)
    staff, page = revoking()
    counts = Held(page, "**/admin/v1/revocations")
    choose(page, "all")
    choose(page, "cartId", "Cart id", cart)
    counts.release()
    counts.release()
    expect(question(page)).to_contain_text(f"This would revoke 1 link and withdraw 0 grants. Nobody can undo it. Which links: of a cart {cart}.")
    expect(page.get_by_label("Type REVOKE to agree")).to_have_count(0)
    page.unroute_all()
    question(page).get_by_role("button", name="Revoke 1 link ").click()
    expect(page.get_by_role("status").filter(has_text="Done: 1 link revoked")).to_be_visible()
    assert staff.calls("revocations")[-1].post_data_json["selector"] == {"cartId": cart}
    assert shop.shared(link).status == 410


def test_nothing_is_asked_without_a_choice_and_a_reason(revoking):
    staff, page = revoking()
    page.get_by_role("button", name="Count first").click()
    expect(page.get_by_label("Cart id", exact=True)).to_be_focused()
    page.get_by_label("Cart id", exact=True).fill("cart-1")
    page.get_by_role("button", name="Count first").click()
    expect(page.get_by_label("Why", exact=True)).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Say why first")).to_be_visible()
    assert staff.calls("revocations") == []
    assert KEYS["ops"] not in page.content()
