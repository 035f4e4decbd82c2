# SPDX-License-Identifier: Apache-2.0
"""The demo's storefront as a newcomer meets it: the guided path from its first click to its last, and what the page may not do."""

import re
import time

import pytest
from playwright.sync_api import expect

from demo_server import DemoServer
from looks import small_targets, sticking_out, tab_through, violations
from visitor import DESKTOP, PHONE, STOREFRONT, TOKEN, hidden

STEPS = ["make", "open", "invite", "accept", "edit", "lower", "revoke", "gone", "take"]
PERSONAL = ["Olivia Ortega", "olivia.ortega@acme.example", "Harbour Street", "before noon"]


@pytest.fixture
def demo(tmp_path):
    server = DemoServer(tmp_path)
    try:
        yield server.start()
        assert server.stop() == 0
    finally:
        server.kill()


@pytest.fixture
def come(demo, come):
    """The browsers leave before the demo stops: a page calls it an error when its stream breaks off."""
    return come


class Newcomer:
    """Someone who clicks through the demo, and counts that."""

    def __init__(self, come, demo, person=None, **options):
        # The shop names the host to itself, so that its forms have an Origin; the links' pages name nothing.
        self.visitor = come(home=demo.url, names_host=True, may_carry=STOREFRONT, **options)
        self.page, self.demo, self.clicks = self.visitor.page, demo, 0
        self.page.goto(demo.url)
        self.arrive()
        if person:
            self.become(person)

    def arrive(self):
        expect(self.page.locator("body[data-ready]")).to_have_count(1)

    def click(self, *where, **options):
        self.clicks += 1
        (where[0] if not isinstance(where[0], str) else self.page.get_by_role(*where, **options)).click()

    def become(self, name):
        self.click(self.page.locator(".people").get_by_role("button", name=name, exact=True))
        self.arrive()

    def go(self, step):
        """Presses a step's button; the next step stands open already."""
        self.click(self.step(step).locator(".go"))

    def step(self, step):
        return self.page.locator(f"[data-step={step}]")

    def expect_done(self, *steps):
        for step in STEPS:
            expect(self.step(step)).to_have_class(re.compile(r"\bdone\b") if step in steps else re.compile(r"^(?!.*\bdone\b)"))

    def expect_next(self, step):
        expect(self.step(step).locator("details")).to_have_attribute("open", "")
        expect(self.page.locator(".stories details[open]")).to_have_count(1)

    def back_to_shop(self):
        self.click(self.page.locator(".shop a"))
        self.arrive()

    def close_dialog(self):
        self.click("button", name="Close")
        expect(self.page.get_by_role("dialog")).to_have_count(0)


@pytest.fixture
def newcomer(come, demo):
    return Newcomer(come, demo)


def addresses_with_token(page):
    """What the tab's history keeps of tokens."""
    entries = page.context.new_cdp_session(page).send("Page.getNavigationHistory")["entries"]
    return [entry["url"] for entry in entries if TOKEN.search(entry["url"])]


def make_public_link(visit):
    visit.go("make")
    visit.arrive()
    visit.click("radio", name=re.compile("^Anyone with the link"))
    visit.click("button", name="Create link")
    visit.click("button", name="Create the public link")
    expect(visit.page.get_by_text("Your link is ready")).to_be_visible()
    visit.close_dialog()


def revoke_in_console(come, demo, visit):
    """The administrator comes with a browser of his own, and the key from the page; the path leads him there."""
    page = visit.page
    visit.go("revoke")
    expect(page.locator("#console")).to_be_focused()
    way = page.get_by_role("link", name="Open the console")
    assert [way.get_attribute(name) for name in ("href", "target", "rel")] == [f"{demo.admin_url}/", "_blank", "noopener noreferrer"]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=demo.url)
    visit.click("button", name="Copy the key")
    expect(page.locator("header .news")).to_have_text("The key was copied.")
    key = page.evaluate("() => navigator.clipboard.readText()")
    console = come(home=demo.admin_url).page
    visit.clicks += 1
    console.goto(way.get_attribute("href"))
    console.get_by_label("Admin key").fill(key)
    for button in ("Log in", "Search"):
        visit.click(console.get_by_role("button", name=button, exact=True))
    links = demo.admin("GET", "/admin/v1/links?cartId=demo-cart", None, key).ok()["links"]
    (link,) = [link["id"] for link in links if link["audience"] == "external" and "label" not in link]
    visit.click(console.locator(f"li[data-link='{link}'] button.open"))
    console.get_by_label("Why", exact=True).fill("it went to the wrong chat")
    for button in ("Revoke…", "Revoke for good"):
        visit.click(console.get_by_role("button", name=button))
    expect(console.get_by_text("The link is revoked.")).to_be_visible()
    return key


