# SPDX-License-Identifier: Apache-2.0
"""Making links in the share dialog: for whom, what they will see, and once."""

import re

import pytest

import baskets
from logins import ANNA, BERT, CARL, OLGA
from together import accept
from visitor import TOKEN


def links(sharing, cart_id, owner=OLGA):
    return sharing.public.get(f"/v1/carts/{cart_id}/links", owner.login).ok()["links"]


@pytest.fixture
def cart(sharing):
    return sharing.put(OLGA, baskets.kitchen())


AUDIENCES = [
    ("business-unit", {}, {"within": "business-unit", "access": "read-only"}, BERT),
    ("company", {"access": "full", "maxAccepts": "3"}, {"within": "company", "access": "full", "maxAccepts": 3}, CARL),
    ("person", {"personId": "cu-bert"}, {"within": "person", "personId": "company-user:cu-bert"}, BERT),
    ("shop", {"label": "Friends"}, {"within": "shop", "label": "Friends"}, ANNA),
    ("external", {"showPrices": True}, {"audience": "external", "showPrices": True}, None),
    ("external", {"snapshot": True, "card": True}, {"snapshot": True, "card": "items", "showPrices": False}, None),
]


@pytest.mark.parametrize(("who", "fields", "made", "visitor"), AUDIENCES)
def test_a_link_for_each_audience_shows_what_the_preview_showed(sharing, visit, cart, who, fields, made, visitor):
    customer = visit(cart, OLGA)
    customer.open()
    customer.choose(who, **fields)
    with customer.previewed() as previewed:
        url = customer.make()
    (link,) = links(sharing, cart)
    assert link["url"] == url and made.items() <= link.items()
    shown = sharing.shared(link, visitor).ok()
    preview = previewed.value.json()
    assert [preview[name] for name in ("cart", "redaction", "viewer")] == [shown[name] for name in ("cart", "redaction", "viewer")]
    for item in shown["cart"]["items"]:
        customer.dialog.locator(".see").get_by_text(item["name"]).wait_for()
    events = customer.events()
    assert [event["name"] for event in events] == ["created"] and events[0]["detail"]["linkId"] == link["id"]
    assert events[0]["detail"]["cartId"] == cart


def order_form():
    item = {"uniqueId": "u1", "name": "Kettle", "skuName": "Kettle, steel", "quantity": 2, "sellingPrice": 2495, "priceDefinition": {"total": 4990}}
    totals = [{"id": "Items", "name": "Items Total", "value": 4990}]
    return {"storePreferencesData": {"currencyCode": "EUR"}, "items": [item], "totalizers": totals}


def glue_cart():
    prices = {"unitPrice": 2495, "sumPrice": 4990, "sumSubtotalAggregation": 4990}
    item = {"type": "items", "id": "g1", "attributes": {"sku": "Kettle", "quantity": 2, "groupKey": "g1", "calculations": prices}}
    cart = {"priceMode": "GROSS_MODE", "currency": "EUR", "store": "DE", "totals": {"subtotal": 4990, "grandTotal": 4990}}
    return {"data": {"type": "carts", "id": "c1", "attributes": cart}, "included": [item]}


@pytest.mark.parametrize(("name", "cart"), [("vtex-orderform", order_form()), ("spryker-cart", glue_cart())])
def test_carts_of_other_formats_are_drawn_alike(sharing, visit, name, cart):
    customer = visit(sharing.put(OLGA, cart, format=name), OLGA)
    see = customer.open().locator(".see")
    see.get_by_text("Items").wait_for()
    text = " ".join(see.inner_text().split())
    assert "2 × Kettle" in text and text.count("€49.90") == 2, text


def test_what_is_withheld_is_said_in_plain_words(visit, cart):
    customer = visit(cart, OLGA)
    see = customer.open().locator(".see")
    customer.choose("external")
    see.get_by_text(re.compile("They don’t see: .*prices")).wait_for()
    text = see.inner_text()
    assert all(kind in text for kind in ("names, addresses", "payment data", "prices", "notes")) and "€" not in text
    customer.choose("external", showPrices=True)
    see.get_by_text("€198.60").wait_for()
    assert "prices" not in see.inner_text()


