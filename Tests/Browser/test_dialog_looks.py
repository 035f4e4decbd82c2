# SPDX-License-Identifier: Apache-2.0
"""How the share dialog looks and is used: by keyboard, on a phone, in the dark, in Spanish, by axe, and what it weighs."""

import pytest

import baskets
from logins import BERT, OLGA
from looks import sticking_out, violations
from together import accept, internal
from visitor import DESKTOP, PHONE

SMALL = {"width": 320, "height": 640}
KILOBYTES = 1000

_LOW = """() => [...document.querySelector('cart-share').shadowRoot.querySelectorAll('button, a, select, summary, label:has(input), input:not([type=radio], [type=checkbox])')]
    .filter(element => element.checkVisibility()).map(element => [element.outerHTML.slice(0, 90), element.getBoundingClientRect()])
    .filter(([text, box]) => Math.min(box.width, box.height) < 44).map(([text, box]) => [text, box.width, box.height])"""

_FOCUSED = """() => {
    const element = document.querySelector('cart-share').shadowRoot.activeElement;
    if (!element) return null;
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    const shown = document.querySelector('cart-share').shadowRoot.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return {
        name: element.ariaLabel || element.name || element.textContent.trim(),
        // Inside of a date the browser shows the focus on its parts.
        outlined: element.type === 'date' || (parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none'),
        inView: box.top >= 0 && box.bottom <= innerHeight + 1 && (element.contains(shown) || shown?.contains(element)),
    };
}"""


@pytest.fixture
def cart(sharing):
    cart = sharing.put(OLGA, baskets.kitchen())
    accept(sharing, internal(sharing, cart, OLGA, "full", "company", label="For the team"), BERT).ok(201)
    return cart


def states(customer, make, links, people, create, public):
    """The dialog in each of its looks, by name."""
    customer.open()
    yield "who"
    customer.choose("person", personId="cu-bert", label="x" * 201)
    yield "fault"
    customer.choose("external", label="")
    yield "external"
    customer.press(create)
    customer.dialog.get_by_role("button", name=public).wait_for()
    yield "warning"
    customer.press(public)
    customer.dialog.locator("input.url").wait_for()
    yield "ready"
    customer.section(links)
    for key in ("send", "extend", "revoke"):
        customer.dialog.locator(f"[id^={key}]").last.click()
        yield key
    customer.section(people)
    customer.dialog.locator("[id^=withdraw]").first.click()
    yield "withdraw"


ENGLISH = ["New link", "Links", "People", "Create link", "Create public link"]
SPANISH = ["Enlace nuevo", "Enlaces", "Personas", "Crear enlace", "Crear enlace público"]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [SMALL, PHONE, DESKTOP], ids=["320", "390", "1280"])
def test_every_look_fits_is_large_enough_and_pleases_axe(visit, cart, language, scheme, viewport):
    customer = visit(cart, OLGA, language=language, viewport=viewport, color_scheme=scheme)
    for state in states(customer, *(SPANISH if language == "es" else ENGLISH)):
        assert sticking_out(customer.page) == [], state
        assert customer.page.evaluate(_LOW) == [], state
        assert violations(customer.page) == [], state


def test_spanish_comes_from_the_page(visit, cart):
    customer = visit(cart, OLGA, language="es")
    assert customer.page.get_by_role("button", name="Compartir", exact=True).count() == 1
    customer.open()
    customer.says("¿Para quién es?")
    assert [request.url.rsplit("/", 1)[1] for request in customer.requests if "/assets/" in request.url] == ["cart-share.js", "cart-share.es.js"]
    english = visit(cart, OLGA, language="fr")
    english.open()
    english.says("Who is it for?")
    assert not english.sent("GET", ".es.js")


def test_an_own_lang_goes_before_the_pages(visit, cart):
    customer = visit(cart, OLGA, attributes="lang=es")
    customer.open()
    customer.says("Lo que verán")


def test_the_dialog_follows_the_pages_colours(visit, cart):
    customer = visit(cart, OLGA, color_scheme="dark")
    customer.open()
    paper = "() => getComputedStyle(document.querySelector('cart-share').shadowRoot.querySelector('dialog')).backgroundColor"
    dark = customer.page.evaluate(paper)
    # A shop without a dark look has none in the dialog either.
    customer.page.evaluate("() => { document.documentElement.style.colorScheme = 'light'; }")
    assert customer.page.evaluate(paper) == "rgb(255, 255, 255)" != dark


