# SPDX-License-Identifier: Apache-2.0
"""The console on each screen, in each language, in light and dark, for fingers, and for the keyboard alone."""

from itertools import product

import pytest
from playwright.sync_api import expect

from looks import clickable_count, moving, small_targets, sticking_out, tab_through, violations
from logins import BERT, OLGA, shopper
from staff import KEY
from together import accept, internal
from visitor import DESKTOP, PHONE

VIEWS = ["door", "links", "details", "asking", "revoke", "counted", "inspect", "audit", "keys", "webhooks"]
NARROW = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def sample(shop):
    """A link with everything to show of it."""
    link = internal(shop, shop.put(OLGA), OLGA, "full", "company", label="A rather long label of the kind that people write")
    accept(shop, link, BERT).ok(201)
    shop.administer("POST", f"links/{link['id']}/pause?reason=a%20long%20reason%20{'x' * 60}").ok(204)
    return link


@pytest.fixture
def seen(support, sample):
    """Goes to one of the console's views, whatever its language."""

    def seen(view, **options):
        staff = support(**options)
        if view == "door":
            page = staff.open("/")
            expect(page.locator("input[type=password]")).to_be_focused()
            return page
        page = staff.inside()
        if view in ("details", "asking"):
            page.locator(".search input").first.fill(sample["cartId"])
            page.locator(".search button:not([type])").click()
            # The list from before the search has this link, too, and what is opened there is closed by the answer.
            expect(page.locator("[data-link]")).to_have_count(1)
            page.locator(f"[data-link='{sample['id']}'] .open").click()
            expect(page.locator(".details .audit > li").nth(1)).to_be_visible()
        if view == "asking":
            page.locator(".ending input").fill("why")
            page.locator(".ending .danger").click()
            expect(page.locator(".confirmation")).to_be_visible()
        if view in ("links", "details", "asking"):
            return page
        staff.view("revoke" if view == "counted" else view)
        if view == "counted":
            page.locator("select").select_option("all")
            page.locator(".panel > .field input").fill("why")
            page.locator(".panel button:not([type])").click()
            expect(page.locator(".confirmation")).to_be_visible()
        expect(page.locator("[aria-busy]")).to_have_count(0)
        return page

    return seen


LOOKS = {
    "phone": (PHONE, "light", "en"), "phone dark": (PHONE, "dark", "es"), "desktop dark": (DESKTOP, "dark", "en"), "desktop": (DESKTOP, "light", "es"),
}  # fmt: skip


@pytest.mark.parametrize("view, look", product(VIEWS, LOOKS))
def test_axe_finds_nothing_and_nothing_sticks_out(seen, view, look):
    viewport, scheme, language = LOOKS[look]
    page = seen(view, viewport=viewport, color_scheme=scheme, language=language)
    assert page.get_attribute("html", "lang") == language
    assert violations(page) == []
    assert small_targets(page) == [] and clickable_count(page) > 0
    page.set_viewport_size(NARROW)
    assert sticking_out(page) == []


def test_dark_and_light_differ(seen):
    page = seen("door")
    background = "() => getComputedStyle(document.body).backgroundColor"
    page.emulate_media(color_scheme="light")
    light = page.evaluate(background)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(background) != light


def test_nothing_moves_for_those_who_ask_for_less(seen):
    page = seen("details", reduced_motion="reduce")
    assert moving(page) == []


@pytest.mark.parametrize("view", ["links", "details", "counted", "audit"])
def test_tab_reaches_everything_visibly(seen, view):
    page = seen(view)
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    # A control for a moment has stops of its own for day, month and so on.
    page.evaluate("() => { for (const input of document.querySelectorAll('[type=datetime-local]')) input.type = 'text'; }")
    page.locator("h1").evaluate("heading => { heading.tabIndex = -1; heading.focus(); }")
    *steps, _ = tab_through(page)
    assert [step["index"] for step in steps] == list(range(clickable_count(page))) and steps
    assert all(step["outlined"] and step["inView"] for step in steps)


@pytest.mark.parametrize("asked, given", [("es-AR", "es"), ("en-GB", "en"), ("de-DE", "en")])
def test_the_language_is_the_browsers(support, asked, given):
    page = support(language=asked).open("/")
    expect(page.locator("html")).to_have_attribute("lang", given)
    expect(page.get_by_role("heading", level=2)).to_have_text({"es": "Iniciar sesión", "en": "Log in"}[given])


def test_the_language_is_changed_without_logging_in_again(support):
    staff = support()
    page = staff.inside()
    staff.view("keys")
    page.get_by_role("button", name="Español").click()
    expect(page.get_by_role("heading", name="Claves")).to_be_visible()
    expect(page.get_by_role("button", name="English")).to_be_focused()
    expect(page.locator(".who")).to_contain_text("ops")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Keys")).to_be_visible()