@pytest.mark.parametrize("who", ["business-unit", "company", "person"])
def test_colleagues_are_shown_the_carts_name_and_its_discount(sharing, visit, who):
    basket = baskets.kitchen()
    basket["totals"]["discount"] = 500
    customer = visit(sharing.put(OLGA, basket), OLGA)
    see = customer.open().locator(".see")
    customer.choose(who, **({"personId": "cu-bert"} if who == "person" else {}))
    see.get_by_text("Discount").wait_for()
    text = see.inner_text()
    assert "Team kitchen" in text and "-€5.00" in text and "the cart’s name" not in text, text


def test_customers_of_the_shop_see_more_once_they_accept(sharing, visit, cart):
    customer = visit(cart, OLGA)
    see = customer.open().locator(".see")
    customer.choose("shop")
    see.get_by_text("Who accepts the link sees a little more, such as the cart’s name and a discount.").wait_for()
    assert "Team kitchen" not in see.inner_text()
    see.get_by_text(re.compile("They don’t see: .*the cart’s name")).wait_for()
    customer.choose("external")
    see.get_by_text("prices").wait_for()
    assert "Who accepts" not in see.inner_text()


def test_a_warning_comes_before_anything_is_public(sharing, visit, cart):
    customer = visit(cart, OLGA)
    customer.open()
    customer.choose("external")
    customer.press("Create link")
    customer.says("This link will be public")
    customer.says("You can take it back at any time.")
    assert not customer.sent("POST", "/links") and not links(sharing, cart)
    customer.press("Cancel")
    assert customer.dialog.locator("#who-external input").is_checked()
    customer.press("Create link")
    customer.press("Create public link")
    customer.says("Your link is ready")
    assert len(links(sharing, cart)) == 1


def test_a_double_click_makes_one_link(sharing, visit, cart):
    customer = visit(cart, OLGA)
    customer.open()
    customer.dialog.get_by_role("button", name="Create link").dblclick()
    customer.says("Your link is ready")
    customer.page.wait_for_load_state("networkidle")
    assert len(links(sharing, cart)) == 1 and len(customer.events()) == 1


def test_a_lost_answer_makes_one_link(sharing, visit, cart):
    customer = visit(cart, OLGA)
    customer.open()
    lost = []

    def lose(route):
        if lost:
            return route.continue_()
        lost.append(route.fetch())
        route.abort()

    customer.page.route("**/links", lambda route: lose(route) if route.request.method == "POST" else route.continue_())
    customer.press("Create link")
    customer.says("doesn’t answer")
    assert len(links(sharing, cart)) == 1
    customer.console.clear()
    customer.press("Try again")
    customer.says("Your link is ready")
    keys = {request.headers["idempotency-key"] for request in customer.sent("POST", "/links")}
    assert len(links(sharing, cart)) == 1 and len(keys) == 1


def test_two_links_alike_are_two(sharing, visit, cart):
    customer = visit(cart, OLGA)
    customer.open()
    first = customer.make()
    customer.press("Make another link")
    assert customer.make() != first and len(links(sharing, cart)) == 2


def test_the_link_is_copied(sharing, visit, cart):
    customer = visit(cart, OLGA, permissions=["clipboard-read", "clipboard-write"])
    customer.open()
    url = customer.make()
    customer.press("Copy")
    customer.says("Copied.")
    assert customer.page.evaluate("navigator.clipboard.readText()") == url
    assert TOKEN.search(url)


def test_where_copying_is_forbidden_the_link_is_selected(visit, cart):
    customer = visit(cart, OLGA)
    customer.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    customer.open()
    url = customer.make()
    customer.press("Copy")
    customer.says("copy the selected link by hand")
    field = customer.dialog.locator("input.url")
    assert field.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)") == url


