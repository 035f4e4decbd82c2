# SPDX-License-Identifier: Apache-2.0
"""What goes wrong is told to the person who can mend it, and nothing that was typed is lost."""

import pytest

import baskets
from logins import ANNA, BERT, OLGA, expired_login
from server import Server, free_ports, merged
from installation import SETTINGS
from storefront import Storefront
from together import accept, grants, internal, withdraw


@pytest.fixture
def cart(sharing):
    return sharing.put(OLGA, baskets.kitchen())


@pytest.fixture(scope="module")
def strict(tmp_path_factory, storefront):
    """A shop that allows little."""
    rules = {"perCart": 1, "external": {"allowed": False}, "internal": {"full": False, "within": ["company", "person"], "maxLifetime": "31d"}}
    server = Server(tmp_path_factory.mktemp("strict"), merged(SETTINGS, {"shop": {"origins": [storefront.url]}, "links": rules}))
    yield server.start()
    assert server.stop() == 0


def problem(status, code, **headers):
    """Answers as the service does when it has too much to do."""
    origin = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After", "Content-Type": "application/problem+json"}
    body = f'{{"code":"{code}","status":{status},"requestId":"r-17"}}'
    return lambda route: route.fulfill(status=status, body=body, headers=origin | headers)


def test_an_expired_login_is_renewed_once_and_unseen(sharing, visit, cart):
    customer = visit(cart, logins=[expired_login(OLGA), OLGA.login])
    customer.open()
    assert customer.page.evaluate("asked") == [False, True]
    assert customer.dialog.locator(".trouble").count() == 0
    customer.make()


def test_a_login_that_expires_while_one_types_is_renewed(sharing, visit, cart):
    customer = visit(cart, logins=[OLGA.login])
    customer.open()
    customer.page.route("**/links", lambda route: problem(401, "login-invalid")(route) if len(customer.sent("POST", "/links")) == 1 else route.continue_())
    customer.make()
    assert customer.page.evaluate("asked") == [False, True]


def test_where_renewing_fails_too_one_logs_in_again_and_goes_on(sharing, visit, cart):
    customer = visit(cart, logins=[OLGA.login])
    customer.open()
    customer.choose("company", label="Kept")
    blocked = problem(401, "login-invalid")
    customer.page.route("**/v1/**", blocked)
    customer.press("Create link")
    customer.says("Your login has expired. What you typed is kept.")
    assert customer.page.evaluate("asked") == [False, True]
    customer.page.unroute("**/v1/**", blocked)
    customer.press("Log in again")
    customer.says("Your link is ready")
    assert customer.page.evaluate("asked") == [False, True, True]
    assert customer.sent("POST", "/links")[-1].post_data_json["label"] == "Kept"
    assert customer.dialog.locator(".trouble").count() == 0


@pytest.mark.parametrize("logins", [[None], ["nonsense", "nonsense"]])
def test_without_a_login_one_is_asked_to_log_in(visit, cart, logins):
    customer = visit(cart, logins=logins)
    customer.open()
    customer.says("Your login has expired.")
    customer.dialog.get_by_role("button", name="Log in again").wait_for()
    expected = ["the property login failed"] if logins == [None] else []
    for text in expected:
        assert any(text in line for line in customer.console)
    customer.console.clear()


def test_an_origin_that_is_not_listed_is_told_to_the_shops_developer(sharing, visit, cart):
    other = Storefront()
    try:
        customer = visit(cart, OLGA, at=other)
        customer.open()
        customer.says("The service doesn’t answer, or doesn’t let this page call it. Please tell the shop.")
        assert any(f'its shop.origins lacks "{other.url}"' in text for text in customer.console)
        customer.console.clear()
        (line,) = [line for line in sharing.log.read_text().splitlines() if other.url in line][:1]
        assert "shop.origins" in line and '"notice"' in line.lower()
    finally:
        other.stop()


def test_a_service_that_is_down_can_be_tried_again(visit, cart):
    nobody = f"http://127.0.0.1:{free_ports(1)[0]}"
    customer = visit(cart, OLGA, attributes=f'service="{nobody}"')
    customer.open()
    customer.says("The service doesn’t answer")
    customer.dialog.get_by_role("button", name="Try again").wait_for()
    customer.console.clear()


def test_offline_is_told_and_nothing_is_lost(visit, cart):
    customer = visit(cart, OLGA)
    customer.open()
    customer.choose("company", label="Kept")
    customer.context.set_offline(True)
    customer.press("Create link")
    customer.says("You are offline.")
    assert customer.dialog.locator("[name=label]").input_value() == "Kept"
    customer.context.set_offline(False)
    customer.press("Try again")
    customer.says("Your link is ready")
    customer.console.clear()


@pytest.mark.parametrize("status", [429, 503])
def test_too_much_to_do_says_when_to_try_again(visit, cart, status):
    customer = visit(cart, OLGA)
    customer.open()
    busy = problem(status, "unavailable", **{"Retry-After": "7"})
    customer.page.route("**/links", busy)
    customer.press("Create link")
    customer.says("Try again in 7 s.")
    customer.page.unroute("**/links", busy)
    customer.press("Try again")
    customer.says("Your link is ready")


