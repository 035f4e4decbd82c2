# SPDX-License-Identifier: Apache-2.0
"""Links in the console: found by each field, looked into, held, let go of and revoked."""

import pytest
from playwright.sync_api import expect

from logins import ANNA, BERT, CARL, OLGA, shopper, somebody
from staff import Held
from together import accept, internal


def rows(page):
    return page.locator(".results .rows > li")


def shown_ids(page):
    return [row.get_attribute("data-link") for row in rows(page).all()]


def open_link(page, link):
    page.locator(f"[data-link='{link['id']}'] .open").click()
    details = page.locator(".details")
    expect(details.locator("dl").first).to_contain_text(link["id"])
    expect(details.locator(".audit > li").first).to_be_visible()
    return details


def fact(details, name):
    return details.locator(f"dl.facts:not(.small) > div:has(dt:text-is('{name}')) dd")


@pytest.fixture
def found(support, shop):
    """Opens the console, and a link of its own cart."""

    def found(link):
        page = support().inside()
        page.get_by_label("Cart id", exact=True).fill(link["cartId"])
        page.get_by_role("button", name="Search", exact=True).click()
        expect(rows(page)).to_have_count(1)
        return page, open_link(page, link)

    return found


@pytest.fixture(scope="module")
def known(shop):
    """A link of which every field is its own."""
    owner = somebody(company="console-ltd", unit="console-unit")
    link = internal(shop, shop.put(owner), owner, within="person", personId="user:console-guest", label="<b>console</b>")
    shop.change(link, owner, paused=True).ok()
    return link, owner


FIELDS = {
    "Cart id": lambda link, owner: link["cartId"],
    "Owner id": lambda link, owner: owner.user,
    "Company": lambda link, owner: owner.company,
    "Business unit": lambda link, owner: owner.unit,
    "Link id": lambda link, owner: link["id"],
    "Person": lambda link, owner: "user:console-guest",
    "Made by": lambda link, owner: owner.subject,
    "Label": lambda link, owner: "<b>console</b>",
}


@pytest.mark.parametrize("field", FIELDS)
def test_a_link_is_found_by_each_field(support, known, field):
    page = support().inside()
    page.get_by_text("More to search by").click()
    page.get_by_label(field, exact=True).fill(FIELDS[field](*known))
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.locator(".results .count")).to_have_text("One link")
    assert shown_ids(page) == [known[0]["id"]]


def test_links_are_found_by_state_and_key_slot(support, known):
    link, owner = known
    page = support().inside()
    page.get_by_text("More to search by").click()
    page.get_by_label("Owner id", exact=True).fill(owner.user)
    for label, option, hits in [("State", "paused", 1), ("Key slot", "0", 1), ("Key slot", "3", 0), ("State", "active", 0)]:
        page.get_by_label(label, exact=True).select_option(option)
        page.get_by_role("button", name="Search", exact=True).click()
        expect(rows(page)).to_have_count(hits)
    expect(page.locator(".results .count")).to_have_text("0 links")


def test_the_newest_come_first_and_more_on_demand(support, shop):
    owner = shopper()
    cart = shop.put(owner)
    made = [shop.link(cart, owner)["id"] for _ in range(52)]
    page = support().inside()
    page.get_by_label("Owner id", exact=True).fill(owner.user)
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.locator(".results .count")).to_have_text("The newest 50 links; there are more")
    page.get_by_role("button", name="Show more").first.click()
    expect(page.locator(".results .count")).to_have_text("52 links")
    assert shown_ids(page) == made[::-1]
    expect(rows(page).nth(50).get_by_role("button").first).to_be_focused()
    expect(page.locator(".results").get_by_role("button", name="Show more")).to_be_hidden()


def test_an_id_that_cant_be_one_is_told(support):
    page = support().inside()
    page.get_by_label("Cart id", exact=True).fill("no id at all!")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="filled in wrongly")).to_be_visible()