def test_messengers_get_the_link_in_a_new_window(visit, cart):
    customer = visit(cart, OLGA, attributes='messengers="telegram email nonsense"')
    customer.open()
    url = customer.make()
    customer.context.route("https://**", lambda route: route.fulfill(body="", content_type="text/html"))
    ways = customer.dialog.locator("a.button")
    assert ways.all_inner_texts() == ["Telegram", "E-mail"]
    for way in ways.all():
        assert way.get_attribute("target") == "_blank" and way.get_attribute("rel") == "noopener noreferrer"
    assert ways.first.get_attribute("href").startswith("https://t.me/share/url?url=http%3A%2F%2F127.0.0.1")
    with customer.context.expect_page() as opened:
        ways.first.click()
    assert opened.value.evaluate("[window.opener, document.referrer]") == [None, ""]
    assert url.rsplit("/", 1)[1] in ways.last.get_attribute("href")


def test_the_devices_own_sharing_is_offered_where_there_is_one(visit, cart):
    customer = visit(cart, OLGA)
    customer.page.evaluate("() => { navigator.share = async (data) => { window.shared = data; }; }")
    customer.open()
    url = customer.make()
    customer.dialog.locator(".more").get_by_role("button", name="Share", exact=True).click()
    assert customer.page.evaluate("window.shared.url") == url


def test_until_when(sharing, visit, cart):
    customer = visit(cart, OLGA)
    customer.open()
    customer.says("At most until ")
    assert customer.dialog.locator("[name=expiresIn] option").first.inner_text().startswith("As usual, until ")
    customer.choose("company", expiresIn="86400")
    customer.make()
    customer.press("Make another link")
    with customer.previewed():
        customer.dialog.locator("[name=expiresIn]").select_option("day")
        latest = customer.dialog.locator("[name=expiresAt]").get_attribute("max")
        customer.dialog.locator("[name=expiresAt]").fill(latest)
    customer.make()
    ends = sorted(link["expiresAt"] for link in links(sharing, cart))
    assert len(ends) == 2 and ends[1][:7] >= latest[:7]


def test_names_come_from_the_shop_and_stay_text(visit, cart):
    customer = visit(cart, OLGA)
    customer.open()
    customer.choose("person", personId="cu-odd")
    customer.says("<img src=x> Odd")
    assert customer.dialog.locator("img").count() == 0


def test_an_id_without_a_name_is_said(visit, cart):
    customer = visit(cart, OLGA)
    customer.open()
    customer.choose("person", personId="cu-brt")
    customer.says("The shop knows no name for this id.")
    customer.choose("person", personId="cu-bert")
    customer.says("Bert Brown")
    assert customer.dialog.get_by_text("knows no name").count() == 0


@pytest.mark.parametrize("names", ["undefined", "() => Promise.reject(new Error('no'))"])
def test_a_shop_that_cannot_tell_names_says_nothing_of_them(visit, cart, names):
    customer = visit(cart, OLGA)
    customer.page.evaluate(f"() => {{ document.querySelector('cart-share').nameFor = {names}; }}")
    customer.open()
    customer.choose("person", personId="cu-brt")
    assert customer.dialog.get_by_text("knows no name").count() == 0


def test_only_what_the_owner_has_and_the_shop_allows_is_offered(sharing, visit, cart):
    offered = "[...document.querySelector('cart-share').shadowRoot.querySelectorAll('[name=who]')].filter(one => one.checkVisibility()).map(one => one.value)"
    customer = visit(cart, OLGA)
    customer.open()
    assert customer.page.evaluate(offered) == ["business-unit", "company", "person", "shop", "external"]
    customer = visit(sharing.put(ANNA, baskets.kitchen()), ANNA)
    customer.open()
    assert customer.page.evaluate(offered) == ["person", "shop", "external"]
    customer.choose("person", personId="eva")
    customer.make()
    assert customer.sent("POST", "/links")[-1].post_data_json["personId"] == "user:eva"


def test_the_accepted_link_shows_the_same_to_its_person(sharing, visit, cart):
    """After the preview comes the real thing: the person accepts and is in the list of people."""
    customer = visit(cart, OLGA)
    customer.open()
    customer.choose("person", personId="company-user:cu-bert", access="full")
    customer.make()
    accept(sharing, links(sharing, cart)[0], BERT).ok(201)
    customer.page.evaluate("dispatchEvent(new Event('focus'))")
    customer.row("People", "Bert Brown").wait_for()
