# SPDX-License-Identifier: Apache-2.0
"""The console as support staff see it, for docs/screenshots."""

from dataclasses import dataclass

from playwright.sync_api import expect

from logins import ANNA, BERT, CARL, OLGA, shopper
from staff import Staff
from together import accept, internal
from visitor import PHONE

# Less high than a real one: the pictures stay light.
DESKTOP = {"width": 1280, "height": 720}


@dataclass(frozen=True)
class Shot:
    name: str
    show: str
    viewport: dict
    scheme: str = "light"


SHOTS = [
    Shot("console-search-desktop", "links", DESKTOP),
    Shot("console-details-desktop", "details", DESKTOP),
    Shot("console-details-phone-dark", "details", PHONE, "dark"),
    Shot("console-revoke-phone-dark", "revoke", PHONE, "dark"),
]


def take(chromium, shop, cart, folder, most_bytes):
    """Writes the console's pictures, of a shop that has no other links yet."""
    shown = _links(shop, cart)
    for shot in SHOTS:
        scale = 1.5 if shot.viewport is PHONE else 1
        staff = Staff(
            chromium, shop, viewport=shot.viewport, color_scheme=shot.scheme, device_scale_factor=scale, timezone_id="Europe/Dublin"
        )
        page = staff.inside()
        if shot.show == "details":
            page.locator(f"[data-link='{shown['id']}'] .open").click()
            expect(page.locator(".details .audit > li").first).to_be_visible()
            page.mouse.move(0, 0)
        if shot.show == "revoke":
            staff.view("revoke")
            page.get_by_label("Which links").select_option("companyId")
            page.get_by_label("Company", exact=True).fill("acme")
            page.get_by_label("Why", exact=True).fill("Ticket 4711: links in a public forum")
            page.get_by_role("button", name="Count first").click()
            expect(page.get_by_role("group", name="Please confirm")).to_be_visible()
        path = folder / f"{shot.name}.png"
        page.screenshot(path=path)
        staff.context.close()
        print(f"{path.name}: {path.stat().st_size // 1000} kB")
        assert path.stat().st_size < most_bytes, f"{path.name} is too heavy for the repository"


def _links(shop, cart):
    """A shop's everyday links; answers the one whose details are worth a look."""
    kitchen = shop.put(OLGA, cart, "kitchen-2026")
    for owner, label in [(shopper(), "Birthday wishes"), (ANNA, "Holiday flat")]:
        shop.link(shop.put(owner, cart), owner, label=label)
    gone = shop.link(shop.put(ANNA, cart), ANNA, label="Old list")
    shop.revoke(gone, ANNA)
    shown = internal(shop, kitchen, OLGA, "full", "company", label="For purchasing")
    for person in (BERT, CARL):
        accept(shop, shown, person).ok(201)
    paused = shop.link(kitchen, OLGA, label="Forum post")
    shop.administer("POST", f"links/{paused['id']}/pause?reason=Ticket%204711").ok(204)
    return shown
