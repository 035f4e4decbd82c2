# SPDX-License-Identifier: Apache-2.0
"""The share dialog for docs/screenshots: each picture shows another part of it."""

from dataclasses import dataclass

import baskets
from customer import Customer
from logins import BERT, CARL, OLGA
from together import accept, internal
from visitor import DESKTOP, PHONE


@dataclass(frozen=True)
class DialogShot:
    name: str
    viewport: dict
    scheme: str = "light"
    language: str = "en"


def _choosing(customer):
    customer.choose("company", access="full")


def _warning(customer):
    customer.choose("external", showPrices=True)
    customer.dialog.locator(".make > .main").click()
    customer.dialog.locator(".make .more").wait_for()


def _links(customer):
    customer.dialog.locator("summary").nth(1).click()
    customer.dialog.locator("[id^=revoke]").first.click()


def _people(customer):
    customer.section("People")


SHOTS = [
    (DialogShot("dialog-phone", PHONE), _choosing),
    (DialogShot("dialog-warning-desktop-dark", DESKTOP, "dark"), _warning),
    (DialogShot("dialog-links-phone-spanish", PHONE, language="es"), _links),
    (DialogShot("dialog-people-desktop", DESKTOP), _people),
]


def cart(shop):
    """Olga's cart, with links and people."""
    cart_id = shop.put(OLGA, baskets.kitchen())
    team = internal(shop, cart_id, OLGA, "full", "company", label="For the team")
    for person in (BERT, CARL):
        accept(shop, team, person).ok(201)
    shop.link(cart_id, OLGA, label="Newsletter", showPrices=True)
    return cart_id


def taken(shot, arrange, chromium, shop, storefront, cart_id, path):
    scale = 1.5 if shot.viewport is PHONE else 1
    address = storefront.page(cart_id, [OLGA.login], shop.url, language=shot.language)
    customer = Customer(
        chromium, address, shot.language, shot.viewport, color_scheme=shot.scheme, device_scale_factor=scale, timezone_id="Europe/Dublin"
    )
    customer.open()
    arrange(customer)
    customer.page.wait_for_load_state("networkidle")
    customer.page.screenshot(path=path)
    customer.leave()