def test_details_tell_every_fact_and_what_happened(found, known):
    link, owner = known
    page, details = found(link)
    expect(page.get_by_role("heading", name="<b>console</b>")).to_be_focused()
    expected = {
        "State": "paused held by: the owner", "Link id": link["id"], "Cart id": link["cartId"], "Owner id": owner.user,
        "Company": owner.company, "Business unit": owner.unit, "For": "one person", "Person": "user:console-guest", "May": "look",
        "Made by": owner.subject, "Accepted": "0", "Opened": "people 0, robots 0", "Last opened by a person": "never",
        "Shows prices": "yes", "Shows the cart as it was": "no", "May be taken over": "no", "Preview in messages": "the shop's name only",
        "Key slot": "0",
    }  # fmt: skip
    for name, text in expected.items():
        expect(fact(details, name)).to_have_text(text)
    assert fact(details, "Made").locator("time").get_attribute("title").endswith(" UTC")
    expect(details.locator(".audit strong")).to_have_text(["Link paused", "Link made"])
    expect(details.locator(".audit > li").first).to_contain_text(owner.subject)
    expect(details.locator(".audit > li").first).to_contain_text("paused by owner")
    assert link["token"] not in page.content()


def test_times_are_the_readers_own(support, known):
    page = support(timezone_id="Asia/Tokyo", language="en-GB").inside()
    times = page.locator(".rows time").first
    utc, shown = times.get_attribute("title"), times.inner_text()
    hour = (int(utc[11:13]) + 9) % 24
    assert f"{hour:02d}:{utc[14:16]}" in shown or f"{(hour - 1) % 12 + 1}:{utc[14:16]}" in shown


@pytest.mark.parametrize("name, field", [("Cart id", "cartId"), ("Owner id", "ownerId"), ("Company", "companyId"), ("Person", "personId")])
def test_every_id_can_be_clicked_to_search_by_it(found, known, name, field):
    page, details = found(known[0])
    value = fact(details, name).inner_text()
    fact(details, name).get_by_role("button").click()
    expect(page.get_by_label(name, exact=True)).to_have_value(value)
    expect(page.locator(".results .count")).to_have_text("One link")
    expect(page.locator(".details")).to_be_hidden()


def test_who_made_it_can_be_clicked_to_see_what_else_they_did(found, known):
    link, owner = known
    page, details = found(link)
    fact(details, "Made by").get_by_role("button").click()
    expect(page.get_by_role("heading", name="Audit")).to_be_focused()
    expect(page.get_by_label("Who", exact=True)).to_have_value(owner.subject)
    expect(page.locator(".audit > li strong")).to_have_text(["Link paused", "Link made"])


def test_a_link_is_paused_and_resumed_with_a_reason(found, shop):
    link = shop.link()
    page, details = found(link)
    pause = details.get_by_role("button", name="Pause")
    pause.click()
    expect(page.get_by_label("Why", exact=True)).to_be_focused()
    assert shop.shared(link).status == 200
    page.get_by_label("Why", exact=True).fill("asked by phone")
    pause.click()
    expect(details.get_by_role("status").first).to_have_text("The link is paused. Nobody can use it until you resume it.")
    assert shop.shared(link).status == 410
    expect(details.get_by_role("button", name="Resume")).to_be_focused()
    expect(fact(details, "State")).to_have_text("paused held by: administrators")
    expect(page.locator(".results .status")).to_have_text("paused")
    newest = details.locator(".audit > li").first
    expect(newest).to_contain_text("asked by phone")
    expect(newest).to_contain_text("admin:ops")
    details.get_by_role("button", name="Resume").click()
    expect(details.get_by_role("status").first).to_have_text("The administrators' hold is lifted.")
    assert shop.shared(link).status == 200
    expect(details.get_by_role("button", name="Pause")).to_be_focused()


def test_an_administrator_lifts_only_the_administrators_hold(found, shop):
    link = shop.link()
    shop.change(link, paused=True).ok()
    page, details = found(link)
    page.get_by_label("Why", exact=True).fill("both")
    details.get_by_role("button", name="Pause").click()
    expect(fact(details, "State")).to_have_text("paused held by: administrators, the owner")
    details.get_by_role("button", name="Resume").click()
    expect(details.get_by_role("status").first).to_contain_text("Others still hold the link: the owner")
    assert shop.shared(link).status == 410