def test_the_guided_path_from_its_first_click_to_its_last(newcomer, come, demo):
    page, start = newcomer.page, time.monotonic()
    newcomer.expect_done()
    newcomer.expect_next("make")

    make_public_link(newcomer)
    newcomer.expect_done("make")
    newcomer.expect_next("open")

    newcomer.go("open")
    expect(page.locator("ul.items > li")).to_have_count(3)
    assert [text for text in PERSONAL if text in page.content()] == []
    newcomer.back_to_shop()
    expect(page.locator(".present strong")).to_have_text("A stranger")
    # Opens are written down once a second, and the page asks once more by itself.
    newcomer.expect_done("make", "open")

    newcomer.go("invite")
    newcomer.arrive()
    newcomer.click("radio", name=re.compile("^My unit"))
    newcomer.click("radio", name=re.compile("^Look and change"))
    newcomer.click("button", name="Create link")
    expect(page.get_by_text("Your link is ready")).to_be_visible()
    newcomer.close_dialog()
    newcomer.expect_done("make", "open", "invite")

    newcomer.go("accept")
    newcomer.click("button", name="Accept")
    newcomer.click(page.locator("a.open-in-shop"))
    newcomer.arrive()
    expect(page.locator(".present strong")).to_have_text("Carlos")
    expect(page.locator("#cart")).to_have_text("Team kitchen")
    newcomer.expect_done("make", "open", "invite", "accept")

    newcomer.go("edit")
    newcomer.arrive()
    newcomer.click("button", name="One more: Kettle, 1.7 l, steel")
    newcomer.expect_done(*STEPS[:5])
    expect(page.locator("[data-sku=KTL-17] .price")).to_have_text("€99.80")
    assert [text for text in PERSONAL if text in page.content()] == []

    newcomer.go("lower")
    newcomer.arrive()
    newcomer.click("tab", name=re.compile("^People"))
    newcomer.click("button", name="Only looking: Carlos")
    expect(page.get_by_role("button", name="Let change: Carlos")).to_be_visible()
    newcomer.close_dialog()
    newcomer.expect_done(*STEPS[:6])

    key = revoke_in_console(come, demo, newcomer)
    # The newcomer comes back to the shop's tab.
    page.evaluate("() => dispatchEvent(new Event('focus'))")
    newcomer.expect_done(*STEPS[:7])

    newcomer.go("gone")
    expect(page.get_by_role("heading", level=1)).to_have_text("This link is no longer available")
    newcomer.click(page.locator("a.go-to-shop"))
    newcomer.arrive()
    newcomer.expect_done(*STEPS[:8])

    newcomer.go("take")
    newcomer.click("button", name="Accept")
    newcomer.click(page.locator("a.open-in-shop"))
    newcomer.arrive()
    newcomer.click("button", name="Make this cart mine")
    expect(page.locator(".cart-list .access")).to_have_text("own")
    newcomer.arrive()
    assert "quiet grinder" not in page.content()
    newcomer.expect_done(*STEPS)
    expect(page.locator(".progress")).to_have_text("All done. Thank you for looking!")

    seconds = time.monotonic() - start
    print(f"\nthe whole path: {newcomer.clicks} clicks, {seconds:.1f} s for a machine")
    assert newcomer.clicks <= 40
    assert not [hidden(request.url) for request in newcomer.visitor.requests if key in request.url]
    # The pages of the links themselves: the stranger's, Carlos's, the one that is gone, and Dana's.
    kept = addresses_with_token(page)
    assert len(kept) >= 4 and [hidden(address) for address in kept if not re.fullmatch(rf"{demo.url}/s/\w+", address)] == []

    newcomer.click("button", name="Start over")
    newcomer.arrive()
    newcomer.expect_done()