def test_the_shops_looks_come_in(visit, cart):
    customer = visit(cart, OLGA)
    customer.page.evaluate("() => document.querySelector('cart-share').style.setProperty('--cart-share-accent', 'rgb(0, 0, 200)')")
    colour = customer.page.locator("cart-share button").first.evaluate("button => getComputedStyle(button).backgroundColor")
    assert colour == "rgb(0, 0, 200)"


def test_a_button_of_the_shops_own_opens_it_and_gets_the_focus_back(visit, cart):
    customer = visit(cart, OLGA, inner='<button slot="button" id="own">Teilen</button>')
    assert customer.page.get_by_role("button").all_inner_texts() == ["Teilen"]
    customer.page.locator("#own").click()
    customer.says("Who is it for?")
    customer.page.keyboard.press("Escape")
    assert customer.page.evaluate("document.activeElement.id") == "own"
    assert customer.events("closed") == [{"name": "closed", "detail": {"cartId": cart}}]


def test_without_a_button_the_page_opens_and_closes_it(visit, cart):
    customer = visit(cart, OLGA, attributes="no-button")
    assert customer.page.get_by_role("button").count() == 0
    customer.page.evaluate("() => document.querySelector('cart-share').open()")
    customer.says("Who is it for?")
    customer.page.evaluate("() => document.querySelector('cart-share').close()")
    customer.dialog.wait_for(state="hidden")


def test_nothing_moves(visit, cart):
    customer = visit(cart, OLGA, reduced_motion="reduce")
    customer.open()
    assert customer.page.evaluate("() => document.querySelector('cart-share').shadowRoot.getAnimations().length") == 0


class Keys:
    """Somebody who has only a keyboard; wherever the focus goes, it is seen."""

    def __init__(self, customer):
        self.page = customer.page

    def to(self, name, press="Tab"):
        for _ in range(80):
            self.page.keyboard.press(press)
            focused = self.page.evaluate(_FOCUSED)
            if focused is None:
                continue
            assert focused["outlined"] and focused["inView"], focused
            if focused["name"].startswith(name):
                return self
        raise AssertionError(f"{name} can't be reached")

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        return self


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["390", "1280"])
def test_the_whole_story_by_keyboard(sharing, visit, cart, viewport):
    customer = visit(cart, OLGA, viewport=viewport)
    keys = Keys(customer)
    keys.press("Tab", "Enter")
    customer.says("Who is it for?")
    keys.to("who").press("ArrowUp")
    customer.dialog.locator("#who-external input:checked").wait_for()
    keys.to("label")
    customer.page.keyboard.type("By keyboard")
    keys.to("showPrices").press("Space")
    keys.to("Create link").press("Enter")
    customer.says("This link will be public")
    keys.to("Create public link").press("Enter")
    customer.says("Your link is ready")
    keys.to("Copy")
    keys.to("Make another link")
    keys.to("Links").press("Enter")
    row = customer.dialog.locator("details[open] li").filter(has_text="By keyboard")
    keys.to("Pause: By keyboard").press("Enter")
    row.get_by_text("Paused").wait_for()
    keys.to("Extend: By keyboard").press("Enter")
    row.locator("input[type=date]").wait_for()
    keys.to("Cancel").press("Enter")
    keys.to("Revoke: By keyboard", "Tab").press("Enter")
    row.get_by_text("for good").wait_for()
    keys.press("Enter")
    row.get_by_text("Revoked").wait_for()
    keys.to("People").press("Enter")
    keys.to("Only look: Bert Brown").press("Enter")
    customer.says("Done.")
    # It was said of an earlier change already: this one is done when the list, read anew, offers the way back.
    customer.dialog.get_by_label("Let change: Bert Brown").wait_for()
    keys.to("Withdraw: Bert Brown").press("Enter")
    customer.says("Bert Brown can’t open this cart any more")
    keys.press("Enter")
    customer.dialog.locator("details[open]").get_by_text("There are none.").wait_for()
    keys.press("Escape")
    customer.dialog.wait_for(state="hidden")
    assert customer.page.evaluate("document.activeElement.localName") == "cart-share"
    assert [event["name"] for event in customer.events("closed")] == ["created", "changed", "revoked", "changed", "changed", "closed"]


def test_it_weighs_at_most_12_kilobytes(visit, cart):
    customer = visit(cart, OLGA)
    (script,) = customer.sent("GET", "/cart-share.js")
    assert 5 * KILOBYTES < script.sizes()["responseBodySize"] <= 12 * KILOBYTES
    assert script.response().headers["content-encoding"] == "gzip"