def test_revoking_says_first_what_ends_and_then_ends_it(found, shop):
    cart = shop.put(OLGA)
    link = internal(shop, cart, OLGA, "full", "company")
    for person in (BERT, CARL):
        accept(shop, link, person).ok(201)
    page, details = found(link)
    page.get_by_label("Why", exact=True).fill("leaked")
    details.get_by_role("button", name="Revoke…").click()
    question = page.get_by_role("group", name="Please confirm")
    expect(question).to_contain_text("2 people lose the access that came with it. Nobody can undo it.")
    expect(question.locator(".question")).to_be_focused()
    assert shop.shared(link, BERT).status == 200
    page.get_by_role("button", name="Keep it").click()
    expect(details.get_by_role("button", name="Revoke…")).to_be_focused()
    details.get_by_role("button", name="Revoke…").click()
    page.get_by_role("button", name="Revoke for good").click()
    expect(details.get_by_role("status").first).to_have_text("The link is revoked.")
    assert shop.shared(link, BERT).status == 410
    expect(fact(details, "State")).to_have_text("revoked")
    expect(page.get_by_role("heading", name="Link without a label")).to_be_focused()
    expect(details.get_by_role("button", name="Revoke…")).to_be_hidden()
    expect(details.locator(".audit > li").first).to_contain_text("leaked")


def test_a_link_that_somebody_else_revoked_meanwhile_is_told(found, shop):
    link = shop.link()
    page, details = found(link)
    shop.revoke(link, ANNA).ok(204)
    page.get_by_label("Why", exact=True).fill("late")
    details.get_by_role("button", name="Pause").click()
    expect(details.get_by_role("status").first).to_contain_text("was revoked already")


def test_closing_goes_back_to_the_row(found, shop):
    link = shop.link()
    page, details = found(link)
    details.get_by_role("button", name="Close").click()
    expect(page.locator(f"[data-link='{link['id']}'] .open")).to_be_focused()
    expect(details).to_be_hidden()


@pytest.fixture
def two(support, shop):
    """Two links of one cart, with the console showing the first one's details and a reason for it."""
    owner = shopper()
    cart = shop.put(owner)
    first, second = shop.link(cart, owner, label="First"), shop.link(cart, owner, label="Second")
    page = support().inside()
    page.get_by_label("Cart id", exact=True).fill(cart)
    page.get_by_role("button", name="Search", exact=True).click()
    expect(rows(page)).to_have_count(2)
    details = open_link(page, first)
    page.get_by_label("Why", exact=True).fill("about the first")
    return page, details, first, second


def test_a_count_of_a_link_asks_nothing_once_another_is_shown(two, shop):
    page, details, first, second = two
    counts = Held(page, "**/admin/v1/revocations")
    details.get_by_role("button", name="Revoke…").click()
    open_link(page, second)
    counts.release()
    expect(page.locator("[aria-busy]")).to_have_count(0)
    expect(page.get_by_role("group", name="Please confirm")).to_have_count(0)
    assert {shop.shared(link).status for link in (first, second)} == {200}


def test_a_pause_is_told_of_the_link_it_was_for(two, shop):
    page, details, first, second = two
    pauses = Held(page, "**/pause?*")
    details.get_by_role("button", name="Pause").click()
    open_link(page, second)
    pauses.release()
    expect(details.get_by_role("status").first).to_contain_text("First: The link is paused.")
    expect(page.locator(f"[data-link='{first['id']}'] .status")).to_have_text("paused")
    expect(fact(details, "Link id")).to_have_text(second["id"])
    expect(fact(details, "State")).to_have_text("active")
    expect(details.locator(".audit strong")).to_have_text(["Link made"])
    assert [shop.shared(link).status for link in (first, second)] == [410, 200]


def test_a_pause_that_failed_is_told_of_the_link_it_was_for(two, shop):
    page, details, first, second = two
    pauses = Held(page, "**/pause?*")
    details.get_by_role("button", name="Pause").click()
    open_link(page, second)
    shop.administer("DELETE", f"links/{first['id']}?reason=meanwhile").ok(204)
    pauses.release()
    expect(details.get_by_role("status").first).to_contain_text("First: This link was revoked already.")


def test_revoking_needs_the_reason_to_the_end(two, shop):
    page, details, first, _ = two
    page.get_by_label("Why", exact=True).press("Enter")
    expect(page.get_by_role("group", name="Please confirm")).to_be_visible()
    page.get_by_label("Why", exact=True).fill("")
    page.get_by_role("button", name="Revoke for good").click()
    expect(page.get_by_label("Why", exact=True)).to_be_focused()
    expect(details.get_by_role("status").first).to_contain_text("Say why first")
    assert shop.shared(first).status == 200
