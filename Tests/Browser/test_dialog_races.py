# SPDX-License-Identifier: Apache-2.0
"""Answers that come late: what is made is what was shown, once, and an opening that is over shows nothing any more."""

import pytest

import baskets
from logins import ANNA, OLGA
from together import internal


@pytest.fixture
def cart(sharing):
    return sharing.put(OLGA, baskets.kitchen())


class Held:
    """Requests to an address that wait until they are let go."""

    def __init__(self, customer, ending, method):
        self.page, self.method, self.holds, self.waiting = customer.page, method, True, []
        self.page.route(f"**{ending}", self._hold)

    def _hold(self, route):
        if self.holds and route.request.method == self.method:
            self.waiting.append(route)
        else:
            route.continue_()

    def wait(self):
        for _ in range(200):
            if self.waiting:
                return self
            # Playwright hands requests over while it waits for the page.
            self.page.evaluate("() => new Promise(requestAnimationFrame)")
        raise AssertionError("nothing was asked")

    def let_go(self):
        self.holds = False
        for route in self.waiting:
            route.continue_()


def links(sharing, cart_id, owner=OLGA):
    return sharing.public.get(f"/v1/carts/{cart_id}/links", owner.login).ok()["links"]


def click(page, locator):
    """Clicks where something is, whether or not it takes the click."""
    box = locator.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_what_is_made_is_what_was_previewed(sharing, visit, cart):
    """Whoever chooses "Anyone" while the preview for the unit is under way makes no public link without its preview and the warning."""
    customer = visit(cart, OLGA)
    customer.open()
    customer.choose("business-unit")
    held = Held(customer, "/links/preview", "POST")
    customer.press("Create link")
    held.wait()
    customer.page.evaluate("""() => {
        const form = document.querySelector('cart-share').shadowRoot.querySelector('form');
        form.elements.who.value = 'external';
    }""")
    held.let_go()
    customer.says("Your link is ready")
    assert [(link["audience"], link["within"]) for link in links(sharing, cart)] == [("internal", "business-unit")]
    assert [request.post_data_json["audience"] for request in customer.sent("POST", "/links")] == ["internal"]


def test_while_a_link_is_made_nothing_can_be_chosen_anew(visit, cart):
    customer = visit(cart, OLGA)
    customer.open()
    customer.choose("business-unit")
    held = Held(customer, "/links/preview", "POST")
    customer.press("Create link")
    held.wait()
    click(customer.page, customer.dialog.locator("#who-external"))
    assert customer.dialog.locator("#who-business-unit input").is_checked()
    held.let_go()
    customer.says("Your link is ready")


def test_pressing_again_while_the_link_is_made_makes_no_second_one(sharing, visit, cart):
    customer = visit(cart, OLGA)
    customer.open()
    made = Held(customer, "/links", "POST")
    customer.press("Create link")
    made.wait()
    again = Held(customer, "/links/preview", "POST")
    click(customer.page, customer.dialog.get_by_role("button", name="Create link"))
    customer.page.evaluate("() => document.querySelector('cart-share').shadowRoot.querySelector('form').requestSubmit()")
    customer.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    made.let_go()
    customer.says("Your link is ready")
    again.let_go()
    customer.page.wait_for_load_state("networkidle")
    assert len(links(sharing, cart)) == 1 and len(customer.events()) == 1


