# SPDX-License-Identifier: Apache-2.0
"""Carts as `/glue` shows them: whose, with what, and how much of it."""

import pytest

import carts
from glue import *
from logins import shopper
from together import entered


@pytest.fixture
def team(shop):
    """An owner and two colleagues, whom the directory knows."""
    return entered(shop, 3)


# Which carts


def test_own_carts_come_first_then_the_shared_ones(shop, glue, team):
    owner, colleague, _ = team
    shared = shop.put(owner)
    own, other = shop.put(colleague), shop.put(colleague)
    shop.put(owner)
    glue.shared(shared, colleague, by=owner)
    shop.put(owner, cart_id=shared)
    assert ids(glue.get("/carts", colleague)) == [other, own, shared]


def test_no_carts(shop, glue):
    assert glue.get("/carts?x=1", shopper()) == {"data": [], "links": {"self": f"{shop.url}/glue/carts?x=1"}}


def test_ordered_carts_are_gone(shop, glue, team):
    owner, colleague, _ = team
    cart = shop.put(owner)
    glue.shared(cart, colleague, by=owner)
    shop.set_state(cart, "ordered")
    for person in (owner, colleague):
        assert ids(glue.get("/carts", person)) == []
        refused(glue("GET", f"/carts/{cart}", person), CART_NOT_FOUND)


def test_ordered_carts_hide_no_open_one(shop, glue):
    owner = shopper()
    first = shop.put(owner)
    for _ in range(201):
        shop.set_state(shop.put(owner), "ordered")
    assert ids(glue.get("/carts", owner)) == [first]


def test_a_list_ends_with_200_carts(shop, glue):
    owner = shopper()
    put = [shop.put(owner) for _ in range(202)]
    assert ids(glue.get("/carts", owner)) == put[:1:-1]


def test_a_list_ends_after_eight_megabytes_of_carts(shop, glue):
    owner = shopper()
    put = [shop.put(owner, carts.plain(padding=["x" * 1000] * 1900)) for _ in range(6)]
    assert ids(glue.get("/carts", owner)) == put[:0:-1]


def test_locked_carts_are_shown(shop, glue, team):
    cart = shop.put(team[0])
    shop.set_state(cart, "locked")
    assert glue.get(f"/carts/{cart}", team[0])["data"]["id"] == cart


def test_a_customer_without_a_company_has_carts_too(shop, glue):
    person = shopper()
    cart = shop.put(person)
    assert ids(glue.get("/carts", person)) == [cart]


# What of a cart

TOTALS = ("expenseTotal", "discountTotal", "taxTotal", "subtotal", "grandTotal", "priceToPay")


def totals(**known):
    return dict.fromkeys(TOTALS) | known


def test_a_cart_in_glues_attributes(shop, glue, team):
    sums = {"items": 2500, "discount": -250, "shipping": 490, "tax": 437, "grand": 2740}
    cart = shop.put(team[0], carts.plain(name="Kitchen", totals=sums))
    assert glue.get(f"/carts/{cart}", team[0]) == {
        "data": {
            "type": "carts",
            "id": cart,
            "attributes": {
                "priceMode": None,
                "currency": "EUR",
                "store": None,
                "name": "Kitchen",
                "isDefault": False,
                "totals": totals(expenseTotal=490, discountTotal=250, taxTotal=437, subtotal=2500, grandTotal=2740),
                "discounts": [],
                "thresholds": [],
            },
            "links": {"self": f"{shop.url}/glue/carts/{cart}"},
        }
    }


def test_sums_that_are_incomplete_are_null(shop, glue, team):
    cart = shop.put(team[0], carts.plain(totals={"items": 2500, "grand": 2990, "incomplete": True}))
    assert glue.get(f"/carts/{cart}", team[0])["data"]["attributes"]["totals"] == totals()


@pytest.mark.parametrize("value", [1.5, "2500", None, 2**70, [1]])
def test_a_sum_that_is_no_amount_is_null(shop, glue, team, value):
    cart = shop.put(team[0], carts.plain(totals={"items": value}))
    assert glue.get(f"/carts/{cart}", team[0])["data"]["attributes"]["totals"] == totals()


def test_an_item_in_glues_attributes(shop, glue, team):
    line = {"id": "a b/c?", "sku": "MUG-1", "name": "Mug", "quantity": 2, "unitPrice": 1250, "total": 2500, "options": {"colour": "red"}}
    cart = shop.put(team[0], carts.plain(items=[line, {"sku": "CUP-2", "quantity": 1}]))
    items = included(glue.get(f"/carts/{cart}?include=items", team[0]), "items")
    assert list(items) == ["a b/c?", "@2"]
    mug = items["a b/c?"]
    calculations = mug["attributes"].pop("calculations")
    assert len(calculations) == 19
    assert {name: value for name, value in calculations.items() if value is not None} == {"unitPrice": 1250, "sumPrice": 2500}
    assert mug == {
        "type": "items",
        "id": "a b/c?",
        "attributes": {
            "sku": "MUG-1",
            "quantity": 2,
            "groupKey": "a b/c?",
            "abstractSku": None,
            "amount": None,
            "productOfferReference": None,
            "merchantReference": None,
            "salesUnit": None,
            "selectedProductOptions": [{"optionGroupName": "colour", "sku": None, "optionName": "red", "price": None}],
        },
        "links": {"self": f"{shop.url}/glue/carts/{cart}/items/a%20b%2Fc%3F"},
    }