def test_what_nobody_expected_has_a_number_for_the_shop(visit, cart):
    customer = visit(cart, OLGA)
    customer.open()
    customer.page.route("**/links", problem(500, "internal"))
    customer.press("Create link")
    customer.says("Please tell the shop this: r-17")


def test_the_limit_of_links(strict, visit):
    cart = strict.put(OLGA, baskets.kitchen())
    customer = visit(cart, OLGA, service=strict)
    customer.open()
    customer.make()
    customer.press("Make another link")
    customer.says("This cart has all the links it may have. Revoke one first.")
    assert customer.row("Links", "My company").count() == 1


def test_what_the_shop_forbids_is_not_offered(strict, visit):
    cart = strict.put(OLGA, baskets.kitchen())
    customer = visit(cart, OLGA, service=strict)
    customer.open()
    assert customer.dialog.locator("[name=who]:visible").count() == 2
    assert customer.dialog.locator("[name=access]:visible").count() == 1
    customer.says("At most until ")


def test_a_shop_that_allows_nothing_says_so(strict, visit):
    """A customer without a company, where the shop allows persons only: one choice is left; without it, none."""
    cart = strict.put(ANNA, baskets.kitchen())
    customer = visit(cart, ANNA, service=strict)
    customer.page.route("**/links/preview", problem(403, "not-allowed-here"))
    customer.open()
    customer.says("This shop doesn’t allow it.")
    assert customer.dialog.get_by_role("button", name="Create link").count() == 0


def test_a_link_that_ended_meanwhile_is_shown_as_it_is(sharing, visit, cart):
    link = sharing.link(cart, OLGA, label="Gone soon")
    customer = visit(cart, OLGA)
    customer.open()
    row = customer.row("Links", "Gone soon")
    row.wait_for()
    sharing.revoke(link, OLGA).ok(204)
    row.get_by_role("button", name="Pause: Gone soon").click()
    customer.says("That has ended meanwhile.")
    customer.row("Links", "Revoked").wait_for()


def test_a_grant_that_ended_meanwhile_is_no_longer_there(sharing, visit, cart):
    accept(sharing, internal(sharing, cart, OLGA, within="company"), BERT).ok(201)
    customer = visit(cart, OLGA)
    customer.open()
    row = customer.row("People", "Bert Brown")
    row.wait_for()
    withdraw(sharing, grants(sharing, cart, OLGA)[0], OLGA).ok(204)
    row.get_by_role("button", name="Let change: Bert Brown").click()
    row.wait_for(state="detached")


FAULTS = [
    ("company", {"label": "x" * 201}, "label", "At most 200 characters on one line."),
    ("company", {"maxAccepts": "10001"}, "maxAccepts", "A whole number from 1 to 10,000."),
    ("person", {"personId": "not an id"}, "personId", "Nobody to share with has this id."),
    ("person", {"personId": OLGA.subject}, "personId", "Nobody to share with has this id."),
]


@pytest.mark.parametrize(("who", "fields", "name", "text"), FAULTS)
def test_what_is_wrong_is_said_at_its_field(visit, cart, who, fields, name, text):
    customer = visit(cart, OLGA)
    customer.open()
    customer.choose(who, **fields)
    fault = customer.dialog.locator(f"#{name}-fault").get_by_text(text)
    fault.wait_for()
    field = customer.dialog.locator(f"[name={name}]")
    assert field.get_attribute("aria-invalid") == "true" and f"{name}-fault" in field.get_attribute("aria-describedby")
    assert field.input_value() == fields[name]
    with customer.previewed():
        field.fill("cu-bert" if name == "personId" else "3")
    fault.wait_for(state="detached")
    customer.make()


def test_a_day_beyond_the_shops_limit_is_said_at_its_field(sharing, visit, cart):
    customer = visit(cart, OLGA)
    customer.open()
    customer.dialog.locator("[name=expiresIn]").select_option("day")
    with customer.previewed():
        customer.dialog.locator("[name=expiresAt]").fill("2099-01-01")
    customer.says("Not a day that the shop allows.")


def test_the_newest_question_wins(visit, cart):
    """An answer that was overtaken changes nothing."""
    customer = visit(cart, OLGA)
    customer.open()
    held = []

    def hold(route):
        if route.request.post_data_json.get("label") == "slow":
            held.append(route)
        else:
            route.continue_()

    customer.page.route("**/links/preview", hold)
    customer.dialog.locator("#who-external input").check()
    with customer.page.expect_request(lambda request: (request.post_data or "").find("slow") > 0):
        customer.dialog.locator("[name=label]").fill("slow")
    with customer.previewed():
        customer.dialog.locator("[name=label]").fill("fast")
        customer.dialog.locator("#who-company input").check()
    customer.dialog.locator(".see").get_by_text("€198.60").wait_for()
    with customer.previewed():
        held[0].continue_()
    customer.page.evaluate("() => new Promise(requestAnimationFrame)")
    assert "€198.60" in customer.dialog.locator(".see").inner_text()