def test_the_keyboards_place_comes_back_where_making_fails(visit, cart):
    customer = visit(cart, OLGA)
    customer.open()
    customer.page.route("**/links", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    customer.dialog.locator("[name=label]").press("Enter")
    customer.says("The service doesn’t answer")
    assert customer.page.evaluate("document.querySelector('cart-share').shadowRoot.activeElement.name") == "label"
    customer.console.clear()


def reopen(customer):
    customer.page.keyboard.press("Escape")
    customer.dialog.wait_for(state="hidden")
    return customer.open()


def test_another_customer_on_the_same_page_gets_nothing_of_the_first(sharing, visit):
    """Olga logs out and Anna logs in without a new page: neither Olga's login nor what she saw is used again."""
    cart = sharing.put(OLGA, baskets.kitchen())
    sharing.link(cart, OLGA, label="Of Olga")
    customer = visit(cart, logins=[OLGA.login, ANNA.login])
    customer.open()
    customer.row("Links", "Of Olga").wait_for()
    reopen(customer)
    customer.says("Only this cart’s owner can share it.")
    assert customer.page.evaluate("asked") == [False, False]
    assert customer.dialog.get_by_text("Of Olga").count() == 0 and customer.dialog.get_by_text("Kettle").count() == 0


def test_an_answer_for_the_first_customer_is_not_shown_to_the_second(sharing, visit):
    cart = sharing.put(OLGA, baskets.kitchen())
    sharing.link(cart, OLGA, label="Of Olga")
    customer = visit(cart, logins=[OLGA.login, ANNA.login])
    held = Held(customer, "/links", "GET")
    customer.page.locator("cart-share button").first.click()
    held.wait().holds = False
    customer.page.keyboard.press("Escape")
    customer.open()
    customer.says("Only this cart’s owner can share it.")
    with customer.page.expect_response(lambda answer: answer.url.endswith("/links") and answer.status == 200):
        held.let_go()
    customer.page.wait_for_load_state("networkidle")
    assert customer.dialog.get_by_text("Of Olga").count() == 0 and customer.dialog.locator("summary:visible").count() == 0


def test_another_carts_link_is_not_on_show(sharing, visit, cart):
    other = sharing.put(OLGA, baskets.kitchen())
    customer = visit(cart, OLGA)
    customer.open()
    customer.choose("company", label="For the first")
    customer.make()
    customer.page.evaluate("id => document.querySelector('cart-share').setAttribute('cart-id', id)", other)
    reopen(customer)
    customer.says("Who is it for?")
    assert customer.dialog.locator("input.url").count() == 0
    assert customer.dialog.locator("[name=label]").input_value() == ""
    customer.make()
    assert len(links(sharing, cart)) == len(links(sharing, other)) == 1
    assert [event["detail"]["cartId"] for event in customer.events() if event["name"] == "created"] == [cart, other]


def test_a_link_that_is_ready_late_stays_with_its_opening(sharing, visit, cart):
    other = sharing.put(OLGA, baskets.kitchen())
    customer = visit(cart, OLGA)
    customer.open()
    made = Held(customer, "/links", "POST")
    customer.press("Create link")
    made.wait()
    customer.page.evaluate("id => document.querySelector('cart-share').setAttribute('cart-id', id)", other)
    reopen(customer)
    made.let_go()
    customer.events("created")
    assert customer.events()[-1]["detail"]["cartId"] == cart
    assert customer.dialog.locator("input.url").count() == 0 and not links(sharing, other)


def test_what_was_typed_for_a_cart_stays_while_the_dialog_is_closed(visit, cart):
    customer = visit(cart, OLGA)
    customer.open()
    customer.choose("company", label="Half typed")
    reopen(customer)
    assert customer.dialog.locator("[name=label]").input_value() == "Half typed"
    assert customer.dialog.locator("#who-company input").is_checked()


def test_reading_the_lists_anew_leaves_the_error(sharing, visit, cart):
    """Coming back to the window isn't another try of what failed."""
    customer = visit(cart, OLGA)
    customer.open()
    failing = "**/links"
    customer.page.route(failing, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    customer.press("Create link")
    customer.says("The service doesn’t answer")
    internal(sharing, cart, OLGA, label="Made elsewhere")
    customer.page.evaluate("dispatchEvent(new Event('focus'))")
    customer.row("Links", "Made elsewhere").wait_for()
    customer.says("The service doesn’t answer")
    customer.page.unroute(failing)
    customer.press("Try again")
    customer.section("New link")
    customer.says("Your link is ready")
    assert customer.dialog.locator(".trouble").count() == 0
    customer.console.clear()


def test_a_refresh_that_failed_is_over_once_one_works(sharing, visit, cart):
    customer = visit(cart, OLGA)
    customer.open()
    customer.page.route("**/grants", lambda route: route.abort())
    customer.page.evaluate("dispatchEvent(new Event('focus'))")
    customer.says("The service doesn’t answer")
    customer.page.unroute("**/grants")
    customer.page.evaluate("dispatchEvent(new Event('focus'))")
    customer.dialog.locator(".trouble").wait_for(state="detached")
    customer.console.clear()
