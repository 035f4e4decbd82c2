# SPDX-License-Identifier: Apache-2.0
"""What the share dialog does with links and people that are there already."""

import pytest

import baskets
from logins import BERT, CARL, OLGA
from together import accept, grant, grants, internal, read


@pytest.fixture
def cart(sharing):
    return sharing.put(OLGA, baskets.kitchen())


@pytest.fixture
def team(sharing, cart):
    """A link that Bert and Carl have accepted."""
    link = internal(sharing, cart, OLGA, "full", "company", label="For the team")
    for person in (BERT, CARL):
        accept(sharing, link, person).ok(201)
    return link


def state(sharing, link):
    return sharing.public.get(f"/v1/links/{link['id']}", OLGA.login).ok()


def act(customer, name, row="For the team", section="Links"):
    customer.row(section, row).get_by_role("button", name=f"{name}: {row}").click()


def test_a_link_says_what_it_is_and_what_came_of_it(sharing, visit, cart, team):
    sharing.page(team, None, User_Agent="Twitterbot/1.0").ok(200)
    customer = visit(cart, OLGA)
    customer.open()
    row = customer.row("Links", "For the team")
    text = row.inner_text()
    for part in ("Active", "My company", "Look and change", "until ", "Opened 0 times by people", "2 people accepted"):
        assert part in text, text


def test_pause_and_resume(sharing, visit, cart, team):
    customer = visit(cart, OLGA)
    customer.open()
    act(customer, "Pause")
    customer.row("Links", "Paused").wait_for()
    assert state(sharing, team)["status"] == "paused" and sharing.shared(team, BERT).status == 410
    assert customer.page.evaluate("document.querySelector('cart-share').shadowRoot.activeElement.closest('li, div') !== null")
    act(customer, "Resume")
    customer.row("Links", "Active").wait_for()
    assert sharing.shared(team, BERT).status == 200
    assert [event["name"] for event in customer.events()] == ["changed", "changed"]


def test_narrow(sharing, visit, cart, team):
    customer = visit(cart, OLGA)
    customer.open()
    act(customer, "Only look")
    customer.row("Links", "For the team").get_by_text("My company · Look · ").wait_for()
    assert state(sharing, team)["access"] == "read-only"
    assert customer.row("Links", "For the team").get_by_role("button", name="Only look: For the team").count() == 0


def test_extend_as_far_as_the_shop_allows(sharing, visit, cart, team):
    customer = visit(cart, OLGA)
    customer.open()
    act(customer, "Extend")
    day = customer.dialog.locator("li input[type=date]")
    latest = day.get_attribute("max")
    day.fill(latest)
    customer.press("Save")
    customer.says("Done.")
    assert state(sharing, team)["expiresAt"] > team["expiresAt"]
    assert latest[:7] <= state(sharing, team)["expiresAt"][:7]


def test_copy_again(visit, cart, team):
    customer = visit(cart, OLGA, permissions=["clipboard-read", "clipboard-write"])
    customer.open()
    act(customer, "Copy or send")
    customer.press("Copy", customer.row("Links", "For the team"))
    customer.says("Copied.")
    assert customer.page.evaluate("navigator.clipboard.readText()") == team["url"]


@pytest.mark.parametrize(("keeps", "left"), [(False, 0), (True, 2)])
def test_revoke_says_what_ends(sharing, visit, cart, team, keeps, left):
    customer = visit(cart, OLGA)
    customer.open()
    act(customer, "Revoke")
    customer.says("The link stops working at once and for good. People who accepted it lose their access.")
    assert state(sharing, team)["status"] == "active"
    row = customer.row("Links", "For the team")
    row.get_by_label("People who accepted it keep their access").set_checked(keeps)
    row.get_by_role("button", name="Revoke", exact=True).click()
    customer.row("Links", "Revoked").wait_for()
    assert state(sharing, team)["status"] == "revoked" and sharing.shared(team, BERT).status == 410
    assert len(grants(sharing, cart, OLGA)) == left
    assert customer.events()[-1] == {"name": "revoked", "detail": {"cartId": cart, "linkId": team["id"]}}
    assert customer.row("Links", "Revoked").get_by_role("button").count() == 0


def test_revoking_can_be_left(sharing, visit, cart, team):
    customer = visit(cart, OLGA)
    customer.open()
    act(customer, "Revoke")
    customer.press("Cancel")
    assert state(sharing, team)["status"] == "active"
    focused = "document.querySelector('cart-share').shadowRoot.activeElement.ariaLabel"
    assert customer.page.evaluate(focused) == "Revoke: For the team"