def test_clicking_alone_ticks_nothing_off(newcomer):
    page = newcomer.page
    for step in ("make", "edit", "lower"):
        newcomer.step(step).locator("details").evaluate("details => { details.open = true; }")
        newcomer.go(step)
        newcomer.arrive()
        page.keyboard.press("Escape")
    with page.expect_response(re.compile("/demo/stories")):
        page.evaluate("() => dispatchEvent(new Event('focus'))")
    newcomer.expect_done()


def test_anyone_opens_a_link_with_one_click_and_comes_back_with_one(newcomer):
    """Who presses which button at a link of Olivia's, and what they find."""
    page = newcomer.page
    newcomer.become("Olivia")
    for label, person, found in [
        ("Demo: for anyone", "A stranger", "A cart was shared with you"),
        ("Demo: for anyone", "Erik", "A cart was shared with you"),
        ("Demo: my unit may look", "Erik", "This link is for other people"),
        ("Demo: my unit may look", "Carlos", "Team kitchen"),
        ("Demo: my unit may look", "Olivia", "Team kitchen"),
    ]:
        row = page.locator(".links li", has_text=label)
        newcomer.click(row.get_by_role("button", name=person, exact=True))
        expect(page.get_by_role("heading", level=1)).to_have_text(found)
        newcomer.click(page.locator(".shop a"))
        newcomer.arrive()
        expect(page.locator(".present strong")).to_have_text(person)
        newcomer.become("Olivia")


def test_a_stranger_opens_a_shared_cart_in_the_shop(newcomer, demo):
    page = newcomer.page
    page.goto(demo.links[0])
    newcomer.click(page.locator("a.open-in-shop"))
    newcomer.arrive()
    expect(page.locator(".opened li")).to_have_count(3)
    expect(page.locator(".opened button")).to_have_count(0)
    assert addresses_with_token(page) == [demo.links[0]]


def test_what_one_does_the_other_sees_at_once(come, demo):
    olivia = Newcomer(come, demo, "Olivia")
    carlos = Newcomer(come, demo)
    carlos.page.goto(demo.links[2])
    carlos.page.locator("a.log-in").click()
    carlos.page.get_by_role("button", name="Carlos").click()
    carlos.click("button", name="Accept")
    carlos.click(carlos.page.locator("a.open-in-shop"))
    carlos.arrive()
    with olivia.page.expect_response(re.compile("/v1/carts/demo-cart$")):
        carlos.page.get_by_label("Add an article").select_option("TEA-250")
        carlos.click("button", name="Add")
    for page in (olivia.page, carlos.page):
        expect(page.locator("[data-sku=TEA-250] .name")).to_have_text("Black tea, 250 g")
        expect(page.locator("[data-sku=TEA-250] .price")).to_have_text("€8.90")
    # The whole sum is the owner's business.
    expect(olivia.page.locator("section.cart .total dd")).to_be_visible()
    carlos.page.get_by_label("Write a comment").fill("<b>Tea</b> for me, please")
    carlos.click("button", name="Send")
    expect(olivia.page.locator(".comments li .text")).to_have_text("<b>Tea</b> for me, please")
    expect(olivia.page.locator(".comments li strong")).to_have_text("Carlos")
    olivia.click("button", name="Delete the comment of Carlos")
    expect(carlos.page.locator(".comments li .text")).to_have_count(0)
    carlos.click("button", name="Remove Black tea, 250 g")
    expect(olivia.page.locator("[data-sku=TEA-250]")).to_have_count(0)


def test_who_may_only_look_gets_no_buttons(newcomer, demo):
    page = newcomer.page
    page.goto(demo.links[1])
    page.locator("a.log-in").click()
    page.get_by_role("button", name="Carlos").click()
    newcomer.click("button", name="Accept")
    newcomer.click(page.locator("a.open-in-shop"))
    newcomer.arrive()
    expect(page.locator("#cart")).to_have_text("Team kitchen")
    for control in ("section.cart button", "form.add", ".sharing", ".links"):
        expect(page.locator(control).filter(visible=True)).to_have_count(0)