def test_what_was_typed_is_there_in_the_other_language(support, shop):
    link = shop.link()
    staff = support()
    page = staff.inside()
    page.get_by_text("More to search by").click()
    staff.find(Link_id=link["id"])
    expect(page.locator(".results .rows > li")).to_have_count(1)
    page.locator(f"[data-link='{link['id']}'] .open").click()
    page.get_by_label("Why", exact=True).fill("for the link")
    staff.view("revoke")
    page.get_by_label("Which links").select_option("createdBefore")
    page.get_by_label("Made before").fill("2020-01-01T10:00")
    page.get_by_label("Why", exact=True).fill("for many")
    staff.view("inspect")
    page.get_by_label("The link's address, or its token").fill("a link")
    page.get_by_role("button", name="Español").click()
    expect(page.locator("form.panel input")).to_have_value("")
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Español").click()
    staff.view("links")
    expect(page.locator(".details:visible dl").first).to_contain_text(link["id"])
    expect(page.locator(".ending input")).to_have_value("for the link")
    expect(page.locator(".results .rows > li")).to_have_count(1)
    staff.view("revoke")
    expect(page.locator("form.panel select")).to_have_value("createdBefore")
    for index, value in enumerate(["2020-01-01T10:00", "for many"]):
        expect(page.locator("form.panel input").nth(index)).to_have_value(value)
    page.get_by_role("button", name="Cerrar sesión").click()
    staff.inside()
    staff.view("revoke")
    expect(page.locator("form.panel select")).to_have_value("cartId")
    for field in page.locator("form.panel input").all():
        expect(field).to_have_value("")


def test_what_people_wrote_is_text(support, shop):
    odd = '<img src=x onerror=alert(1)> "quoted" &amp;'
    link = shop.link(label=odd)
    shop.administer("POST", f"links/{link['id']}/pause?reason=%3Cscript%3Ealert(1)%3C/script%3E").ok(204)
    page = support().inside()
    expect(page.locator(f"[data-link='{link['id']}'] .open")).to_have_text(odd)
    page.locator(f"[data-link='{link['id']}'] .open").click()
    expect(page.locator(".audit > li").first).to_contain_text("<script>alert(1)</script>")
    assert page.locator("main img, main script").count() == 0


def press_to(page, name, role="button"):
    """Tabs on until something of that name has the focus."""
    for _ in range(80):
        if page.get_by_role(role, name=name, exact=True).evaluate_all("found => found.includes(document.activeElement)"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {name} with the keyboard")


def test_the_whole_story_by_keyboard_alone(support, shop):
    owner = shopper()
    cart = shop.put(owner)
    link, others = shop.link(cart, owner, label="By keyboard"), [shop.link(cart, owner) for _ in range(2)]
    staff = support()
    page = staff.open("/")
    keyboard = page.keyboard
    expect(page.locator("input[type=password]")).to_be_focused()
    keyboard.type(KEY)
    keyboard.press("Enter")
    expect(page.locator(".who")).to_be_visible()
    press_to(page, "Owner id", "textbox")
    keyboard.type(owner.user)
    keyboard.press("Enter")
    expect(page.locator(".results .count")).to_have_text("3 links")
    press_to(page, "By keyboard")
    keyboard.press("Enter")
    expect(page.locator(".details .audit > li")).to_have_count(1)
    press_to(page, "Why", "textbox")
    keyboard.type("found in a forum")
    press_to(page, "Pause")
    keyboard.press("Space")
    expect(page.get_by_role("button", name="Resume")).to_be_focused()
    keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_focused()
    press_to(page, "Revoke…")
    keyboard.press("Enter")
    press_to(page, "Revoke for good")
    keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="The link is revoked.")).to_be_visible()
    assert shop.shared(link).status == 410
    press_to(page, "Revoke many")
    keyboard.press("Enter")
    press_to(page, "Which links", "combobox")
    keyboard.type("of an owner")
    press_to(page, "Owner id", "textbox")
    keyboard.type(owner.user)
    press_to(page, "Why", "textbox")
    keyboard.type("all of it")
    keyboard.press("Enter")
    press_to(page, "Revoke 2 links and withdraw 0 grants")
    keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Done: 2 links revoked")).to_be_visible()
    assert {shop.shared(other).status for other in others} == {410}
    press_to(page, "Inspect a link")
    keyboard.press("Enter")
    press_to(page, "The link's address, or its token", "textbox")
    page.keyboard.insert_text(link["url"])
    keyboard.press("Enter")
    expect(page.locator(".verdict")).to_have_text("It is genuine and was revoked.")
    press_to(page, "Log out")
    keyboard.press("Enter")
    expect(page.locator("input[type=password]")).to_be_focused()