def test_people_are_lowered_raised_and_withdrawn(sharing, visit, cart, team):
    grant(sharing, cart, BERT, "full", OLGA).ok(200, 201)
    customer = visit(cart, OLGA)
    customer.open()
    row = customer.row("People", "Bert Brown")
    assert "Look and change" in row.inner_text() and "since " in row.inner_text()
    assert "through “For the team”" in customer.row("People", "Carla Klein").inner_text()
    act(customer, "Only look", "Bert Brown", "People")
    customer.says("Done.")
    assert {held["personId"]: held["access"] for held in grants(sharing, cart, OLGA)}[BERT.subject] == "read-only"
    act(customer, "Let change", "Bert Brown", "People")
    row.get_by_text("Look and change").wait_for()
    act(customer, "Withdraw", "Bert Brown", "People")
    customer.says("Bert Brown can’t open this cart any more, not even by a link sent before.")
    assert read(sharing, cart, BERT).status == 200
    row.get_by_role("button", name="Withdraw", exact=True).click()
    row.wait_for(state="detached")
    assert read(sharing, cart, BERT).status == 404
    assert accept(sharing, team, BERT).problem(403, "grant-withdrawn")


def test_what_was_typed_stays_when_the_window_gets_focus_again(sharing, visit, cart, team):
    customer = visit(cart, OLGA)
    customer.open()
    customer.dialog.locator("[name=label]").fill("Half typed")
    act(customer, "Extend")
    day = customer.dialog.locator("li input[type=date]")
    day.fill("2099-01-01")
    sharing.link(cart, OLGA, label="Made elsewhere")
    customer.page.evaluate("dispatchEvent(new Event('focus'))")
    customer.row("Links", "Made elsewhere").wait_for()
    assert day.input_value() == "2099-01-01" and customer.dialog.locator("[name=label]").input_value() == "Half typed"


def test_nothing_is_asked_while_nobody_does_anything(visit, cart):
    customer = visit(cart, OLGA)
    customer.open()
    customer.page.wait_for_load_state("networkidle")
    count = len(customer.requests)
    customer.page.clock.install()
    customer.page.clock.fast_forward("05:00")
    customer.page.wait_for_load_state("networkidle")
    assert len(customer.requests) == count


@pytest.mark.parametrize("person", [BERT, CARL])
def test_who_isnt_the_owner_is_told_so(sharing, visit, cart, person):
    """One has access and may know of the cart, the other may not."""
    grant(sharing, cart, BERT, "full", OLGA).ok(201)
    customer = visit(cart, person)
    customer.open()
    customer.says("Only this cart’s owner can share it.")
    assert customer.dialog.locator("summary:visible").count() == 0


def test_an_ordered_carts_links_can_still_be_taken_back(sharing, visit, cart, team):
    sharing.set_state(cart, "ordered")
    customer = visit(cart, OLGA)
    customer.open()
    customer.says("The cart was ordered; it can’t be shared.")
    assert customer.dialog.locator(".trouble").count() == 0
    assert customer.dialog.locator("summary:visible").all_inner_texts() == ["Links (1)", "People with access (2)"]
    act(customer, "Revoke")
    customer.row("Links", "For the team").get_by_role("button", name="Revoke", exact=True).click()
    customer.row("Links", "Revoked").wait_for()
    assert state(sharing, team)["status"] == "revoked"


@pytest.mark.parametrize("day", ["2001-01-01", "2099-01-01", ""])
def test_a_day_to_which_a_link_cannot_be_extended_is_said_at_its_field(sharing, visit, cart, team, day):
    customer = visit(cart, OLGA)
    customer.open()
    act(customer, "Extend")
    row = customer.row("Links", "For the team")
    field = row.locator("input[type=date]")
    latest = field.get_attribute("max")
    field.fill(day)
    customer.press("Save")
    row.locator(".fault").get_by_text("Not a day that the shop allows.").wait_for()
    assert field.get_attribute("aria-invalid") == "true" and field.input_value() == day
    assert field.get_attribute("aria-describedby").split()[1] == row.locator(".fault").get_attribute("id")
    field.fill(latest)
    customer.press("Save")
    customer.says("Done.")
    assert row.locator(".fault").count() == 0 and state(sharing, team)["expiresAt"] > team["expiresAt"]


def test_the_keyboards_place_stays_on_a_button_whose_word_changes(visit, cart, team):
    customer = visit(cart, OLGA)
    customer.open()
    focused = "document.querySelector('cart-share').shadowRoot.activeElement.ariaLabel"
    pairs = [("Links", "For the team", "Pause", "Resume"), ("People", "Bert Brown", "Only look", "Let change")]
    for section, row, before, after in pairs:
        act(customer, before, row, section)
        customer.row(section, row).get_by_role("button", name=f"{after}: {row}").wait_for()
        assert customer.page.evaluate(focused) == f"{after}: {row}"