def test_the_dialog_gets_a_new_login_when_its_own_has_ended(newcomer):
    """The first login that the page hands out is spoilt on its way, as if its five minutes were over."""
    page, given = newcomer.page, []

    def spoil(route):
        answer = route.fetch()
        given.append(answer.json()["login"])
        route.fulfill(response=answer, json=answer.json() | ({"login": given[0][:-3] + "xyz"} if len(given) == 1 else {}))

    page.route("**/demo/session", spoil)
    newcomer.become("Olivia")
    with page.expect_response(lambda answer: answer.url.endswith("/preview") and answer.status == 200):
        newcomer.click("button", name="Share this cart")
    assert len(given) == 2
    newcomer.visitor.faults = [fault for fault in newcomer.visitor.faults if "401" not in fault]


def test_a_tab_notices_that_another_one_chose_somebody_else(newcomer):
    newcomer.become("Olivia")
    other = newcomer.visitor.context.new_page()
    other.goto(newcomer.demo.url)
    other.locator(".people").get_by_role("button", name="Carlos", exact=True).click()
    expect(other.locator(".present strong")).to_have_text("Carlos")
    newcomer.page.evaluate("() => dispatchEvent(new Event('focus'))")
    expect(newcomer.page.locator(".present strong")).to_have_text("Carlos")


def test_the_key_is_hidden_until_it_is_asked_for(newcomer, demo):
    page, key = newcomer.page, demo.admin_key
    assert key not in page.content()
    newcomer.click("button", name="Show the key")
    expect(page.get_by_label("The administrator's key")).to_have_text(key)
    newcomer.click("button", name="Hide the key")
    assert key not in page.content()
    assert not [request for request in newcomer.visitor.requests if key in request.url]


def test_spanish(come, demo):
    page = come(home=demo.url, names_host=True, language="es-ES").page
    page.goto(demo.url)
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.get_by_role("button", name="Olivia", exact=True).click()
    expect(page.locator("section.cart .total dt")).to_have_text("Total")
    expect(page.locator("#stories")).to_have_text("Las historias, en dos minutos")
    expect(page.locator("[data-sku=KTL-17] .each")).to_have_text("49,90\xa0€ por unidad")
    # Where a text is missing, its key is shown.
    assert re.findall(r"\b(?:step|look|go|sum|part|access|link|status)\.[\w-]+", page.locator("body").inner_text()) == []


@pytest.mark.parametrize("person", ["A stranger", "Olivia", "Dana"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(come, demo, person, scheme):
    newcomer = Newcomer(come, demo, color_scheme=scheme)
    newcomer.page.locator(".others summary").click()
    newcomer.become(person)
    assert violations(newcomer.page) == []


@pytest.mark.parametrize("width", [320, PHONE["width"], DESKTOP["width"]])
def test_nothing_sticks_out_and_everything_can_be_hit(come, demo, width):
    newcomer = Newcomer(come, demo, "Olivia", viewport={"width": width, "height": 800})
    newcomer.page.get_by_role("button", name="Show the key").click()
    expect(newcomer.page.get_by_label("The administrator's key")).to_be_visible()
    assert sticking_out(newcomer.page) == [] and small_targets(newcomer.page) == []


def test_everything_is_reached_and_seen_by_keyboard(come, demo):
    steps = tab_through(Newcomer(come, demo, "Olivia").page)
    assert [step["index"] for step in steps[:-1]] == list(range(len(steps) - 1))
    assert all(step["outlined"] and step["inView"] for step in steps[:-1])


def test_focus_stays_where_it_was_after_a_change(newcomer):
    page = newcomer.page
    newcomer.become("Olivia")
    more = page.get_by_role("button", name="One more: Kettle, 1.7 l, steel")
    more.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-sku=KTL-17] .price")).to_have_text("€99.80")
    expect(page.locator("section.cart .total dd")).to_be_visible()
    expect(more).to_be_focused()


def test_without_a_script_one_chooses_and_opens(come, demo):
    visitor = come(home=demo.url, names_host=True, java_script_enabled=False)
    page = visitor.page
    page.goto(demo.url)
    expect(page.locator(".present strong")).to_have_text("A stranger")
    assert "Without JavaScript" in page.locator("noscript").first.inner_text()
    page.locator("[data-step=accept] summary").click()
    page.locator("[data-step=accept] .go").click()
    page.locator("form.accept > button").click()
    page.locator(".shop a").click()
    expect(page.locator(".present strong")).to_have_text("Carlos")
