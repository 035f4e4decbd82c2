# SPDX-License-Identifier: Apache-2.0
"""The demo's storefront: what each person finds there and can do, and what the page may not do."""

import re

import pytest
from playwright.sync_api import expect

from demo_server import DemoServer
from looks import small_targets, sticking_out, tab_through, violations
from newcomer import Newcomer, addresses_with_token
from visitor import DESKTOP, PHONE


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


@pytest.fixture
def newcomer(come, demo):
    return Newcomer(come, demo)


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


def test_whoever_presses_twice_says_it_once(newcomer):
    page = newcomer.page
    newcomer.become("Olivia")
    page.get_by_label("Write a comment").fill("Only once")
    page.get_by_role("button", name="Send").dblclick()
    expect(page.get_by_label("Write a comment")).to_have_value("")
    expect(page.locator(".comments li .text")).to_have_text(["Only once"])
    sent = [request for request in newcomer.visitor.requests if request.method == "POST" and request.url.endswith("/comments")]
    assert len(sent) == 1


def test_choosing_is_in_spanish_too(come, demo):
    page = come(home=demo.url, names_host=True, language="es-ES").page
    page.goto(demo.url + "/demo/login")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.get_by_role("heading", level=1)).to_have_text("¿Quién eres?")
    expect(page.locator(".roles .note").last).to_have_text("trabaja en otra empresa")
    page.get_by_role("button", name="Carlos").click()
    expect(page.locator(".lead")).to_have_text("Ahora eres Carlos.")
    expect(page.get_by_role("button", name="Cerrar sesión")).to_be_visible()


REFUSALS = {
    ("es-ES", "cart-locked"): "No ha funcionado: Este carrito no se puede cambiar ahora.",
    ("es-ES", "something-new"): "No ha funcionado: El servicio no lo ha permitido. Vuelve a cargar la página e inténtalo otra vez.",
    ("en", "cart-locked"): "That didn't work: This cart can't be changed now.",
}


@pytest.mark.parametrize("language, code", REFUSALS)
def test_a_refusal_is_told_in_the_pages_language(come, demo, language, code):
    visitor = come(home=demo.url, names_host=True, language=language)
    page = visitor.page
    page.goto(demo.url)
    page.get_by_role("button", name="Olivia", exact=True).click()
    expect(page.locator("body[data-ready]")).to_have_count(1)
    problem = {"code": code, "title": "A title for programmers"}
    page.route("**/items/*", lambda route: route.fulfill(status=409, content_type="application/problem+json", json=problem))
    page.locator("[data-sku=KTL-17] .remove").click()
    expect(page.get_by_role("status").filter(has_text=": ")).to_have_text(REFUSALS[language, code])
    visitor.faults = [fault for fault in visitor.faults if "409" not in fault]


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