def test_a_stored_glue_cart_goes_through(shop, glue, team):
    item = {
        "type": "items",
        "id": "042_1",
        "attributes": {"sku": "042_1", "quantity": "2", "groupKey": "042_1", "calculations": {"unitPrice": 5, "taxRate": 19}},
    }
    attributes = {
        "priceMode": "GROSS_MODE",
        "currency": "EUR",
        "store": "DE",
        "name": "My cart",
        "isDefault": True,
        "totals": {"subtotal": 5, "grandTotal": 7, "priceToPay": 6},
        "discounts": [{"displayName": "10 off", "amount": 1, "code": "SPRING"}],
    }
    others = [{"type": "vouchers", "id": "SPRING", "attributes": {"code": "SPRING"}}]
    document = {"data": {"type": "carts", "id": "theirs", "attributes": attributes}, "included": [item, *others]}
    cart = shop.put(team[0], document, format="spryker-cart")
    shown = glue.get(f"/carts/{cart}?include=items,vouchers", team[0])
    assert shown["data"]["id"] == cart
    assert shown["data"]["attributes"] == attributes | {"totals": totals(subtotal=5, grandTotal=7, priceToPay=6), "thresholds": []}
    assert [resource["type"] for resource in shown["included"]] == ["items"]
    assert shown["included"][0]["attributes"]["quantity"] == "2"
    assert shown["included"][0]["attributes"]["calculations"]["taxRate"] == 19


def test_an_order_form_shows_what_has_a_counterpart(shop, glue, team):
    item = {"uniqueId": "U1", "id": "2005", "productId": "20", "quantity": 2, "sellingPrice": 1250, "priceDefinition": {"total": 2500}}
    form = {
        "items": [item],
        "value": 2700,
        "totalizers": [{"id": "Items", "value": 2500}, {"id": "Discounts", "value": -300}, {"id": "Shipping", "value": 500}],
        "storePreferencesData": {"currencyCode": "EUR"},
    }
    cart = shop.put(team[0], form, format="vtex-orderform")
    shown = glue.get(f"/carts/{cart}?include=items", team[0])
    assert shown["data"]["attributes"]["currency"] == "EUR"
    assert shown["data"]["attributes"]["totals"] == totals(subtotal=2500, discountTotal=300, expenseTotal=500, grandTotal=2700)
    line = included(shown, "items")["U1"]["attributes"]
    assert (line["sku"], line["abstractSku"], line["quantity"]) == ("2005", "20", 2)
    assert (line["calculations"]["unitPrice"], line["calculations"]["sumPrice"]) == (1250, 2500)


# How much of it


def test_a_shared_cart_is_the_member_projection(shop, glue, team):
    owner, colleague, _ = team
    cart = shop.put(owner, carts.with_canaries(name="Kitchen, call 0151 23456789", totals={"items": 5000, "discount": -1, "tax": 1}))
    glue.shared(cart, colleague, by=owner, group=2)
    everything = "?include=items,shared-carts,company-users,cart-permission-groups,vouchers"
    for path in (f"/carts/{cart}{everything}", f"/carts{everything}"):
        answer = glue("GET", path, colleague)
        glue.done(answer)
        assert carts.leaks(answer.everything) == []
    attributes = glue.get(f"/carts/{cart}", colleague)["data"]["attributes"]
    assert attributes["totals"] == totals(subtotal=5000, discountTotal=1)
    assert "23456789" not in attributes["name"] and attributes["name"].startswith("Kitchen")
    assert glue.get(f"/carts/{cart}", owner)["data"]["attributes"]["totals"] == totals(subtotal=5000, discountTotal=1, taxTotal=1)


STORED = {
    "data": {
        "type": "carts",
        "id": "kanarie",
        "attributes": {
            "currency": "EUR",
            "discounts": [{"displayName": "Kanarie", "amount": 5550917364, "code": "KANARIE10"}],
            "totals": {"subtotal": 1, "taxTotal": 5550917364, "grandTotal": 5550917364},
        },
        "links": {"self": "https://kanarie.example"},
    },
    "included": [
        {"type": "items", "id": "i", "attributes": {"sku": "1", "productConfigurationInstance": {"displayData": "kanarie"}}},
        {"type": "vouchers", "id": "KANARIE10", "attributes": {"code": "KANARIE10"}},
        {"type": "customers", "id": "kanarie", "attributes": {"email": "kanarie@example.com"}},
    ],
}


@pytest.mark.parametrize("format, document", [("vtex-orderform", carts.order_form()), ("spryker-cart", STORED)])
def test_carts_of_other_formats_show_members_no_more(shop, glue, team, format, document):
    owner, colleague, _ = team
    cart = shop.put(owner, document, format=format)
    glue.shared(cart, colleague, by=owner)
    answer = glue("GET", f"/carts/{cart}?include=items,vouchers,customers", colleague)
    glue.done(answer)
    assert carts.leaks(answer.everything) == []
